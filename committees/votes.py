"""How a vote comes out.

Of the votes given for and against, more than half carry a decision; whoever abstains is not counted, and
with as many against as for nothing is adopted: what half of a committee does not want it does not decide.
Without a quorum nothing is decided either: a decision of a few would bind offices that were not heard.
Such a point can only be put off."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from committees.models import Attendance, DecisionResult, Meeting, VoteChoice
from committees.quorum import Quorum, needed_of


@dataclass(frozen=True)
class Totals:
    """Votes by choice."""

    votes_for: int = 0
    votes_against: int = 0
    votes_abstained: int = 0

    @classmethod
    def of(cls, choices: Iterable[str]) -> Self:
        cast = list(choices)
        return cls(
            cast.count(VoteChoice.FOR), cast.count(VoteChoice.AGAINST), cast.count(VoteChoice.ABSTAINED)
        )

    @property
    def cast(self) -> int:
        return self.votes_for + self.votes_against + self.votes_abstained

    @property
    def is_tie(self) -> bool:
        return self.votes_for == self.votes_against

    @property
    def result(self) -> DecisionResult:
        return DecisionResult.ADOPTED if self.votes_for > self.votes_against else DecisionResult.REJECTED


def quorum_of(meeting: Meeting, attendance: Iterable[Attendance]) -> Quorum:
    """As written down on the day; until then by the committee's own rule."""
    rows = list(attendance)
    seats = meeting.voting_seats
    if seats is None:
        seats = sum(row.voting for row in rows)
    needed = meeting.quorum or needed_of(seats, meeting.committee.quorum)
    return Quorum.from_attendance(rows, voting_seats=seats, needed=needed)
