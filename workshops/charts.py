"""Charts as values: lengths worked out here, drawn by templates/components/chart_*.html on page and paper.

A bar is drawn in a box of 100 × 10. Each row carries its label and number as text beside the bar, so
that the table is its own text alternative and nothing depends on colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100


@dataclass(frozen=True)
class Bar:
    """One row of a chart: `length` of 100, with `part` of it filled dark; `shown` is the number in words."""

    label: str
    shown: str
    length: float
    part: float = 0
    rank: int = 0
    mark: float | None = None  # where the target stands, of 100


def scaled(value: float, most: float) -> float:
    """`value` as a length, when `most` fills the box. Nothing is drawn longer than the box."""
    return round(min(max(value, 0) * WIDTH / most, WIDTH), 2) if most > 0 else 0


def share_bar(label: str, *, share: float, target: float, shown: str) -> Bar:
    """A share in percent against its target."""
    return Bar(label, shown, length=WIDTH, part=scaled(share, 100), mark=scaled(target, 100))


@dataclass(frozen=True)
class Stacked:
    """What `stacked` draws of one row: `part` of `total`, or only the total where the part is hidden."""

    label: str
    total: int
    part: int | None
    shown: str


def stacked(rows: Sequence[Stacked]) -> list[Bar]:
    """Rows beside each other on one scale, each with its part filled."""
    most = max((row.total for row in rows), default=0)
    return [Bar(row.label, row.shown, scaled(row.total, most), scaled(row.part or 0, most)) for row in rows]


def change(before: tuple[str, float, str], after: tuple[str, float, str], *, maximum: float) -> list[Bar]:
    """The same measure twice: label, value and the value in words; the first is drawn hollow."""
    return [
        Bar(before[0], before[2], scaled(before[1], maximum)),
        Bar(after[0], after[2], scaled(after[1], maximum), scaled(after[1], maximum)),
    ]
