"""Making a meeting known: the notice to who works for the committee, and the file for a calendar."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from committees.audience import workers_of
from committees.invitations import CONTENT_TYPE, calendar_file
from committees.models import Committee, Meeting, MeetingState
from committees.rules import can_keep_committee, can_read_drafts_of
from committees.services import meetings as services
from committees.services.refusals import MeetingRefused
from core.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_invite(request: SignedInRequest, code: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    today = timezone.localdate()
    if request.method == "POST":
        try:
            count = services.invite_to_meeting(meeting, today=today, by=request.user)
        except MeetingRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _invited(count))
        return redirect(meeting)
    context = {
        "committee": meeting.committee,
        "meeting": meeting,
        "told": len([user for user in workers_of(meeting.committee) if user.pk != request.user.pk]),
        "points": meeting.agenda.count(),
        "when": services.when_words(meeting),
        "is_late": meeting.is_past(today) or not meeting.is_planned,
    }
    return render(request, "committees/meeting_invite.html", context)


def _invited(count: int) -> str:
    if not count:
        return _("The invitation is recorded. No other account had to be told.")
    said = ngettext(
        "The invitation is sent: %(count)s account is told.",
        "The invitation is sent: %(count)s accounts are told.",
        count,
    )
    return said % {"count": count}


@require_safe
def meeting_ics(request: SignedInRequest, code: str) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).for_list().prefetch_related("agenda")
    meeting = get_object_or_404(rows, code=code)
    return _as_file(request, [meeting], meeting.committee, meeting.code)


@require_safe
def committee_ics(request: SignedInRequest, code: str) -> HttpResponse:
    """All that come, with those cancelled lately: a calendar that holds them has to hear of it."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    meetings = Meeting.objects.visible_to(request.user).for_list().prefetch_related("agenda")
    coming = meetings.filter(committee=committee, day__gte=timezone.localdate())
    coming = coming.exclude(state=MeetingState.HELD).order_by("day", "pk")
    return _as_file(request, coming, committee, committee.code)


def _as_file(
    request: SignedInRequest, meetings: Iterable[Meeting], committee: Committee, name: str
) -> HttpResponse:
    content = calendar_file(
        meetings,
        site=request.build_absolute_uri("/"),
        with_places=can_read_drafts_of(request.user, committee),
    )
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
