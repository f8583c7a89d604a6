"""Champions of the places that a reader sees: by area as codes, by sex and state as numbers.

BR17: an area with few champions shows neither their codes nor their number, and neither is shown from
which it could be worked out. Names are on the list of those who accompany them.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef

from core.suppression import suppress
from localities.models import Locality
from people.models import Sex
from workshops.models import Champion, ChampionState
from workshops.reports.turnout import Cell


@dataclass(frozen=True)
class Area:
    """One place with its champions; both None or empty where they are too few."""

    locality: Locality
    count: int | None
    codes: list[str]


@dataclass(frozen=True)
class Championship:
    """All champions that a reader may know of, as numbers. One query."""

    total: int | None
    areas: list[Area]
    sexes: list[Cell]
    states: list[Cell]
    threshold: int

    @classmethod
    def seen_by(cls, user: Any) -> Self:
        """Who reads the names of all of them has nothing hidden."""
        named = Champion.objects.with_names_for(user).filter(pk=OuterRef("pk"))
        rows = list(Champion.objects.visible_to(user).for_list().annotate(is_named=Exists(named)))
        limits = [each.locality.country.small_cell_threshold for each in rows]
        sees_all = all(each.is_named for each in rows)
        return cls.of(rows, threshold=0 if sees_all else max(limits))

    @classmethod
    def of(cls, champions: Sequence[Champion], *, threshold: int) -> Self:
        if 0 < len(champions) < threshold:
            return cls(None, [], [], [], threshold)
        by_area: dict[Locality, list[Champion]] = defaultdict(list)
        for each in champions:
            by_area[each.locality].append(each)
        shown = suppress({area: len(rows) for area, rows in by_area.items()}, threshold=threshold)
        return cls(
            total=len(champions),
            areas=[
                Area(area, shown[area], sorted(e.person.code for e in rows) if shown[area] else [])
                for area, rows in sorted(by_area.items(), key=lambda item: str(item[0]))
            ],
            sexes=_cells(Counter(each.person.sex for each in champions), Sex.choices, threshold),
            states=_cells(Counter(each.state for each in champions), ChampionState.choices, threshold),
            threshold=threshold,
        )

    @property
    def hides_numbers(self) -> bool:
        numbers = [area.count for area in self.areas]
        numbers += [cell.count for cell in [*self.sexes, *self.states]]
        return self.total is None or None in numbers


def _cells(counts: Counter[str], choices: Sequence[tuple[str, object]], threshold: int) -> list[Cell]:
    shown = suppress(counts, threshold=threshold)
    return [Cell(str(label), shown[value]) for value, label in choices if value in shown]
