"""Who sits on a committee: sides, roles, and the balance that a board must keep.

BR5 (International Alert, 2020): half government, half women's organisations and civil society,
counting voting seats only; with an odd number the difference may be one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import models
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
    side: str
    voting: bool


@dataclass(frozen=True)
class Composition:
    """Voting seats by side."""

    government: int
    civil_society: int
    other: int = 0

    @classmethod
    def from_seats(cls, seats: Iterable[HasSide]) -> "Composition":
        sides = [seat.side for seat in seats if seat.voting]
        return cls(
            government=sides.count(Side.GOVERNMENT),
            civil_society=sides.count(Side.CIVIL_SOCIETY),
            other=sides.count(Side.OTHER),
        )

    @property
    def voting(self) -> int:
        return self.government + self.civil_society + self.other

    @property
    def difference(self) -> int:
        return abs(self.government - self.civil_society)

    @property
    def is_balanced(self) -> bool:
        """Equal sides; a difference of one only where the two sides together are odd."""
        both = self.government + self.civil_society
        return both > 0 and self.difference <= both % 2
