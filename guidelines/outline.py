"""Sections in the order in which they are read, with their numbers: 1, 1.1, 1.2, 2."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidelines.models import Section


@dataclass(frozen=True)
class Entry:
    """A section with its place in the document. `level` is 1 at the top."""

    section: Section
    number: str
    level: int


def outline_of(sections: Iterable[Section]) -> list[Entry]:
    """Every section once. One whose parents go round in a circle stands at the end, at the top level."""
    below: dict[int | None, list[Section]] = {}
    known = sorted(sections, key=lambda section: (section.order, section.pk))
    codes = {section.pk for section in known}
    for section in known:
        parent = section.parent_id if section.parent_id in codes else None
        below.setdefault(parent, []).append(section)
    entries = list(_under(None, below, "", 1))
    placed = {entry.section.pk for entry in entries}
    lost = [section for section in known if section.pk not in placed]
    start = len(below.get(None, [])) + 1
    return entries + [Entry(section, str(number), 1) for number, section in enumerate(lost, start=start)]


def _under(
    parent: int | None, below: dict[int | None, list[Section]], before: str, level: int
) -> Iterator[Entry]:
    for place, section in enumerate(below.get(parent, []), start=1):
        number = f"{before}{place}"
        yield Entry(section, number, level)
        yield from _under(section.pk, below, f"{number}.", level + 1)
