"""Files of guidelines: ask for one, watch it being made, stop it, fetch it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page
from guidelines.models import DocumentFormat, Edition, Export, Guidelines
from guidelines.papers.problems import PaperRefused
from guidelines.reports.editions import first_digest
from guidelines.rules import can_export_edition, can_export_guidelines
from guidelines.services.papers import request_export
from plans.papers.word import DOCX

TYPES = {DocumentFormat.DOCX: DOCX}


@require_POST
def guidelines_export(request: SignedInRequest, code: str) -> HttpResponse:
    """`edition`: its number, or nothing for the draft; `format`: one of DocumentFormat, PDF without."""
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country", "nap"), code=code)
    edition = edition_asked(guidelines, request.POST.get("edition", ""))
    require(
        can_export_edition(request.user, edition)
        if edition
        else can_export_guidelines(request.user, guidelines)
    )
    kind = request.POST.get("format", "")
    kind = kind if kind in DocumentFormat.values else DocumentFormat.PDF
    try:
        export = request_export(guidelines, edition=edition, kind=kind, by=request.user)
    except PaperRefused as refused:
        context = {"guidelines": guidelines, "problems": refused.problems}
        return render(request, "guidelines/guidelines_export.html", context, status=409)
    if export.is_done:
        messages.info(request, _("Nothing changed since this file was made: here it is."))
    elif edition is not None and first_digest(export):
        messages.warning(
            request, _("The stored file was lost. It is made again and compared with the first one.")
        )
    return redirect(export)


@require_safe
def export_detail(request: SignedInRequest, code: str, export: str) -> HttpResponse:
    found = export_or_404(request, code, export)
    if found.has_lost_its_worker:
        found.take_up_again()
    context = {
        "guidelines": found.guidelines,
        "export": found,
        "first_digest": first_digest(found),
        "may_export": may_ask_again(request, found),
        "may_stop": may_stop(request, found),
    }
    return page(request, "guidelines/export_detail.html", context, part="progress")


@require_POST
def export_cancel(request: SignedInRequest, code: str, export: str) -> HttpResponse:
    found = export_or_404(request, code, export)
    require(may_stop(request, found))
    found.cancel()
    return redirect(found)


@require_safe
def export_file(request: SignedInRequest, code: str, export: str) -> FileResponse:
    """The file itself, after the same check as its page. Its name says nothing."""
    return file_response(export_or_404(request, code, export))


def may_ask_again(request: SignedInRequest, export: Export) -> bool:
    if export.edition is not None:
        return can_export_edition(request.user, export.edition)
    return can_export_guidelines(request.user, export.guidelines)


def may_stop(request: SignedInRequest, export: Export) -> bool:
    """Who asked for it, and who writes the guidelines; not every reader who may have asked as well."""
    return export.requested_by_id == request.user.pk or can_export_guidelines(request.user, export.guidelines)


def export_or_404(request: SignedInRequest, code: str, export: str) -> Export:
    """The export of these guidelines, if the user may read them."""
    found = Export.objects.visible_to(request.user).select_related("guidelines__country", "edition")
    return get_object_or_404(found.defer("edition__content"), code=export, guidelines__code=code)


def edition_asked(guidelines: Guidelines, number: str) -> Edition | None:
    """The edition that the form names; without a number what stands now: the draft (None), or the newest
    edition when nothing is being written."""
    if not number:
        return guidelines.editions.order_by("-number").first() if guidelines.is_out else None
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        raise Http404
    return get_object_or_404(guidelines.editions, number=int(number))


def file_response(export: Export) -> FileResponse:
    """The stored file, after the view's check. Nothing in it may run."""
    if not export.is_done or not export.has_file:
        raise Http404
    ending = "docx" if export.format == DocumentFormat.DOCX else "pdf"
    stem = f"{export.guidelines.code}-edition-{export.edition.number}" if export.edition else export.code
    response = FileResponse(
        export.file.open(),
        as_attachment=True,
        filename=f"{stem if export.edition else f'guidelines-{stem}'}.{ending}",
        content_type=TYPES.get(DocumentFormat(export.format), "application/pdf"),
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
