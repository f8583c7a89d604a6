"""The minutes as a paper: who was there by position, what was said, what was decided, and who signs."""

import datetime
from dataclasses import dataclass
from typing import Self

from committees.composition import SeatRole
from committees.models import Attendance, Meeting, Seat
from committees.papers.heads import Head
from committees.reports.minutes import Minutes

SIGNING = (SeatRole.CHAIR, SeatRole.SECRETARY)


@dataclass(frozen=True)
class SideOfTable:
    """The seats of one side, each with whether it was there."""

    label: str
    rows: list[Attendance]


@dataclass(frozen=True)
class Signature:
    """A line to sign on: the role, and the position that has it."""

    role: str
    seat: str


@dataclass(frozen=True)
class MinutesPaper:
    """Positions and institutions; nobody's name."""

    head: Head
    minutes: Minutes
    sides: list[SideOfTable]
    signatures: list[Signature]

    @classmethod
    def from_meeting(cls, meeting: Meeting, *, language: str, as_of: datetime.date) -> Self:
        minutes = Minutes.from_meeting(meeting, top_heading=3)
        sides: dict[str, list[Attendance]] = {}
        for row in minutes.attendance:
            sides.setdefault(str(row.seat.get_side_display()), []).append(row)
        return cls(
            head=Head.from_meeting(meeting, language=language, as_of=as_of),
            minutes=minutes,
            sides=[SideOfTable(label, rows) for label, rows in sides.items()],
            signatures=signatures_of([row.seat for row in minutes.attendance] or seats_of(meeting)),
        )


def seats_of(meeting: Meeting) -> list[Seat]:
    """Those that the committee has now, government first."""
    return list(meeting.committee.seats.current().for_list())


def signatures_of(seats: list[Seat]) -> list[Signature]:
    """Chair and secretary, with their positions where they are known."""
    found = []
    for role in SIGNING:
        seat = next((seat for seat in seats if seat.role == role), None)
        found.append(Signature(str(role.label), str(seat) if seat else ""))
    return found
