"""Pages of meetings: those of a committee, all of them, one of them; planned, changed, cancelled."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.calendar import overdue_committees
from committees.editing import attempt
from committees.forms.meetings import CancelForm, MeetingForm, YearForm
from committees.meeting_filters import HeldFilter, MeetingFilter
from committees.models import Committee, CommitteeQuerySet, Decision, Meeting
from committees.reports.meetings import CommitteeYear, MeetingPage
from committees.rules import can_keep_committee, can_read_drafts_of
from committees.services import meetings as services
from committees.services.refusals import MeetingRefused, SecondMeetingThatDay
from core.access import require
from core.lists import listing

MOST_LATE_SHOWN = 5  # committees above the list of all meetings


@require_safe
def all_meetings(request: SignedInRequest) -> HttpResponse:
    """Across committees: what comes, what waits to be written down, which committees are late."""
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).for_list().with_attendance()
    found = MeetingFilter(request.GET, queryset=meetings, request=request)
    late = overdue_committees(request.user, today)
    context = listing(request, found) | {
        "late": late[:MOST_LATE_SHOWN],
        "late_count": len(late),
        "today": today,
    }
    return render(request, "committees/all_meetings.html", context)


@require_safe
def meeting_list(request: SignedInRequest, code: str) -> HttpResponse:
    """The meetings of one committee: the next, what its rule expects, what was held."""
    today = timezone.localdate()
    committee = get_object_or_404(_with_last_meeting(request), code=code)
    past = Meeting.objects.visible_to(request.user).filter(committee=committee).done()
    found = HeldFilter(request.GET, queryset=past, request=request)
    context = listing(request, found, rows=found.qs.with_attendance()) | {
        "committee": committee,
        "year": CommitteeYear.from_committee(committee, today=today),
        "may_keep": can_keep_committee(request.user, committee),
        "today": today,
    }
    return render(request, "committees/meeting_list.html", context)


def _with_last_meeting(request: SignedInRequest) -> CommitteeQuerySet:
    return Committee.objects.visible_to(request.user).for_list().with_last_meeting()


@require_safe
def meeting_detail(request: SignedInRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    may_keep = can_keep_committee(request.user, meeting.committee)
    may_read = may_keep or can_read_drafts_of(request.user, meeting.committee)
    shown = MeetingPage.from_meeting(meeting, may_keep=may_keep, may_read=may_read, today=today)
    decisions = Decision.objects.visible_to(request.user).for_list().filter(meeting=meeting)
    context = {
        "committee": meeting.committee,
        "meeting": meeting,
        "shown": shown,
        "decisions": decisions.select_related("item") if meeting.is_held else (),
        "may_keep": may_keep,
        "may_read": may_read,
        "may_change": may_keep and meeting.takes_agenda,
        "is_waiting": meeting.is_waiting(today),
        "today": today,
    }
    return render(request, "committees/meeting_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: SignedInRequest, code: str) -> HttpResponse:
    """With `?held=1` for one that stands on paper already: it leads to who was there."""
    today = timezone.localdate()
    committee = get_object_or_404(_with_last_meeting(request), code=code)
    require(can_keep_committee(request.user, committee))
    year = CommitteeYear.from_committee(committee, today=today)
    was_held = bool(request.GET.get("held"))
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        instance=Meeting(committee=committee),
        initial={"day": None if was_held else year.suggested, "was_held": was_held},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (address := _added(request, form)):
            return redirect(address)
    context = {"committee": committee, "form": form, "year": year, "was_held": was_held}
    return render(request, "committees/meeting_new.html", context, status=status)


def _added(request: SignedInRequest, form: MeetingForm) -> str | None:
    """Where to go on; None with the reason at the field."""
    was_held = form.cleaned_data["was_held"]
    try:
        address = made_once(
            request,
            lambda: services.add_meeting(
                form.save(commit=False),
                today=timezone.localdate(),
                was_held=was_held,
                is_another=form.cleaned_data["is_another"],
                by=request.user,
            ),
            address=lambda made: reverse(
                "meeting_attendance" if was_held else "meeting_detail", args=[made.code]
            ),
        )
    except MeetingRefused as refused:
        _say_at_field(form, refused)
        return None
    if was_held:
        messages.success(request, _("The meeting is entered. Now say who was there."))
    else:
        messages.success(request, _("The meeting is planned. Write its agenda, then send the invitation."))
    return address


def _say_at_field(form: MeetingForm, refused: MeetingRefused) -> None:
    form.add_error(refused.field, str(refused))
    if isinstance(refused, SecondMeetingThatDay):
        form.ask_another()


@require_http_methods(["GET", "HEAD", "POST"])
def meetings_plan(request: SignedInRequest, code: str) -> HttpResponse:
    """The meetings that the committee's rule expects in the next twelve months, planned by one click."""
    today = timezone.localdate()
    committee = get_object_or_404(_with_last_meeting(request), code=code)
    require(can_keep_committee(request.user, committee))
    year = CommitteeYear.from_committee(committee, today=today)
    form = YearForm(
        request.POST if request.method == "POST" else None, days=year.calendar.without_meeting, today=today
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _planned(request, committee, form):
            return redirect("meeting_list", committee.code)
    context = {"committee": committee, "form": form, "year": year}
    return render(request, "committees/meetings_plan.html", context, status=status)


def _planned(request: SignedInRequest, committee: Committee, form: YearForm) -> bool:
    days, values = form.days(), form.cleaned_data
    try:
        made = services.plan_meetings(
            committee,
            days=days,
            starts_at=values["starts_at"],
            ends_at=values["ends_at"],
            place=values["place"],
            today=timezone.localdate(),
            by=request.user,
        )
    except MeetingRefused as refused:
        form.add_error(None, str(refused))
        return False
    said = ngettext("%(count)s meeting is planned.", "%(count)s meetings are planned.", len(made))
    messages.success(request, said % {"count": len(made)})
    if len(made) < len(days):
        messages.info(request, _("Where the committee meets on a day already, no second meeting was made."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: SignedInRequest, code: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    if not meeting.is_planned:
        messages.info(request, _("Only a meeting that is still planned can be changed here."))
        return redirect(meeting)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=meeting)
    told = meeting.invited_on is not None
    tried = attempt(form, lambda: _changed(request, form))
    if tried.saved and tried.result:
        said = _("The meeting is saved. Who was invited is told.") if told else _("The meeting is saved.")
        messages.success(request, said)
        return redirect(meeting)
    context = {
        "committee": meeting.committee,
        "meeting": meeting,
        "form": form,
        "attempt": tried,
        "told": told,
    }
    status = 422 if form.errors else tried.status
    return render(request, "committees/meeting_edit.html", context, status=status)


def _changed(request: SignedInRequest, form: MeetingForm) -> bool:
    """Saved, or not with the reason at the field."""
    try:
        services.change_meeting(
            form.save(commit=False),
            opened_sequence=form.opened_sequence,
            today=timezone.localdate(),
            is_another=form.cleaned_data["is_another"],
            by=request.user,
        )
    except MeetingRefused as refused:
        _say_at_field(form, refused)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: SignedInRequest, code: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    form = CancelForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.cancel_meeting(meeting, reason=form.cleaned_data["reason"], by=request.user)
            except MeetingRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The meeting is cancelled."))
                return redirect(meeting)
    context = {"committee": meeting.committee, "meeting": meeting, "form": form}
    return render(request, "committees/meeting_cancel.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_remove(request: SignedInRequest, code: str) -> HttpResponse:
    """Only what was typed in by mistake: nothing hangs on it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    committee, hangs = meeting.committee, services.what_hangs_on(meeting)
    if request.method == "POST":
        try:
            services.remove_meeting(meeting, by=request.user)
        except MeetingRefused as refused:
            messages.error(request, str(refused))
            return redirect("meeting_remove", meeting.code)
        messages.success(request, _("The meeting is removed."))
        return redirect("meeting_list", committee.code)
    context = {"committee": committee, "meeting": meeting, "hangs": hangs, "points": meeting.agenda.count()}
    return render(request, "committees/meeting_remove.html", context)
