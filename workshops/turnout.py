"""Turnout: the share of local authorities among those who came, against the target.

BR1 (GNWP, 2018): a Localization workshop convenes about 60 % local authorities. It warns and
never blocks. Head-counts count like named registrations.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Self

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DEFAULT_TARGET = 60


@dataclass(frozen=True)
class Turnout:
    """`authorities` of `total` people; `target` in percent (1 to 100)."""

    authorities: int
    total: int
    target: int = DEFAULT_TARGET

    @property
    def others(self) -> int:
        return self.total - self.authorities

    @property
    def share(self) -> int | None:
        """Local authorities in percent of all, rounded down so that 59.6 % is not shown as met."""
        return self.authorities * 100 // self.total if self.total else None

    @property
    def is_met(self) -> bool:
        return bool(self.total) and self.authorities * 100 >= self.target * self.total

    @cached_property
    def missing(self) -> int | None:
        """How many more local authorities, and nobody else, would reach the target.

        None when no number would (a target of 100 % with others present)."""
        if self.is_met:
            return 0
        if not self.total:
            return 1
        if self.target >= 100:
            return None if self.others else 0
        return ceil((self.target * self.total - 100 * self.authorities) / (100 - self.target))

    @property
    def sentence(self) -> str:
        """What the numbers mean, in words."""
        if not self.total:
            return _("Nobody is registered yet. The target is %(target)s%% local authorities.") % {
                "target": self.target
            }
        counted = ngettext(
            "%(authorities)s of %(total)s is a local authority",
            "%(authorities)s of %(total)s are local authorities",
            self.authorities,
        ) % {"authorities": self.authorities, "total": self.total}
        if self.is_met:
            return _("%(counted)s; the target of %(target)s%% is reached.") % {
                "counted": counted,
                "target": self.target,
            }
        if self.missing is None:
            return _("%(counted)s; the target of %(target)s%% cannot be reached any more.") % {
                "counted": counted,
                "target": self.target,
            }
        more = ngettext(
            "%(missing)s more would bring it to %(target)s%%.",
            "%(missing)s more would bring it to %(target)s%%.",
            self.missing,
        ) % {"missing": self.missing, "target": self.target}
        return _("%(counted)s; %(more)s") % {"counted": counted, "more": more}


@dataclass(frozen=True)
class Group:
    """So many people who are alike in all that is counted of them."""

    number: int
    is_authority: bool
    category: str
    sex: str
    age_band: str
    place: int | None = None  # where they come from; None: not stated


@dataclass(frozen=True)
class Composition:
    """The people of one stage, counted in every way. Whatever is not stated is counted as that, so that
    categories, sexes, ages and places all add up to the same total."""

    authorities: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    sexes: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    places: Counter[int | None] = field(default_factory=Counter)

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Self:
        counted = cls()
        for group in groups:
            if group.number:
                of_its_kind = counted.authorities if group.is_authority else counted.others
                of_its_kind[group.category] += group.number
                counted.sexes[group.sex] += group.number
                counted.ages[group.age_band] += group.number
                counted.places[group.place] += group.number
        return counted

    def __add__(self, more: "Composition") -> "Composition":
        """Both together, for people who stand in one of the two only."""
        return Composition(
            self.authorities + more.authorities,
            self.others + more.others,
            self.sexes + more.sexes,
            self.ages + more.ages,
            self.places + more.places,
        )

    @property
    def total(self) -> int:
        return self.authorities.total() + self.others.total()

    def turnout(self, target: int = DEFAULT_TARGET) -> Turnout:
        return Turnout(self.authorities.total(), self.total, target)
