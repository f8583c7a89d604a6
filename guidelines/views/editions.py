"""Editions: what was launched, as it was launched, with its files and what changed since the one before."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from guidelines.models import DocumentFormat, Edition, Export, Guidelines
from guidelines.papers.screen import edition_on_screen
from guidelines.reports.compared import Compared
from guidelines.reports.edition_changes import changes_since
from guidelines.reports.editions import EditionRow, edition_rows
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.views.exports import file_response


@require_safe
def guidelines_editions(request: SignedInRequest, code: str) -> HttpResponse:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country"), code=code)
    context = {
        "guidelines": guidelines,
        "rows": edition_rows(guidelines),
        "hides_review": not can_read_draft(request.user, guidelines),
        "may_write": can_write_guidelines(request.user, guidelines),
    }
    return render(request, "guidelines/guidelines_editions.html", context)


@require_safe
def guidelines_edition(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The text as it was launched, from the frozen content only."""
    edition = edition_or_404(request, code, number)
    guidelines = edition.guidelines
    before = guidelines.editions.filter(number=number - 1).first()
    newest = guidelines.editions.order_by("-number").values_list("number", flat=True)[0]
    context = {
        "guidelines": guidelines,
        "edition": edition,
        "row": EditionRow.of(edition),
        "paper": edition_on_screen(edition),
        "before": before,
        "changes": changes_since(before, edition) if before else [],
        "newest": newest,
    }
    return render(request, "guidelines/guidelines_edition.html", context)


@require_safe
def guidelines_changes(request: SignedInRequest, code: str) -> HttpResponse:
    """Two states of the document beside each other: `?from=1&to=3`, editions by their number, `now` for the
    text that is being written, `before` for the version that it was made of."""
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country"), code=code)
    context = {
        "guidelines": guidelines,
        "compared": Compared.of(guidelines, request.GET.dict(), user=request.user),
        "hides_review": not can_read_draft(request.user, guidelines),
    }
    return render(request, "guidelines/guidelines_changes.html", context)


@require_safe
def edition_file(request: SignedInRequest, code: str, number: int) -> HttpResponseBase:
    """The stored file of an edition, `?format=pdfa` or `docx`; that of a PDF is the same for ever."""
    edition = edition_or_404(request, code, number)
    kind = request.GET.get("format", DocumentFormat.PDF.value)
    export = Export.objects.filter(edition=edition, format=kind).standing().first()
    if export is None:
        raise Http404
    export.edition, export.guidelines = edition, edition.guidelines
    if export.is_done and not export.has_file:
        messages.warning(
            request, _("The stored file was lost. Made again, it is compared with the first one.")
        )
        return redirect(edition)
    return file_response(export)


def edition_or_404(request: SignedInRequest, code: str, number: int) -> Edition:
    editions = Edition.objects.visible_to(request.user).select_related("guidelines__country", "by")
    return get_object_or_404(editions, guidelines__code=code, number=number)
