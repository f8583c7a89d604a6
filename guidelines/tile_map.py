"""The map of a roll-out: a square for each locality, with a letter, a pattern and a tone for how it was
reached.

The list beside it says the same in words: the map is never all there is. Page and paper take the same."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guidelines.reach import LocalityReach, Reach, ReachKind
from localities.models import Country
from localities.tiles import is_drawn, places_of

WIDTH, HEIGHT, GAP = 60, 48, 4  # of a tile, in units of the drawing

# What stands in the corner of a tile: the legend explains it.
LETTERS = {
    ReachKind.PLAN: "P",
    ReachKind.WORKSHOP: "W",
    ReachKind.GUIDELINES: "G",
    ReachKind.DISTRIBUTION: "C",
    ReachKind.NONE: "–",
}


@dataclass(frozen=True)
class Tile:
    """One locality on the map. `x` and `y` are the start and top of its square."""

    code: str
    short: str
    title: str
    kind: str
    letter: str
    x: int
    y: int


@dataclass(frozen=True)
class LegendEntry:
    kind: str
    letter: str
    label: str
    count: int


@dataclass(frozen=True)
class TileMap:
    """`is_drawn`: the squares lie as on a map; else they stand in the order of the names."""

    tiles: tuple[Tile, ...]
    legend: tuple[LegendEntry, ...]
    width: int
    height: int
    is_drawn: bool
    summary: str

    @classmethod
    def of(cls, reach: Reach, country: Country) -> "TileMap":
        codes = [place.code for place in reach.localities]
        places = places_of(country.code, codes)
        shorts = short_names([place.name for place in reach.localities])
        tiles = tuple(
            _tile(place, short, *places[place.code])
            for place, short in zip(reach.localities, shorts, strict=True)
        )
        return cls(
            tiles=tiles,
            legend=tuple(
                LegendEntry(kind.value, LETTERS[kind], str(kind.label), count)
                for kind, count in reach.counts.items()
            ),
            width=max((tile.x for tile in tiles), default=0) + WIDTH,
            height=max((tile.y for tile in tiles), default=0) + HEIGHT,
            is_drawn=is_drawn(country.code, codes),
            summary=summary_of(reach),
        )


def _tile(place: LocalityReach, short: str, column: int, row: int) -> Tile:
    return Tile(
        code=place.code,
        short=short,
        title=f"{place.name}: {place.kind.label}",
        kind=place.kind.value,
        letter=LETTERS[place.kind],
        x=column * (WIDTH + GAP),
        y=row * (HEIGHT + GAP),
    )


def summary_of(reach: Reach) -> str:
    """The map in one sentence."""
    counted = ", ".join(f"{kind.label} {count}" for kind, count in reach.counts.items() if count)
    return _("%(reached)s of %(total)s localities are reached. %(counted)s.") % {
        "reached": reach.reached,
        "total": reach.total,
        "counted": counted,
    }


def short_names(names: list[str]) -> list[str]:
    """Four letters for each name, five where two would be alike: Bo City → BoC, Kisii → Kisi."""
    first = [_short(name, 4) for name in names]
    seen = Counter(first)
    return [short if seen[short] == 1 else _short(name, 5) for name, short in zip(names, first, strict=True)]


def _short(name: str, letters: int) -> str:
    words = [word for word in re.split(r"[\s\-–'’(),.]+", name) if word]
    if not words:
        return name[:letters]
    if len(words) == 1:
        return words[0][:letters]
    return words[0][: letters - 1] + words[1][0].upper()
