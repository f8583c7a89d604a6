"""The minutes of a meeting as they are read: the same for the page and the paper."""

from dataclasses import dataclass, field
from typing import Self

from django.utils.safestring import SafeString

from committees.composition import Side
from committees.models import AgendaItem, Attendance, Decision, Meeting, MinutesComment
from committees.quorum import Quorum
from committees.reports.votes import Ballot
from committees.votes import quorum_of
from core.prose import to_html


@dataclass(frozen=True)
class Written:
    """One decision with its votes."""

    decision: Decision
    ballot: Ballot | None


@dataclass(frozen=True)
class Point:
    """One point of the agenda: what was said, what was decided, what is commented on."""

    number: int
    item: AgendaItem
    notes: SafeString
    decisions: list[Written] = field(default_factory=list)
    comments: list[MinutesComment] = field(default_factory=list)


@dataclass(frozen=True)
class Minutes:
    """Nobody is named: seats stand for positions and institutions."""

    meeting: Meeting
    general: SafeString
    points: list[Point]
    decisions: list[Written]  # of no point of the agenda
    comments: list[MinutesComment]  # on the whole
    attendance: list[Attendance]
    quorum: Quorum

    @classmethod
    def from_meeting(cls, meeting: Meeting, *, top_heading: int = 3, comments: bool = False) -> Self:
        """Five queries, with comments six, whatever the length."""
        written = _decisions(meeting)
        said = list(meeting.minutes_comments.select_related("by", "item")) if comments else []
        seats = meeting.attendance.select_related("seat__position__organization", "seat__organization")
        sides = list(Side)
        attendance = sorted(seats, key=lambda row: (sides.index(Side(row.seat.side)), row.pk))
        points = [
            Point(
                number=number,
                item=item,
                notes=to_html(item.notes, top_heading=top_heading + 1),
                decisions=[each for each in written if each.decision.item_id == item.pk],
                comments=[each for each in said if each.item_id == item.pk],
            )
            for number, item in enumerate(meeting.agenda.all(), start=1)
        ]
        return cls(
            meeting=meeting,
            general=to_html(meeting.minutes, top_heading=top_heading),
            points=points,
            decisions=[each for each in written if each.decision.item_id is None],
            comments=[each for each in said if each.item_id is None],
            attendance=attendance,
            quorum=quorum_of(meeting, attendance),
        )

    @property
    def all_comments(self) -> list[MinutesComment]:
        return [*self.comments, *(each for point in self.points for each in point.comments)]

    @property
    def open_comments(self) -> int:
        return sum(comment.state == "open" for comment in self.all_comments)


def _decisions(meeting: Meeting) -> list[Written]:
    rows = (
        meeting.decisions.select_related("owner__organization", "item")
        .prefetch_related("votes__seat__position__organization", "votes__seat__organization")
        .order_by("number")
    )
    found = []
    for decision in rows:
        decision.meeting = meeting
        found.append(Written(decision, Ballot.from_decision(decision, by_seat=True)))
    return found
