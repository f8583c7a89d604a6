"""Levels of a country's tree, 1 at the top: what each is called, and which localities stand for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from localities.models import Country, Locality


@dataclass(frozen=True)
class Unit:
    """A locality that is counted at a level; `region` is that of the first level in which it lies."""

    code: str
    name: str
    kind: str
    path: str
    region: str
    region_code: str


def units_at(country: Country, level: int) -> list[Unit]:
    """The localities of `country` at `level`, in tree order. One query."""
    return units_of(Locality.objects.filter(country=country, depth__lte=max(level, 1)), level)


def units_of(rows: Iterable[Locality], level: int) -> list[Unit]:
    """Those of `level` among `rows` in tree order, which hold all that stands above them.

    Where the tree ends higher up the last one stands for itself (a capital beside provinces with
    districts), so that no part of the country is left out."""
    top: dict[str, Locality] = {}
    found = []
    for row in rows:
        root = top.setdefault(row.path[: Locality.steplen], row)
        if row.depth == level or (row.depth < level and not row.numchild):
            region, code = ("", "") if row.depth == 1 else (str(root), root.code)
            found.append(Unit(row.code, str(row), row.kind, row.path, region, code))
    return found


def usual_level(country: Country) -> int:
    """The deepest level at which every locality of the first has one: where the records are whole (Sierra
    Leone: the councils; the DRC, of which only some territories are known: the provinces)."""
    rows = Locality.objects.filter(country=country).values_list("path", "depth")
    deepest: dict[str, int] = {}
    for path, depth in rows:
        root = path[: Locality.steplen]
        deepest[root] = max(depth, deepest.get(root, 1))
    return min(deepest.values(), default=1)


def level_name(country: Country, level: int) -> str:
    """What the level is called in the country; its number where the record does not say."""
    names = country.level_names
    return names[level - 1] if 0 < level <= len(names) else _("Level %(number)s") % {"number": level}


def level_choices(country: Country) -> list[tuple[int, str]]:
    """The levels of which the portal knows a locality, from the top."""
    deepest = Locality.objects.filter(country=country).order_by("-depth").values_list("depth", flat=True)[:1]
    return [(level, level_name(country, level)) for level in range(1, max([1, *deepest]) + 1)]
