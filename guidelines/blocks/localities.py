"""How far Localization came in the localities of a country, each counted once (BR24, F32).

The unit is the level at which local authorities of the country plan (`Guidelines.level`): councils in
Sierra Leone, provinces in the DRC. What happened anywhere in or below a unit reaches it.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from guidelines.reach import BY_GUIDELINES, LocalityReach
from guidelines.reports.country_reach import reach_of
from localities.coverage import percent
from localities.models import Country


class HowFar(models.TextChoices):
    """The furthest first; the furthest counts, and a locality counts once (F32)."""

    PLAN = "plan", _("Local plan adopted")
    WORKSHOP = "workshop", _("Localization workshop held")
    GUIDELINES = "guidelines", _("Guidelines rolled out")
    NONE = "none", _("Not reached yet")


@dataclass(frozen=True)
class CountedLocality:
    name: str
    kind: str
    how_far: HowFar
    since: datetime.date | None


@dataclass(frozen=True)
class Coverage:
    """The localities of one level of a country, by name, each with how far it is reached."""

    level_name: str
    localities: tuple[CountedLocality, ...]

    @classmethod
    def from_country(cls, country: Country, *, level: int, today: datetime.date) -> Self:
        """Four questions, whatever the number of localities: those of guidelines.reports.country_reach, so
        that paper and map say the same."""
        reach = reach_of(country, level=level, today=today)
        return cls(reach.level_name, tuple(_counted(place) for place in reach.localities))

    @property
    def total(self) -> int:
        return len(self.localities)

    @property
    def reached(self) -> int:
        return self.total - self.counts[HowFar.NONE]

    @property
    def percent(self) -> int:
        return percent(self.reached, self.total)

    @cached_property
    def counts(self) -> Counter[HowFar]:
        return Counter(locality.how_far for locality in self.localities)

    def groups(self) -> list[tuple[HowFar, list[CountedLocality]]]:
        """The furthest first; groups without any are left out."""
        groups = ((each, [place for place in self.localities if place.how_far == each]) for each in HowFar)
        return [(each, group) for each, group in groups if group]


def _counted(place: LocalityReach) -> CountedLocality:
    """Paper tells no difference between a workshop on the Guidelines and copies of them."""
    if place.kind in BY_GUIDELINES:
        how_far, since = HowFar.GUIDELINES, place.guidelines_since
    else:
        how_far, since = HowFar(place.kind), place.since
    return CountedLocality(place.name, place.level_name, how_far, since)
