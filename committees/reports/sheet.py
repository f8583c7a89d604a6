"""All that the page of a committee shows, in few queries however long its history."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from accounts.models import User
from committees.models import Appointment, Committee, Decision, Seat
from committees.quorum import needed_of
from committees.reports.makeup import Makeup
from committees.reports.seats import SeatLine
from committees.reports.standing import Standing
from committees.reports.trend import Trend
from committees.rules import can_read_exact_numbers_of


@dataclass(frozen=True)
class Roll:
    """The seats of a committee with who sat on them, and what follows for its composition."""

    seats: list[Seat]  # those that it has now
    lines: list[SeatLine]
    earlier: list[SeatLine]
    makeup: Makeup
    trend: Trend

    @classmethod
    def from_committee(cls, committee: Committee, *, user: User, today: datetime.date) -> Self:
        """Two queries."""
        is_exact = can_read_exact_numbers_of(user, committee)
        every = list(committee.seats.for_list().with_vacancy(today))
        appointments = list(Appointment.objects.filter(seat__committee=committee))
        current = [seat for seat in every if seat.is_current]
        lines = SeatLine.from_seats(every, appointments, today=today)
        country = committee.locality.country
        return cls(
            seats=current,
            lines=[line for line in lines if line.seat.is_current],
            earlier=[line for line in lines if not line.seat.is_current],
            makeup=Makeup.from_seats(current, appointments, country=country, is_exact=is_exact, today=today),
            trend=Trend.from_seats(
                committee,
                every,
                appointments,
                threshold=None if is_exact else country.small_cell_threshold,
                today=today,
            ),
        )

    @property
    def voting(self) -> int:
        """Voting seats, vacant ones too: the quorum counts them."""
        return sum(seat.voting for seat in self.seats)


@dataclass(frozen=True)
class CommitteeSheet:
    roll: Roll
    standing: Standing
    next_meeting: Any  # the next one that is planned
    due_on: datetime.date | None
    is_overdue: bool
    open_decisions: int
    quorum: int

    @classmethod
    def from_committee(cls, committee: Committee, *, user: User, today: datetime.date) -> Self:
        """Four queries, after `with_last_meeting()`."""
        roll = Roll.from_committee(committee, user=user, today=today)
        planned = committee.meetings.planned().filter(day__gte=today)
        return cls(
            roll=roll,
            standing=Standing.from_committee(committee, today),
            next_meeting=planned.order_by("day", "starts_at", "pk").first() if committee.is_working else None,
            due_on=committee.meeting_due_on(),
            is_overdue=committee.is_meeting_overdue(today),
            open_decisions=open_decisions(committee),
            quorum=needed_of(roll.voting, committee.quorum),
        )


def open_decisions(committee: Committee) -> int:
    """Adopted, with an owner, and not carried out yet. One query."""
    return Decision.objects.still_open().filter(meeting__committee=committee).count()
