"""Documents of a meeting, for who works for the committee or keeps its papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms.agenda import MeetingFileForm
from committees.models import Meeting, MeetingFile
from committees.rules import can_keep_committee, can_read_drafts_of
from committees.services import meeting_files as services
from core.access import require
from core.refusals import FieldRefused
from core.stored_files import FileLost


def _file(request: SignedInRequest, code: str, file: str) -> MeetingFile:
    rows = MeetingFile.objects.visible_to(request.user).select_related(
        "meeting__committee__locality__country"
    )
    return get_object_or_404(rows, meeting__code=code, code=file)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_file_new(request: SignedInRequest, code: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    sent = request.method == "POST"
    form = MeetingFileForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        meeting=meeting,
        initial={"item": request.GET.get("item", "")},
    )
    status = 200
    if sent:
        status = 422
        if form.is_valid() and (address := _kept(request, meeting, form)):
            messages.success(request, _("The document is kept, encrypted."))
            return redirect(address)
    context = {"committee": meeting.committee, "meeting": meeting, "form": form}
    return render(request, "committees/meeting_file_new.html", context, status=status)


def _kept(request: SignedInRequest, meeting: Meeting, form: MeetingFileForm) -> str | None:
    values = form.cleaned_data
    try:
        return made_once(
            request,
            lambda: services.keep_file(
                meeting, values["file"], title=values["title"], item=values["item"], by=request.user
            ),
            address=lambda made: reverse("meeting_detail", args=[meeting.code]) + "#documents",
        )
    except FieldRefused as refused:
        form.add_error(refused.field, str(refused))
        return None


@require_safe
def meeting_file(request: SignedInRequest, code: str, file: str) -> HttpResponse:
    """Downloaded, never shown as a page of the portal: strangers made what is in it."""
    found = _file(request, code, file)
    require(can_read_drafts_of(request.user, found.meeting.committee))
    try:
        content = services.read_file(found)
    except FileLost:
        raise Http404(_("The stored file is no longer there.")) from None
    response = HttpResponse(content, content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_file_remove(request: SignedInRequest, code: str, file: str) -> HttpResponse:
    found = _file(request, code, file)
    require(can_keep_committee(request.user, found.meeting.committee))
    if request.method == "POST":
        services.drop_file(found, by=request.user)
        messages.success(request, _("The document is removed."))
        return redirect(f"{found.meeting.get_absolute_url()}#documents")
    context = {"committee": found.meeting.committee, "meeting": found.meeting, "file": found}
    return render(request, "committees/meeting_file_remove.html", context)
