"""For which side of a committee somebody speaks, and what of the other side's marks is shown.

Fairness: a side marks an office without knowing the other's marks, and no office marks itself (F38)."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Capability
from committees.composition import Side
from committees.models import Committee
from plans.models import Assessment, SideView

SIDES = (Side.GOVERNMENT, Side.CIVIL_SOCIETY)


@dataclass(frozen=True)
class Reader:
    """Somebody before the scorecards of one committee."""

    side: str = ""  # one of SIDES, from the seat that the account works for
    office_id: int | None = None  # the position of that seat
    keeps: bool = False

    @classmethod
    def from_user(cls, user: User, committee: Committee) -> "Reader":
        access = committee.access.filter(user=user).select_related("seat").first()
        keeps = user.scope.covers(Capability.KEEP_COMMITTEES, committee.locality)
        if access is None:
            return cls(keeps=keeps)
        seat = access.seat if access.seat and access.seat.is_current else None
        return cls(
            side=seat.side if seat and seat.side in SIDES else "",
            office_id=seat.position_id if seat else None,
            keeps=keeps or access.allows(Capability.KEEP_COMMITTEES),
        )

    def is_judged(self, assessment: Assessment) -> bool:
        """The account works for the very office that is assessed."""
        return self.office_id is not None and self.office_id == assessment.position_id

    def may_enter(self, assessment: Assessment, side: str, *, views: Mapping[str, SideView]) -> bool:
        """One's own side. Who keeps the papers writes down for either what it said, but neither changes
        marks that a side gave by itself nor opens the form of a side that is hidden from her."""
        if side not in SIDES or self.is_judged(assessment):
            return False
        if self.side == side:
            return True
        view = views.get(side)
        if view is None:
            return self.keeps
        return self.keeps and view.for_the_side and self.sees(assessment, side, entered=frozenset(views))

    def sees(self, assessment: Assessment, side: str, *, entered: frozenset[str]) -> bool:
        """Whether the marks of `side` are shown; `entered` are the sides that gave theirs."""
        if not assessment.is_open:
            return True
        if self.is_judged(assessment):
            return False
        if self.side:
            return self.side == side or self.side in entered
        return self.keeps or entered == frozenset(SIDES)
