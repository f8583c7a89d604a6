"""Who was at a meeting, seat by seat, and how many had to be there. From then on the meeting was held."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from committees.closing import refuse_if_closed
from committees.models import (
    THERE,
    Appointment,
    Attendance,
    DecidedHow,
    Decision,
    DecisionResult,
    Meeting,
    MeetingState,
    MinutesState,
    Seat,
    Vote,
)
from committees.quorum import needed_of
from committees.services.meetings import held_row, within_its_life
from committees.services.refusals import MeetingRefused, SecondMeetingThatDay


def seats_asked(meeting: Meeting, day: datetime.date) -> list[Seat]:
    """The seats that the committee had on `day`, without the vacant ones: nobody could come for them.
    With those written down already, whatever was corrected of them since."""
    had = Q(since=None) | Q(since__lte=day)
    had &= Q(ended_on=None) | Q(ended_on__gt=day)
    written = Attendance.objects.filter(meeting=meeting, meeting__day=day).values("seat")
    seats = Seat.objects.filter(committee=meeting.committee_id).filter(had | Q(pk__in=written))
    marked = set(written.values_list("seat", flat=True))
    asked: Any = seats.with_vacancy(day).for_list()
    return [seat for seat in asked if not seat.is_vacant or seat.pk in marked]


@transaction.atomic
def hold_meeting(
    meeting: Meeting,
    *,
    day: datetime.date,
    presences: Mapping[Seat, str],
    quorum: int | None,
    guests: str,
    today: datetime.date,
    is_another: bool = False,
    by: User,
) -> Meeting:
    """The meeting was held on `day`, and these seats were there. May be corrected until the minutes are
    approved. Raises MeetingClosed or MeetingRefused."""
    row = held_row(meeting)
    refuse_if_closed(row)
    _may_have_been_held(row, day, today=today, is_another=is_another)
    if not seats_asked(row, day):
        raise MeetingRefused("day", gettext("The committee had no seat on this day. Look at the day again."))
    _voters_were_there(row, presences)
    voting = sum(seat.voting for seat in presences)
    needed = _quorum_within(voting, quorum, row)
    _could_decide(row, presences, needed=needed)
    _write_down(row, presences, day)
    if (row.day, row.state) != (day, MeetingState.HELD):
        row.sequence += 1
    was, row.state, row.day = row.state, MeetingState.HELD, day
    row.voting_seats, row.quorum, row.guests, row.updated_by = voting, needed, guests, by
    row.save(
        update_fields=[
            "state", "day", "sequence", "voting_seats", "quorum", "guests", "updated_by", "updated_at",
        ]
    )  # fmt: skip
    verb = "corrected attendance" if was == MeetingState.HELD else "held meeting"
    record(by, verb, row.committee, meeting=row.code, day=day.isoformat(), seats=len(presences))
    return row


@transaction.atomic
def unhold_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """It was not held after all: what was written down of who was there is taken away. Raises
    MeetingClosed or MeetingRefused."""
    row = held_row(meeting)
    refuse_if_closed(row)
    if row.state != MeetingState.HELD:
        raise MeetingRefused(None, gettext("It is not written down that this meeting was held."))
    if row.minutes_state != MinutesState.NONE or row.decisions.exists():
        raise MeetingRefused(None, gettext("It has minutes or decisions. Remove them first."))
    row.attendance.all().delete()
    row.state, row.voting_seats, row.quorum, row.updated_by = MeetingState.PLANNED, None, None, by
    row.sequence += 1
    row.save(update_fields=["state", "voting_seats", "quorum", "sequence", "updated_by", "updated_at"])
    record(by, "took back held meeting", row.committee, meeting=row.code)
    return row


def _may_have_been_held(row: Meeting, day: datetime.date, *, today: datetime.date, is_another: bool) -> None:
    if row.state == MeetingState.CANCELLED:
        raise MeetingRefused(
            None, gettext("This meeting was cancelled. Enter the one that was held as a new one.")
        )
    if day > today:
        raise MeetingRefused("day", gettext("This day has not come yet: the meeting cannot have been held."))
    within_its_life(day, row.committee)
    others = Meeting.objects.held().filter(committee=row.committee_id, day=day).exclude(pk=row.pk)
    if not is_another and (other := others.first()):
        raise SecondMeetingThatDay(
            gettext(
                "The committee held a meeting on this day already (%(code)s). "
                "If this is another one, say so below."
            )
            % {"code": other.code},
        )


def _voters_were_there(row: Meeting, presences: Mapping[Seat, str]) -> None:
    """A seat that voted at the meeting was there (domain.md §6)."""
    voted = set(Vote.objects.filter(decision__meeting=row).values_list("seat", flat=True))
    there = {seat.pk for seat, presence in presences.items() if presence in THERE}
    for seat in presences:
        if seat.pk in voted - there:
            raise MeetingRefused(
                f"seat_{seat.code}",
                gettext("%(seat)s voted at this meeting. Take the vote out of the decision first.")
                % {"seat": seat},
            )
    if voted - {seat.pk for seat in presences}:
        raise MeetingRefused(
            "day",
            gettext("On %(day)s a seat that voted at this meeting did not exist or was vacant.")
            % {"day": date_format(row.day)},
        )


def _could_decide(row: Meeting, presences: Mapping[Seat, str], *, needed: int) -> None:
    """A correction must not leave a decision of fewer seats than had to be there (committees.votes), nor
    more secret votes than voting seats that were there."""
    decided = row.decisions.exclude(result=DecisionResult.DEFERRED)
    there = sum(seat.voting and presence in THERE for seat, presence in presences.items())
    cast = max((_cast(decision) for decision in decided.filter(how=DecidedHow.SECRET)), default=0)
    if decided.exists() and there < max(needed, cast, 1):
        raise MeetingRefused(
            "quorum",
            gettext(
                "The meeting decided something, and so few voting seats (%(there)s) could not have. Take the "
                "decision out first, or put it off."
            )
            % {"there": there},
        )


def _cast(decision: Decision) -> int:
    return sum([decision.votes_for or 0, decision.votes_against or 0, decision.votes_abstained or 0])


def _quorum_within(voting: int, quorum: int | None, row: Meeting) -> int:
    needed = quorum or needed_of(voting, row.committee.quorum)
    if needed > voting:
        raise MeetingRefused(
            "quorum",
            gettext(
                "The committee had %(seats)s voting seats on this day, vacant ones left out: "
                "the quorum cannot be %(quorum)s."
            )
            % {"seats": voting, "quorum": needed},
        )
    return needed


def _write_down(row: Meeting, presences: Mapping[Seat, str], day: datetime.date) -> None:
    """One line a seat, with who sat on it that day."""
    seats = [seat.pk for seat in presences]
    sat = dict(Appointment.objects.on(day).filter(seat__in=seats).values_list("seat", "pk"))
    row.attendance.exclude(seat__in=seats).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=row,
                seat=seat,
                presence=presence,
                voting=seat.voting,
                appointment_id=sat.get(seat.pk),
            )
            for seat, presence in presences.items()
        ],
        update_conflicts=True,
        unique_fields=["meeting", "seat"],
        update_fields=["presence", "voting", "appointment"],
    )
