"""Published guidelines for anybody: a list with filters, the newest edition as a page, each edition by its
number (where the QR code of its paper leads to), its PDF.

Switched off by PUBLIC_SITE. Unknown, not launched and held back are the same 404 (reports.public)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.lists import listing
from core.pages import page
from core.stored_files import FileLost, read_encrypted
from guidelines.papers.screen import public_edition_on_screen
from guidelines.public_filters import published_found
from guidelines.reports.editions import EditionRow
from guidelines.reports.public import PublicEdition, PublicRow
from guidelines.services.papers import public_pdf
from guidelines.views.exports import file_response


@require_safe
@login_not_required
def published_guidelines(request: HttpRequest) -> HttpResponse:
    """Public: what a country's ministries endorsed and launched may be read by everybody; shows no person."""
    if not settings.PUBLIC_SITE:
        raise Http404
    context = listing(request, published_found(request))
    context["rows"] = [PublicRow(edition) for edition in context["page"]]
    return page(request, "guidelines/published_guidelines.html", context)


@require_safe
@login_not_required
def public_guidelines(request: HttpRequest, code: str) -> HttpResponse:
    """Public: the newest edition as a page, from its frozen content."""
    public = PublicEdition.found(code)
    context = {"public": public, "paper": public_edition_on_screen(public.edition)}
    return page(request, "guidelines/public_guidelines.html", context)


@require_safe
@login_not_required
def public_edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Public: one edition: whether it is the latest, its checksums, its text."""
    public = PublicEdition.found(code, number)
    context = {
        "public": public,
        "row": EditionRow.of(public.edition),
        "paper": public_edition_on_screen(public.edition),
    }
    return page(request, "guidelines/public_edition.html", context)


@require_safe
@login_not_required
def public_edition_pdf(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Public: the stored PDF of an edition. Until the worker has made it a page says so. Where somebody
    who is shown in it does not agree any more (F36) it is not handed out; the text is read as a page."""
    public = PublicEdition.found(code, number)
    if public.holds_back_paper:
        return page(request, "guidelines/public_edition_pdf.html", {"public": public}, status=410)
    export = public_pdf(public.edition)
    if export.is_done and export.has_file:
        return file_response(export)
    context = {"public": public, "export": export}
    return page(
        request,
        "guidelines/public_edition_pdf.html",
        context,
        status=202 if export.is_under_way else 503,
    )


@require_safe
@login_not_required
def public_picture(request: HttpRequest, code: str, number: int, picture: str) -> HttpResponse:
    """Public: a picture of an edition, as long as who is shown agrees (F36)."""
    public = PublicEdition.found(code, number)
    found = get_object_or_404(public.edition.pictures.publishable(), code=picture)
    try:
        content = read_encrypted(found.file)
    except FileLost:
        raise Http404 from None
    response = HttpResponse(content, content_type=found.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=3600"
    return response
