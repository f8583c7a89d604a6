"""Sections of guidelines: write, add, move, remove."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.pages import page, removed
from guidelines.documents import DocumentSection
from guidelines.forms.sections import SectionForm, SectionNewForm, SectionRemoveForm
from guidelines.models import Guidelines, Section
from guidelines.reports.facts import CountryFacts
from guidelines.rules import can_write_guidelines
from guidelines.saving import Attempt, attempt
from guidelines.services import sections as services


@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: SignedInRequest, code: str) -> HttpResponse:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country", "nap"), code=code)
    require(can_write_guidelines(request.user, guidelines))
    form = SectionNewForm(
        request.POST if request.method == "POST" else None, instance=Section(guidelines=guidelines)
    )
    if "preview" in request.POST:
        return edit_page(request, "guidelines/section_new.html", form, Attempt())
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: services.add_section(
                form.save(commit=False), after=form.cleaned_data["after"], by=request.user
            ),
            address=Section.get_absolute_url,
        )
        messages.success(request, _("The section is added."))
        return redirect(address)
    outcome = Attempt(status=422 if request.method == "POST" else 200)
    return edit_page(request, "guidelines/section_new.html", form, outcome)


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    found = visible_sections(request, code).filter(code=section).first()
    if found is None:
        return typed_for_removed(request, code)
    require(can_write_guidelines(request.user, found.guidelines))
    form = SectionForm(request.POST if request.method == "POST" else None, instance=found)
    if "preview" in request.POST or request.method != "POST":
        return edit_page(request, "guidelines/section_edit.html", form, Attempt())
    try:
        outcome = attempt(form, by=request.user)
    except RowRemoved:
        return removed(request, form, back=found.guidelines)
    if outcome.saved:
        messages.success(request, _("Saved."))
        return redirect(found)
    return edit_page(request, "guidelines/section_edit.html", form, outcome)


@require_POST
def section_move(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    found = section_or_404(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    services.move_section(found, up=request.POST.get("to") == "up", by=request.user)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def section_remove(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    found = section_or_404(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    conflict = None
    form = SectionRemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_section(found, opened_version=form.cleaned_data["row_version"], by=request.user)
        except EditConflict as changed:
            conflict = changed
        else:
            messages.success(request, _("The section is removed."))
            return redirect(found.guidelines)
    context = {"entry": DocumentSection.from_section(found), "conflict": conflict}
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


def edit_page(request: SignedInRequest, template: str, form: SectionForm, outcome: Attempt) -> HttpResponse:
    """The form with what it will look like: the saved text at first, then what is typed."""
    context: dict[str, Any] = {
        "guidelines": form.instance.guidelines,
        "form": form,
        "attempt": outcome,
        **preview(form),
    }
    return page(request, template, context, part="preview", status=outcome.status)


def preview(form: SectionForm) -> dict[str, Any]:
    """The text as HTML and the block with the country's facts. Nothing is saved."""
    heading, body = (str(form[name].value() or "") for name in ("heading", "body"))
    guidelines = form.instance.guidelines
    draft = Section(heading=heading, body=body[: Section._meta.get_field("body").max_length])
    return {
        "preview": DocumentSection.from_section(draft),
        "facts": CountryFacts.from_country(guidelines.country, nap=guidelines.nap),
    }
