"""Files that belong to a plan or a law, handed out to who may see what they belong to."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.stored_files import FileLost
from plans.attachments import read_file
from plans.models import Attachment


@require_safe
def attachment_file(request: SignedInRequest, attachment: str) -> HttpResponse:
    """Downloaded, never shown as a page of the portal: strangers made what is in it."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), code=attachment)
    try:
        content = read_file(found)
    except FileLost:
        raise Http404(_("The stored file is no longer there.")) from None
    response = HttpResponse(content, content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
