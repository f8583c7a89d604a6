"""Who sits on a committee: sides, roles, and the balance that a board must keep.

BR5 (International Alert, 2020): half government, half women's organisations and civil society,
counting voting seats only; with an odd number the difference may be one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    CIVIL_SOCIETY = "civil_society", _("Women's organisations and civil society")
    OTHER = "other", _("Other")


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")


class HasSide(Protocol):
    @property
    def side(self) -> str: ...

    @property
    def voting(self) -> bool: ...


@dataclass(frozen=True)
class Composition:
    """Voting seats by side, as far as somebody sits on them."""

    government: int
    civil_society: int
    other: int = 0

    @classmethod
    def from_seats(cls, seats: Iterable[HasSide]) -> "Composition":
        # Whoever left counts no more; a seat for which nobody was written down is held by its office.
        sides = [seat.side for seat in seats if seat.voting and not getattr(seat, "is_vacant", False)]
        return cls(
            government=sides.count(Side.GOVERNMENT),
            civil_society=sides.count(Side.CIVIL_SOCIETY),
            other=sides.count(Side.OTHER),
        )

    @property
    def voting(self) -> int:
        return self.government + self.civil_society + self.other

    @property
    def government_share(self) -> int:
        """Of the two sides together, in percent; half is what a board keeps to."""
        both = self.government + self.civil_society
        return self.government * 100 // both if both else 0

    @property
    def difference(self) -> int:
        return abs(self.government - self.civil_society)

    @property
    def is_balanced(self) -> bool:
        """Equal sides; a difference of one only where the two sides together are odd."""
        both = self.government + self.civil_society
        return both > 0 and self.difference <= both % 2

    @property
    def missing(self) -> int:
        """How many more voting seats on the smaller side would balance the two."""
        return max(self.difference - 1, 0)

    @property
    def counted(self) -> str:
        """The voting seats by side: "5 government, 4 civil society"."""
        parts = [
            gettext("%(count)s government") % {"count": self.government},
            gettext("%(count)s civil society") % {"count": self.civil_society},
        ]
        if self.other:
            parts.append(gettext("%(count)s other") % {"count": self.other})
        return ", ".join(parts)

    @property
    def verdict(self) -> str:
        """What the numbers mean, in words. It warns; a committee may work while seats are filled."""
        if not self.government + self.civil_society:
            return gettext("no voting seat yet")
        if self.is_balanced:
            return gettext("balanced (odd number)") if self.difference else gettext("balanced")
        if self.government < self.civil_society:
            return ngettext(
                "not balanced: %(count)s more government seat would do",
                "not balanced: %(count)s more government seats would do",
                self.missing,
            ) % {"count": self.missing}
        return ngettext(
            "not balanced: %(count)s more civil society seat would do",
            "not balanced: %(count)s more civil society seats would do",
            self.missing,
        ) % {"count": self.missing}

    @property
    def sentence(self) -> str:
        """Both together: "5 government, 4 civil society: balanced (odd number)"."""
        return f"{self.counted}: {self.verdict}"
