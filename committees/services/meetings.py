"""Meetings: planned, changed, cancelled, made known. Every change leaves an audit line of codes."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from committees.audience import workers_of
from committees.closing import refuse_if_closed
from committees.models import Committee, Meeting, MeetingState, MinutesState
from committees.services.refusals import MeetingRefused, SecondMeetingThatDay
from committees.states import CommitteeState
from core.conflicts import EditConflict, RowRemoved

# What a calendar shows, and who was invited is told of.
TOLD = ("kind", "title", "day", "starts_at", "ends_at", "place")

FURTHEST = datetime.timedelta(days=2 * 366)  # a meeting further away is a slip of the year


@transaction.atomic
def add_meeting(
    meeting: Meeting, *, today: datetime.date, was_held: bool = False, is_another: bool = False, by: User
) -> Meeting:
    """A new meeting, planned; with `was_held` its day has passed and who was there is written down next.

    Raises MeetingRefused."""
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    _on_a_fitting_day(meeting, committee, today=today, was_held=was_held)
    if not is_another:
        _alone_that_day(meeting)
    meeting.is_demo, meeting.updated_by = committee.is_demo, by
    meeting.save()
    record(by, "planned meeting", committee, meeting=meeting.code)
    return meeting


@transaction.atomic
def plan_meetings(
    committee: Committee,
    *,
    days: Iterable[datetime.date],
    starts_at: datetime.time | None,
    ends_at: datetime.time | None,
    place: str,
    today: datetime.date,
    by: User,
) -> list[Meeting]:
    """Several at once. A day on which the committee meets already is left out. Raises MeetingRefused."""
    planned = []
    for day in sorted(set(days)):
        meeting = Meeting(committee=committee, day=day, starts_at=starts_at, ends_at=ends_at, place=place)
        try:
            planned.append(add_meeting(meeting, today=today, by=by))
        except SecondMeetingThatDay:
            continue
    return planned


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, opened_sequence: int, today: datetime.date, is_another: bool = False, by: User
) -> Meeting:
    """Save another day, time, place or title. Who was invited is told. Raises MeetingRefused, and
    EditConflict or RowRemoved when somebody else was quicker."""
    standing = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("updated_by")
        .filter(pk=meeting.pk)
        .first()
    )
    if standing is None:
        raise RowRemoved
    _still_planned(standing)
    if standing.sequence != opened_sequence:
        raise EditConflict(standing)
    changed = [name for name in TOLD if getattr(standing, name) != getattr(meeting, name)]
    if not changed:
        return meeting
    _on_a_fitting_day(meeting, meeting.committee, today=today, was_held=meeting.day < today)
    if "day" in changed and not is_another:
        _alone_that_day(meeting)
    meeting.sequence, meeting.updated_by = standing.sequence + 1, by
    meeting.save(update_fields=[*changed, "sequence", "updated_by", "updated_at"])
    record(by, "changed meeting", meeting.committee, meeting=meeting.code, fields=sorted(changed))
    if meeting.invited_on and meeting.day >= today:
        _tell(meeting, gettext("Changed: %(committee)s meets %(when)s."), by=by)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """It will not be held. Who was invited is told. Raises MeetingRefused."""
    row = held_row(meeting)
    _still_planned(row)
    row.state, row.cancelled_reason = MeetingState.CANCELLED, reason
    row.sequence, row.updated_by = row.sequence + 1, by
    row.save(update_fields=["state", "cancelled_reason", "sequence", "updated_by", "updated_at"])
    record(by, "cancelled meeting", row.committee, meeting=row.code)
    if row.invited_on:
        _tell(row, gettext("Cancelled: the meeting of %(committee)s %(when)s."), by=by)
    return row


@transaction.atomic
def invite_to_meeting(meeting: Meeting, *, today: datetime.date, by: User) -> int:
    """Tell every account that works for the committee, on the site and by mail as each chose. Returns how
    many were told; who knows it already is not told again. Raises MeetingRefused."""
    row = held_row(meeting)
    _still_planned(row)
    if row.day < today:
        raise MeetingRefused(None, gettext("The day of this meeting has passed: nobody can be invited."))
    row.invited_on = row.invited_on or today
    row.save(update_fields=["invited_on", "updated_at"])
    record(by, "sent invitation", row.committee, meeting=row.code, sequence=row.sequence)
    return _tell(row, gettext("Invitation: %(committee)s meets %(when)s."), by=by)


@transaction.atomic
def remove_meeting(meeting: Meeting, *, by: User) -> None:
    """Take away one that was typed in by mistake. Raises MeetingRefused when something hangs on it."""
    row = held_row(meeting)
    if hangs := what_hangs_on(row):
        raise MeetingRefused(None, hangs)
    record(by, "removed meeting", row.committee, meeting=row.code, day=row.day.isoformat())
    row.delete()


def what_hangs_on(meeting: Meeting) -> str:
    """Why the meeting cannot be taken away; empty when it can."""
    if meeting.minutes_state != MinutesState.NONE or meeting.minutes:
        return gettext("It has minutes.")
    if meeting.decisions.exists():
        return gettext("Decisions were taken at it.")
    if meeting.attendance.exists():
        return gettext("It is written down who was there. Say first that it was not held.")
    if meeting.files.exists():
        return gettext("Documents were handed in for it. Remove them first.")
    if meeting.agenda.filter(came_from__isnull=False).exists():
        return gettext("Another committee sent a point for its agenda. Cancel the meeting instead.")
    if meeting.invited_on:
        return gettext("The members were invited to it. Cancel it instead: then they hear of it.")
    return ""


def held_row(meeting: Meeting) -> Meeting:
    """The row of the meeting, held until the end of the transaction. Raises MeetingRefused."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("committee__locality")
    row = rows.filter(pk=meeting.pk).first()
    if row is None:
        raise MeetingRefused(None, gettext("Somebody removed this meeting meanwhile."))
    return row


