"""Tile maps: a square for each locality of a country, placed roughly as on the map (data/tiles).

No borders are drawn, so none is taken a stand on, and a small council is as large as a wide district."""

from collections.abc import Iterable
from functools import cache
from math import ceil, sqrt
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data" / "tiles"
NOBODY = "."

Place = tuple[int, int]  # column and row, from the top at the start


@cache
def drawn_maps(country: str) -> tuple[dict[str, Place], ...]:
    """The maps of a country, one a level: code → place. None where nobody drew one."""
    file = DATA / f"{country}.yaml"
    if not file.exists():
        return ()
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(_read(drawing, country) for drawing in content["maps"])


def _read(drawing: str, country: str) -> dict[str, Place]:
    return {
        f"{country}-{name}": (column, row)
        for row, line in enumerate(drawing.splitlines())
        for column, name in enumerate(line.split())
        if name != NOBODY
    }


def places_of(country: str, codes: Iterable[str]) -> dict[str, Place]:
    """A place for each of `codes`: on the map where it was drawn, the others in rows below it in their
    order."""
    codes = list(codes)
    best = max(drawn_maps(country), key=lambda places: len(places.keys() & set(codes)), default={})
    found = {code: best[code] for code in codes if code in best}
    if not found:
        return _in_rows(codes, columns=max(1, ceil(sqrt(len(codes) * 1.5))), first=0)
    columns = max(column for column, _row in found.values()) + 1
    below = max(row for _column, row in found.values()) + 1
    return found | _in_rows([code for code in codes if code not in found], columns=columns, first=below)


def is_drawn(country: str, codes: Iterable[str]) -> bool:
    """Whether the places say where the localities lie: at least one of them was drawn."""
    return any(places.keys() & set(codes) for places in drawn_maps(country))


def _in_rows(codes: list[str], *, columns: int, first: int) -> dict[str, Place]:
    return {code: (index % columns, first + index // columns) for index, code in enumerate(codes)}
