"""Blank minutes to fill in by hand, in the order in which they are typed in later."""

import datetime
from dataclasses import dataclass
from typing import Self

from committees.composition import SeatRole
from committees.models import AgendaItem, Meeting, Seat
from committees.papers.heads import Head
from committees.papers.minutes import Signature, seats_of, signatures_of

EMPTY_SEATS = 10  # lines for a committee whose seats nobody wrote down
EMPTY_POINTS = 5
EMPTY_DECISIONS = 7
LINES_A_POINT = 6


@dataclass(frozen=True)
class BlankPaper:
    """Each table as the form of the same name asks for it."""

    head: Head
    seats: list[Seat]
    empty_seats: range
    items: list[AgendaItem]
    empty_points: range
    lines: range
    decisions: range
    signatures: list[Signature]

    @classmethod
    def from_meeting(cls, meeting: Meeting, *, language: str, as_of: datetime.date) -> Self:
        seats, items = seats_of(meeting), list(meeting.agenda.all())
        return cls(
            head=Head.from_meeting(meeting, language=language, as_of=as_of),
            seats=seats,
            empty_seats=range(0 if seats else EMPTY_SEATS),
            items=items,
            empty_points=range(len(items) + 1, max(EMPTY_POINTS, len(items) + 1) + 1),
            lines=range(LINES_A_POINT),
            decisions=range(1, EMPTY_DECISIONS + 1),
            signatures=signatures_of(seats),
        )

    @property
    def voting(self) -> int:
        return sum(seat.voting and seat.role != SeatRole.OBSERVER for seat in self.seats)