def _still_planned(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused(None, gettext("This meeting was cancelled. Plan a new one."))
    if meeting.state == MeetingState.HELD:
        refuse_if_closed(meeting)
        raise MeetingRefused(
            None,
            gettext("This meeting was held. Its day is corrected where it is written down who was there."),
        )


def _on_a_fitting_day(
    meeting: Meeting, committee: Committee, *, today: datetime.date, was_held: bool
) -> None:
    """Not before the committee, not after its end; planned for a day to come, held on one that has come."""
    within_its_life(meeting.day, committee)
    if was_held and meeting.day > today:
        raise MeetingRefused("day", gettext("This day has not come yet: the meeting cannot have been held."))
    if not was_held and meeting.day < today:
        raise MeetingRefused(
            "day", gettext("This day has passed. If the meeting was held, tick “It was already held”.")
        )
    if meeting.day > today + FURTHEST:
        raise MeetingRefused("day", gettext("This day is more than two years away. Look at the year."))
    if not was_held and committee.state == CommitteeState.DISSOLVED:
        raise MeetingRefused("day", gettext("This committee is dissolved: it meets no more."))


def within_its_life(day: datetime.date, committee: Committee) -> None:
    """Raises MeetingRefused for a day before the committee was set up or after it was dissolved."""
    if committee.established_on is None:
        raise MeetingRefused(
            "day", gettext("This committee is not set up yet. Record first when it was set up.")
        )
    if day < committee.established_on:
        raise MeetingRefused(
            "day",
            gettext("The committee was set up on %(day)s: it cannot have met before.")
            % {"day": date_format(committee.established_on)},
        )
    if committee.dissolved_on and day > committee.dissolved_on:
        raise MeetingRefused(
            "day",
            gettext("The committee was dissolved on %(day)s: it cannot have met after that.")
            % {"day": date_format(committee.dissolved_on)},
        )


def _alone_that_day(meeting: Meeting) -> None:
    """Most often a second one is the same meeting, typed in twice."""
    others = Meeting.objects.filter(committee=meeting.committee_id, day=meeting.day)
    other = others.exclude(pk=meeting.pk).exclude(state=MeetingState.CANCELLED).first()
    if other:
        raise SecondMeetingThatDay(
            gettext(
                "The committee has a meeting on this day already (%(code)s). "
                "If this is another one, say so below."
            )
            % {"code": other.code},
        )


def when_words(meeting: Meeting) -> str:
    """ "on 2 June 2026, 09:00": day and time, never the place."""
    day = date_format(meeting.day)
    if meeting.starts_at is None:
        return gettext("on %(day)s") % {"day": day}
    return gettext("on %(day)s, %(time)s") % {"day": day, "time": time_format(meeting.starts_at)}


def _tell(meeting: Meeting, text: str, *, by: User) -> int:
    """A notice to who works for the committee, once a state of the meeting. It never names the place."""
    return notify(
        [user for user in workers_of(meeting.committee) if user.pk != by.pk],
        kind=NoticeKind.MEETING,
        text=text % {"committee": meeting.committee.name, "when": when_words(meeting)},
        subject=meeting.code,
        address=meeting.get_absolute_url(),
        key=f"meeting:{meeting.code}:{meeting.sequence}",
    )
