"""Participants from a spreadsheet: hand in, match the columns, look through, confirm."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page
from workshops.forms.imports import ImportForm, LookElsewhereForm, MappingForm
from workshops.models import ImportState, ParticipantImport, Verdict, Workshop
from workshops.reports.imports import Preview, outcome_sentences
from workshops.rules import can_run_workshop
from workshops.services import WorkshopRefusal, note_names_read
from workshops.services.exports import template_for
from workshops.services.import_reading import words_without_category
from workshops.services.import_writing import progress_key
from workshops.services.imports import (
    UNDER_WAY,
    choose_columns,
    confirm_import,
    counts_of,
    decide_all,
    decide_rows,
    discard_import,
    is_stuck,
    look_elsewhere,
    sketch_of,
    start_import,
    take_back,
)
from workshops.services.wrong_rows import wrong_rows
from workshops.spreadsheets import Unreadable
from workshops.views.files import XLSX, handed_out

PER_PAGE = 50
CHOICES = {"same", "new", "leave"}


def workshop_run_by(request: SignedInRequest, code: str) -> Workshop:
    """The workshop, for who runs it: a spreadsheet of people is names."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    return workshop


def import_run_by(request: SignedInRequest, code: str, upload: str) -> ParticipantImport:
    """One import of the workshop."""
    workshop = workshop_run_by(request, code)
    visible = ParticipantImport.objects.visible_to(request.user)
    each: ParticipantImport = get_object_or_404(visible, workshop=workshop, code=upload)
    each.workshop = workshop
    return each


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_run_by(request, code)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                new = start_import(workshop, name=file.name or "", content=file.read(), by=request.user)
            except (Unreadable, WorkshopRefusal) as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("import_mapping", workshop.code, new.code)
    context = {
        "workshop": workshop,
        "form": form,
        "earlier": ParticipantImport.objects.visible_to(request.user).filter(workshop=workshop)[:5],
    }
    return render(request, "workshops/import_new.html", context, status=422 if form.errors else 200)


