"""The votes on a decision as a page or a paper shows them: seat by seat, or as totals."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext

from committees.models import DecidedHow, Decision
from committees.votes import Totals


@dataclass(frozen=True)
class CastVote:
    """One seat's."""

    seat: str
    side: str
    choice: str


@dataclass(frozen=True)
class Ballot:
    """Of one decision. `votes` is empty where only totals are known, or where they are not to be shown."""

    totals: Totals
    votes: list[CastVote]
    is_secret: bool

    @classmethod
    def from_decision(cls, decision: Decision, *, by_seat: bool) -> Self | None:
        """None where nobody voted. One query at most."""
        if not decision.has_votes:
            return None
        votes = []
        if by_seat and decision.how == DecidedHow.BY_SEAT:
            votes = [
                CastVote(str(vote.seat), str(vote.seat.get_side_display()), str(vote.get_choice_display()))
                for vote in decision.votes.all()
            ]
        totals = Totals(decision.votes_for or 0, decision.votes_against or 0, decision.votes_abstained or 0)
        return cls(totals, votes, is_secret=decision.how == DecidedHow.SECRET)

    @property
    def sentence(self) -> str:
        """What the numbers mean, in words."""
        counted = gettext("%(for)s for, %(against)s against, %(abstained)s abstained") % {
            "for": self.totals.votes_for,
            "against": self.totals.votes_against,
            "abstained": self.totals.votes_abstained,
        }
        if self.totals.is_tie:
            return gettext("%(counted)s: as many against as for, so it is not adopted") % {"counted": counted}
        return counted
