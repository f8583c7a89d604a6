"""Who was at a meeting, and whether it could decide: voting seats that were there against the quorum."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from committees.composition import Side
from committees.models import THERE, Attendance
from core.joints import labelled


def needed_of(voting_seats: int, rule: int | None = None) -> int:
    """How many voting seats have to be there: what the committee's rule says, else more than half."""
    if not voting_seats:
        return 0
    return rule or voting_seats // 2 + 1


@dataclass(frozen=True)
class SideCount:
    """How many seats of one side were there."""

    label: str
    there: int
    seats: int


@dataclass(frozen=True)
class Quorum:
    """Counted of one meeting. Whoever stands in for a seat counts."""

    voting_seats: int
    needed: int
    voting_there: int
    there: int
    seats: int
    sides: list[SideCount] = field(default_factory=list)

    @classmethod
    def from_attendance(
        cls, rows: Iterable[Attendance], *, voting_seats: int | None = None, needed: int | None = None
    ) -> "Quorum":
        """`voting_seats` and `needed` as written down on the day; without them counted from the rows."""
        rows = list(rows)
        votes = [row for row in rows if row.voting]
        counted = len(votes) if voting_seats is None else voting_seats
        return cls(
            voting_seats=counted,
            needed=needed_of(counted) if needed is None else needed,
            voting_there=sum(row.presence in THERE for row in votes),
            there=sum(row.presence in THERE for row in rows),
            seats=len(rows),
            sides=[
                SideCount(str(side.label), sum(row.presence in THERE for row in of_side), len(of_side))
                for side in Side
                if (of_side := [row for row in rows if row.seat.side == side])
            ],
        )

    @property
    def is_reached(self) -> bool:
        return self.voting_seats > 0 and self.voting_there >= self.needed

    @property
    def missing(self) -> int:
        return max(self.needed - self.voting_there, 0)

    @property
    def share(self) -> int:
        """Of all seats that were asked, in percent."""
        return self.there * 100 // self.seats if self.seats else 0

    @property
    def sentence(self) -> str:
        """ "6 of 11 voting seats, 6 needed: quorum reached"."""
        return labelled(self.counted, self.verdict)

    @property
    def counted(self) -> str:
        return ngettext(
            "%(there)s of %(seats)s voting seat, %(needed)s needed",
            "%(there)s of %(seats)s voting seats, %(needed)s needed",
            self.voting_seats,
        ) % {"there": self.voting_there, "seats": self.voting_seats, "needed": self.needed}

    @property
    def verdict(self) -> str:
        if self.is_reached:
            return gettext("quorum reached")
        return ngettext(
            "no quorum, %(count)s voting seat was missing",
            "no quorum, %(count)s voting seats were missing",
            self.missing,
        ) % {"count": self.missing}
