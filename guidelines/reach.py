"""How far Localization came in each locality of a country, and how much of the country that is.

F31: guidelines are for the places where no workshop was held. F32, BR24: a locality counts once, by the
furthest that came to it. A plan, a workshop or copies below a locality reach the locality.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from localities.coverage import percent
from localities.levels import Unit
from localities.models import Locality
from localities.search import search_text


class ReachKind(models.TextChoices):
    """The furthest first."""

    PLAN = "plan", _("Local plan adopted")
    WORKSHOP = "workshop", _("Localization workshop held")
    GUIDELINES = "guidelines", _("Workshop on the Guidelines")
    DISTRIBUTION = "distribution", _("Copies of the Guidelines")
    NONE = "none", _("Not reached yet")


BY_GUIDELINES = frozenset({ReachKind.GUIDELINES, ReachKind.DISTRIBUTION})


@dataclass(frozen=True)
class LocalityReach:
    """One locality: how it was reached furthest, and since when; `days` has the first day of each way."""

    code: str
    name: str
    level_name: str
    region: str
    region_code: str
    path: str
    kind: ReachKind
    since: datetime.date | None
    days: dict[ReachKind, datetime.date] = field(default_factory=dict)

    @classmethod
    def of(cls, unit: Unit, days: dict[ReachKind, datetime.date]) -> "LocalityReach":
        kind = next((kind for kind in ReachKind if kind in days), ReachKind.NONE)
        return cls(
            code=unit.code,
            name=unit.name,
            level_name=unit.kind,
            region=unit.region,
            region_code=unit.region_code,
            path=unit.path,
            kind=kind,
            since=days.get(kind),
            days=days,
        )

    @property
    def is_reached(self) -> bool:
        return self.kind != ReachKind.NONE

    @property
    def guidelines_since(self) -> datetime.date | None:
        """The first day on which guidelines came here, whatever else did."""
        return min((self.days[kind] for kind in BY_GUIDELINES if kind in self.days), default=None)

    @property
    def also(self) -> list[tuple[str, datetime.date]]:
        """The other ways in which it was reached, in words."""
        return [
            (str(kind.label), self.days[kind])
            for kind in ReachKind
            if kind in self.days and kind != self.kind
        ]


@dataclass(frozen=True)
class Reach:
    """The localities of one level of a country, by name, each once."""

    level: int
    level_name: str
    localities: tuple[LocalityReach, ...]

    @classmethod
    def of(
        cls,
        units: Iterable[Unit],
        work: Iterable[tuple[str, ReachKind, datetime.date]],
        *,
        level: int,
        level_name: str,
    ) -> "Reach":
        """From the localities, and from what happened: tree path, way, day."""
        units = sorted(units, key=lambda unit: search_text(unit.name))
        days: dict[str, dict[ReachKind, datetime.date]] = {unit.path: {} for unit in units}
        for path, kind, day in work:
            found = unit_path(path, days)
            if found is not None:
                days[found][kind] = min(day, days[found].get(kind, day))
        reached = tuple(LocalityReach.of(unit, days[unit.path]) for unit in units)
        return cls(level, level_name, reached)

    @property
    def total(self) -> int:
        return len(self.localities)

    @cached_property
    def counts(self) -> dict[ReachKind, int]:
        """How many localities for each way, in the order of `ReachKind`; together they are `total`."""
        found = dict.fromkeys(ReachKind, 0)
        for locality in self.localities:
            found[locality.kind] += 1
        return found

    @property
    def reached(self) -> int:
        return self.total - self.counts[ReachKind.NONE]

    @property
    def not_reached(self) -> list[LocalityReach]:
        return [locality for locality in self.localities if not locality.is_reached]

    @property
    def is_whole(self) -> bool:
        """Whether the whole country is reached: then the guidelines are rolled out (domain.md §5)."""
        return bool(self.total) and not self.counts[ReachKind.NONE]

    @property
    def percent(self) -> int:
        return percent(self.reached, self.total)

    @property
    def by_guidelines(self) -> int:
        """How many the guidelines came to, those with a Localization workshop among them."""
        return sum(1 for locality in self.localities if locality.guidelines_since)

    @property
    def guidelines_percent(self) -> int:
        return percent(self.by_guidelines, self.total)

    @cached_property
    def regions(self) -> list[tuple[str, str]]:
        """Code and name of the regions in which the localities lie, by name; none where they lie in none."""
        found = {place.region_code: place.region for place in self.localities if place.region_code}
        return sorted(found.items(), key=lambda region: search_text(region[1]))

    def by_kind(self) -> list[tuple[ReachKind, list[LocalityReach]]]:
        """The localities in groups, the furthest first, empty groups left out."""
        groups = ((kind, [place for place in self.localities if place.kind == kind]) for kind in ReachKind)
        return [(kind, group) for kind, group in groups if group]


def unit_path(path: str, units: Iterable[str]) -> str | None:
    """The path of the locality counted that `path` is, or lies below; None above them all. No counted
    locality lies in another."""
    for end in range(len(path), 0, -Locality.steplen):
        if path[:end] in units:
            return path[:end]
    return None
