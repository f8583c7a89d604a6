"""Who was at a meeting: one tap a seat, on a telephone, in the room."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from committees.forms.attendance import EVERYBODY, AttendanceForm
from committees.models import Meeting, MeetingState
from committees.quorum import needed_of
from committees.rules import can_keep_committee
from committees.services import attendance as services
from committees.services.refusals import SecondMeetingThatDay
from core.access import require
from core.refusals import FieldRefused


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_attendance(request: SignedInRequest, code: str) -> HttpResponse:
    """Written down for the first time, the meeting is held from then on."""
    today = timezone.localdate()
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    if meeting.is_closed or meeting.state == MeetingState.CANCELLED:
        messages.info(request, _("Who was at this meeting cannot be changed any more."))
        return redirect(meeting)
    # A slip of the year asks for no seat at all: then those of the meeting's day keep what was typed.
    day = _day_asked(request, meeting)
    seats = services.seats_asked(meeting, day) or services.seats_asked(meeting, meeting.day)
    known = dict(meeting.attendance.values_list("seat", "presence"))
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        meeting=meeting,
        seats=seats,
        known=known,
        everybody=request.GET.get("all") == EVERYBODY,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (held := _held(request, meeting, form, today)):
            messages.success(request, _("It is written down who was there."))
            return redirect(held)
    voting = sum(seat.voting for seat in seats)
    context = {
        "committee": meeting.committee,
        "meeting": meeting,
        "form": form,
        "seats": seats,
        "voting": voting,
        "needed": needed_of(voting, meeting.committee.quorum),
        "is_early": meeting.day > today,
        "is_known": bool(known),
        "everybody": EVERYBODY,
    }
    return render(request, "committees/meeting_attendance.html", context, status=status)


def _day_asked(request: SignedInRequest, meeting: Meeting) -> datetime.date:
    """The day for which the seats are listed: as typed, if it is one."""
    if request.method != "POST":
        return meeting.day
    try:
        return datetime.date.fromisoformat(request.POST.get("day", "").strip())
    except ValueError:
        return meeting.day


def _held(
    request: SignedInRequest, meeting: Meeting, form: AttendanceForm, today: datetime.date
) -> Meeting | None:
    """None with the reason at the field."""
    values = form.cleaned_data
    try:
        return services.hold_meeting(
            meeting,
            day=values["day"],
            presences=form.presences,
            quorum=values["quorum"],
            guests=values["guests"],
            today=today,
            is_another=values["is_another"],
            by=request.user,
        )
    except FieldRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        if isinstance(refused, SecondMeetingThatDay):
            form.ask_another()
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_unhold(request: SignedInRequest, code: str) -> HttpResponse:
    """It was not held after all: back to planned."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    if request.method == "POST":
        try:
            services.unhold_meeting(meeting, by=request.user)
        except FieldRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The meeting counts as planned again."))
        return redirect(meeting)
    context = {"committee": meeting.committee, "meeting": meeting}
    return render(request, "committees/meeting_unhold.html", context)
