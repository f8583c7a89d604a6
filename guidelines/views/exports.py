"""The PDF of guidelines: ask for it, watch it being made, fetch it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page
from guidelines.models import Export, Guidelines
from guidelines.rules import can_export_guidelines
from guidelines.services.papers import request_export


@require_POST
def guidelines_export(request: SignedInRequest, code: str) -> HttpResponse:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country", "nap"), code=code)
    require(can_export_guidelines(request.user, guidelines))
    export = request_export(guidelines, by=request.user)
    if export.is_done:
        messages.info(request, _("Nothing changed since this PDF was made: here it is."))
    return redirect(export)


@require_safe
def export_detail(request: SignedInRequest, code: str, export: str) -> HttpResponse:
    found = export_or_404(request, code, export)
    context = {
        "guidelines": found.guidelines,
        "export": found,
        "may_export": can_export_guidelines(request.user, found.guidelines),
    }
    return page(request, "guidelines/export_detail.html", context, part="progress")


@require_safe
def export_file(request: SignedInRequest, code: str, export: str) -> FileResponse:
    """The PDF itself, after the same check as its page. Its file name says nothing."""
    found = export_or_404(request, code, export)
    if not found.is_done or not found.has_file:
        raise Http404
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=f"guidelines-{found.code}.pdf",
        content_type="application/pdf",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def export_or_404(request: SignedInRequest, code: str, export: str) -> Export:
    """The export of these guidelines, if the user may read them."""
    found = Export.objects.visible_to(request.user).select_related("guidelines__country")
    return get_object_or_404(found, code=export, guidelines__code=code)
