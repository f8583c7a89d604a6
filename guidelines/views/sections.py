"""Sections of guidelines: write, add, move, remove."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.pages import page, removed
from core.pasted import without_tags
from guidelines.forms.sections import SectionForm, SectionMoveForm, SectionNewForm, SectionRemoveForm
from guidelines.models import Guidelines, Section
from guidelines.reading import read_parts
from guidelines.reports.presence import writers_of_section
from guidelines.reports.preview import SectionPreview, WritingDesk, text_problems
from guidelines.rules import can_write_guidelines
from guidelines.saving import Attempt, attempt
from guidelines.services import sections as services
from guidelines.services.holding import GuidelinesClosed
from guidelines.services.presence import left_form, sign_of_life


@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: SignedInRequest, code: str) -> HttpResponse:
    """With `under` in the address the new section is a part of that one."""
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country", "nap"), code=code)
    require(can_write_guidelines(request.user, guidelines))
    desk, draft = WritingDesk.of(guidelines), Section(guidelines=guidelines)
    under = {"parent": request.GET.get("under", "")}
    form = SectionNewForm(request.POST if request.method == "POST" else None, initial=under, instance=draft)
    changed = helped(request, form, desk)
    if changed is not None:
        return edit_page(request, "guidelines/section_new.html", changed, desk, Attempt(), is_typed=True)
    try:
        outcome = attempt(form, guidelines, lambda: _added(request, form))
    except services.SectionStays as stays:
        form.add_error("after", str(stays))
        outcome = Attempt(status=422)
    if outcome.saved:
        messages.success(request, _("The section is added."))
        _warn(request, form.cleaned_data["body"], desk)
        return redirect(outcome.result)
    return edit_page(request, "guidelines/section_new.html", form, desk, outcome)


def _added(request: SignedInRequest, form: SectionNewForm) -> str:
    place = {name: form.cleaned_data[name] for name in ("after", "parent")}
    return made_once(
        request,
        lambda: services.add_section(form.save(commit=False), **place, by=request.user),
        address=Section.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """With `preview`, `insert` or `clean` the text is shown again with that done, and nothing is saved."""
    found = visible_sections(request, code).filter(code=section).first()
    if found is None:
        return typed_for_removed(request, code)
    guidelines = found.guidelines
    require(can_write_guidelines(request.user, guidelines))
    desk = WritingDesk.of(guidelines)
    form = SectionForm(request.POST if request.method == "POST" else None, instance=found)
    changed = helped(request, form, desk)
    if changed is not None:
        return edit_page(request, "guidelines/section_edit.html", changed, desk, Attempt(), is_typed=True)
    try:
        outcome = attempt(
            form,
            guidelines,
            lambda: services.save_section(found, opened_version=form.opened_version, by=request.user),
        )
    except RowRemoved:
        return removed(request, form, back=guidelines)
    if outcome.saved:
        left_form(found, by=request.user)
        messages.success(request, _("Saved."))
        _warn(request, found.body, desk)
        return redirect(_after_saving(request, found))
    if request.method == "GET" and guidelines.is_open:
        sign_of_life(found, by=request.user)
    return edit_page(request, "guidelines/section_edit.html", form, desk, outcome)


def helped(request: SignedInRequest, form: SectionForm, desk: WritingDesk) -> SectionForm | None:
    """The form as one of its other buttons asks for it; None for the button that saves."""
    if request.method != "POST":
        return None
    body = str(form["body"].value() or "")
    if "clean" in request.POST:
        return form.with_body(without_tags(body))
    mark = request.POST.get("insert", "")
    if mark:
        return form.with_body(f"{body.rstrip()}\n\n{mark}\n".lstrip() if desk.offers(mark) else body)
    return form if "preview" in request.POST else None


def _after_saving(request: SignedInRequest, section: Section) -> str:
    if "stay" in request.POST:
        return reverse("section_edit", args=[section.guidelines.code, section.code])
    return section.get_absolute_url()


def _warn(request: SignedInRequest, body: str, desk: WritingDesk) -> None:
    for problem in text_problems(body, desk)[:5]:
        messages.warning(request, problem)


@require_POST
def section_writing(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """The form of a section is open, or with `left` it is closed. Answers who else writes there."""
    found = section_or_404(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    if "left" in request.POST:
        left_form(found, by=request.user)
        return HttpResponse(status=204)
    if found.guidelines.is_open:
        sign_of_life(found, by=request.user)
    others = writers_of_section(found, except_for=request.user)
    return JsonResponse({"writers": [str(writer) for writer in others]})


@require_POST
def section_move(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """`to` is up, down, in (a part of the one before) or out (lifted by one level)."""
    found = section_or_404(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    to = request.POST.get("to", "")
    try:
        moved = to in services.MOVES and services.move_section(found, to=to, by=request.user)
    except (GuidelinesClosed, services.SectionStays) as refused:
        messages.error(request, str(refused))
        return redirect(found)
    except RowRemoved:
        raise Http404 from None
    if not moved:
        messages.info(request, _("The section cannot go further in that direction."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def section_place(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """To any place, chosen on the page; section_move goes step by step."""
    found = section_or_404(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    form = SectionMoveForm(request.POST if request.method == "POST" else None, section=found)
    closed = "" if found.guidelines.is_open else str(GuidelinesClosed(found.guidelines))
    status = 409 if closed and request.method == "POST" else 422 if request.method == "POST" else 200
    if not closed and form.is_valid():
        try:
            services.place_section(found, **form.target, by=request.user)
        except GuidelinesClosed as refused:
            closed, status = str(refused), 409
        except services.SectionStays as stays:
            form.add_error("place", str(stays))
        except RowRemoved:
            raise Http404 from None
        else:
            messages.success(request, _("The section is moved."))
            return redirect(found)
    number = WritingDesk.of(found.guidelines).number_of(found)
    context = {"guidelines": found.guidelines, "section": found, "number": number, "form": form}
    return render(request, "guidelines/section_place.html", context | {"closed": closed}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def section_remove(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    found = section_or_404(request, code, section)
    guidelines = found.guidelines
    require(can_write_guidelines(request.user, guidelines))
    conflict = closed = None
    form = SectionRemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_section(found, opened_version=form.cleaned_data["row_version"], by=request.user)
        except EditConflict as changed:
            conflict = changed
            found = section_or_404(request, code, section)
        except GuidelinesClosed as refused:
            closed = str(refused)
        except RowRemoved:
            raise Http404 from None
        else:
            messages.success(request, _("The section is removed. Its history keeps the text."))
            return redirect(guidelines)
    context = {
        "guidelines": guidelines,
        "section": found,
        "text": read_parts(found.body, top_heading=3),
        "parts": services.parts_below(found),
        "conflict": conflict,
        "closed": closed if guidelines.is_open else str(GuidelinesClosed(guidelines)),
    }
    status = 200 if request.method != "POST" else 409
    return render(request, "guidelines/section_remove.html", context, status=status)


def section_or_404(request: SignedInRequest, code: str, section: str) -> Section:
    """The section of these guidelines, if the user may read it."""
    return get_object_or_404(visible_sections(request, code), code=section)


def visible_sections(request: SignedInRequest, code: str) -> QuerySet[Section]:
    found = Section.objects.visible_to(request.user).select_related("guidelines__country", "guidelines__nap")
    return found.filter(guidelines__code=code)


def typed_for_removed(request: SignedInRequest, code: str) -> HttpResponse:
    """The guidelines are there, the section is not: a sent text is shown, all else is a 404."""
    guidelines = get_object_or_404(Guidelines.objects.visible_to(request.user), code=code)
    if request.method != "POST":
        raise Http404
    require(can_write_guidelines(request.user, guidelines))
    return removed(request, SectionForm(request.POST), back=guidelines)


def edit_page(
    request: SignedInRequest,
    template: str,
    form: SectionForm,
    desk: WritingDesk,
    outcome: Attempt,
    *,
    is_typed: bool = False,
) -> HttpResponse:
    """The form with what it will look like: the saved text at first, then what is typed."""
    section = form.instance
    heading, body = (str(form[name].value() or "") for name in ("heading", "body"))
    preview = SectionPreview.from_text(section, desk, heading=heading, body=body, today=timezone.localdate())
    context: dict[str, Any] = {
        "guidelines": section.guidelines,
        "section": section if section.pk else None,
        "number": desk.number_of(section),
        "form": form,
        "attempt": outcome,
        "is_typed": is_typed or outcome.status != 200,
        "desk": desk,
        "preview": preview,
        "writers": writers_of_section(section, except_for=request.user) if section.pk else [],
    }
    return page(request, template, context, part="preview", status=outcome.status)