@require_safe
def import_template(request: SignedInRequest, code: str) -> HttpResponse:
    """An empty list to fill in; holds nobody's data."""
    workshop = workshop_run_by(request, code)
    return handed_out(template_for(workshop), f"participants-{workshop.code}.xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def import_mapping(request: SignedInRequest, code: str, upload: str) -> HttpResponse:
    each = import_run_by(request, code, upload)
    if each.state not in {ImportState.UPLOADED, ImportState.READY}:
        return redirect("import_detail", code, upload)
    note_names_read(each.workshop, by=request.user)
    elsewhere = LookElsewhereForm(of=each)
    if request.method != "POST":
        return mapping_page(request, each, MappingForm(of=each, unknown=[]), elsewhere)
    if "elsewhere" in request.POST:
        return looked_elsewhere(request, each)
    form = MappingForm(request.POST, of=each, unknown=words_in(request))
    if not form.is_valid():
        return mapping_page(request, each, form, elsewhere, status=422)
    sketch = form.take_into(sketch_of(each))
    try:
        new_words = words_without_category(each, form.mapping(), sketch)
    except Unreadable as refusal:
        form.add_error(None, str(refusal))
        return mapping_page(request, each, form, elsewhere, status=422)
    if new_words:
        asked = MappingForm(request.POST, of=each, unknown=[*words_in(request), *new_words])
        return mapping_page(request, each, asked, elsewhere, status=422, new_words=len(new_words))
    choose_columns(
        each,
        mapping=form.mapping(),
        agreed=form.cleaned_data["agreed"] == "paper",
        sketch=sketch,
        by=request.user,
    )
    return redirect("import_detail", code, upload)


def words_in(request: SignedInRequest) -> list[str]:
    """The words for which the page that was sent asked a category."""
    return [word[:200] for word in request.POST.getlist("word")][:200]


def looked_elsewhere(request: SignedInRequest, each: ParticipantImport) -> HttpResponse:
    form = LookElsewhereForm(request.POST, of=each)
    if form.is_valid():
        sheet = form.cleaned_data.get("sheet") or each.sheet
        row = form.cleaned_data["header_row"] if sheet == each.sheet else None
        try:
            look_elsewhere(each, sheet=sheet, header_row=row)
        except Unreadable as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("import_mapping", each.workshop.code, each.code)
    mapping = MappingForm(of=each, unknown=[])
    return mapping_page(request, each, mapping, form, status=422)


def mapping_page(
    request: SignedInRequest,
    each: ParticipantImport,
    form: MappingForm,
    elsewhere: LookElsewhereForm,
    *,
    status: int = 200,
    new_words: int = 0,
) -> HttpResponse:
    context = {
        "workshop": each.workshop,
        "upload": each,
        "form": form,
        "elsewhere": elsewhere,
        "sketch": form.sketch,
        "new_words": new_words,
    }
    return render(request, "workshops/import_mapping.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: SignedInRequest, code: str, upload: str) -> HttpResponse:
    """Where the import stands: its progress, the preview with a verdict for each row, or what it wrote."""
    each = import_run_by(request, code, upload)
    if request.method == "POST":
        return decided(request, each)
    if each.state == ImportState.UPLOADED:
        return redirect("import_mapping", code, upload)
    if each.state == ImportState.READY:
        note_names_read(each.workshop, by=request.user)
    context: dict[str, Any] = {
        "workshop": each.workshop,
        "upload": each,
        "is_under_way": each.state in UNDER_WAY and not is_stuck(each),
        "is_stuck": is_stuck(each),
        "done": cache.get(progress_key(each), each.rows_done) if each.state in UNDER_WAY else 0,
        "counts": counts_of(each),
        "outcome": outcome_sentences(sketch_of(each).result),
    }
    if each.state == ImportState.READY:
        context |= preview_of(request, each)
    response = page(request, "workshops/import_detail.html", context, part="import")
    if request.htmx and not context["is_under_way"]:
        response["HX-Refresh"] = "true"  # the whole page, with its form
    return response


def preview_of(request: SignedInRequest, each: ParticipantImport) -> dict[str, Any]:
    verdict = request.GET.get("verdict", "")
    rows = each.rows.select_related("person")
    if verdict in Verdict.values:
        rows = rows.filter(verdict=verdict)
    else:
        verdict = ""
    shown: Page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": shown,
        "rows": Preview.from_rows(list(shown), user=request.user),
        "verdict": verdict,
        "query": f"verdict={verdict}" if verdict else "",
    }


def decided(request: SignedInRequest, each: ParticipantImport) -> HttpResponse:
    """The choices of the rows on one page; or one choice for all that still wait."""
    to_all = request.POST.get("all", "")
    if each.state != ImportState.READY:
        messages.info(request, _("This list is not waiting for choices any more."))
    elif to_all in CHOICES:
        number = decide_all(each, to_all)
        messages.success(
            request, ngettext("%(n)s row is decided.", "%(n)s rows are decided.", number) % {"n": number}
        )
    else:
        decide_rows(each, chosen_in(request))
        messages.success(request, _("Your choices are kept. Nothing is saved in the workshop yet."))
    kept = "&".join(
        f"{name}={request.POST[name]}"
        for name, known in (("verdict", Verdict.values), ("page", None))
        if request.POST.get(name, "") in (known or [])
        or (known is None and request.POST.get(name, "").isdecimal())
    )
    address = reverse("import_detail", args=[each.workshop.code, each.code])
    return redirect(f"{address}?{kept}" if kept else address)


def chosen_in(request: SignedInRequest) -> dict[int, str]:
    """Number of the row → choice, for the radio buttons of one page."""
    found = {}
    for name, value in list(request.POST.items())[: PER_PAGE * 2]:
        number = name.removeprefix("row-")
        if (
            name != number
            and number.isascii()
            and number.isdecimal()
            and len(number) < 10
            and value in CHOICES
        ):
            found[int(number)] = value
    return found


@require_POST
def import_confirm(request: SignedInRequest, code: str, upload: str) -> HttpResponse:
    each = import_run_by(request, code, upload)
    try:
        confirm_import(each, by=request.user)
    except WorkshopRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import_detail", code, upload)


@require_POST
def import_restart(request: SignedInRequest, code: str, upload: str) -> HttpResponse:
    """The worker gave no sign of life: back to where it can be started again."""
    each = import_run_by(request, code, upload)
    try:
        take_back(each)
    except WorkshopRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import_detail", code, upload)


@require_http_methods(["GET", "HEAD", "POST"])
def import_discard(request: SignedInRequest, code: str, upload: str) -> HttpResponse:
    each = import_run_by(request, code, upload)
    if request.method == "POST":
        try:
            discard_import(each, by=request.user)
        except WorkshopRefusal as refusal:
            messages.error(request, str(refusal))
            return redirect("import_detail", code, upload)
        messages.success(request, _("The spreadsheet is thrown away. Nothing of it was saved."))
        return redirect("import_new", code)
    return render(request, "workshops/import_discard.html", {"workshop": each.workshop, "upload": each})


@require_safe
def import_wrong_rows(request: SignedInRequest, code: str, upload: str) -> HttpResponse:
    """The rows that are wrong, as they were, with a column that says why."""
    each = import_run_by(request, code, upload)
    note_names_read(each.workshop, by=request.user)
    return handed_out(wrong_rows(each), f"wrong-rows-{each.code}.xlsx", XLSX)
