"""A block of data as a value: the same for the page, the PDF, the word processor and a frozen edition.

Words are in the document's language already; nothing in a value is looked up again when it is shown.
"""

import datetime
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Column:
    """`width` is a share of the table's; numbers stand at the end of the line."""

    label: str
    width: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class RowGroup:
    """Rows under a heading of their own across the table; "" for none. The first cell of a row names it.
    A cell may hold several lines, with a line break between them."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TableValue:
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    is_wide: bool = False  # wants a page across

    @property
    def body(self) -> list[tuple[str, list[list[tuple[Column, str]]]]]:
        """Title and rows of each group; a cell with its column, which it names where there is no room for
        headings."""
        return [
            (group.title, [list(zip(self.columns, row, strict=False)) for row in group.rows])
            for group in self.groups
        ]

    @property
    def shares(self) -> list[tuple[Column, int]]:
        """Each column with its share of the width in steps of five percent: styles have names for these."""
        total = sum(column.width for column in self.columns) or 1
        shares = [max(5, round(column.width * 20 / total) * 5) for column in self.columns]
        if shares:  # the widest takes what rounding left over: more than the whole would not fit the page
            widest = shares.index(max(shares))
            shares[widest] = max(5, shares[widest] + 100 - sum(shares))
        return list(zip(self.columns, shares, strict=True))


@dataclass(frozen=True)
class Bar:
    """One part of a whole or one of several counts. `text` says the number: a chart is never all there is."""

    label: str
    count: int
    text: str


# From dark to white: told apart in black and white, too; the words beside a chart say the rest.
FILLS = ("#43205f", "#8f6fae", "#cdbcdd", "#ffffff")
CHART_WIDTH = 600


@dataclass(frozen=True)
class DrawnBar:
    """Where a bar stands in a drawing CHART_WIDTH wide, and how it is filled."""

    bar: Bar
    start: str
    width: str
    fill: str


@dataclass(frozen=True)
class ChartValue:
    """`parts`: one bar cut in parts of `total`. `bars`: one bar each, against the largest."""

    caption: str
    bars: tuple[Bar, ...]
    total: int
    kind: str = "parts"  # or "bars"

    @property
    def drawn(self) -> list[DrawnBar]:
        """The bars with their places, for a drawing in SVG; the last part is white, what is not done."""
        cuts = self.kind == "parts"
        counts = [bar.count for bar in self.bars]
        whole = (sum(counts) if cuts else max(counts, default=0)) or 1
        drawn, before = [], 0
        for place, bar in enumerate(self.bars):
            start = f"{CHART_WIDTH * before / whole:.1f}"
            width = f"{CHART_WIDTH * bar.count / whole:.1f}"
            is_rest = cuts and place == len(self.bars) - 1 and place > 0
            fill = FILLS[-1] if is_rest else FILLS[min(place, 2) if cuts else 0]
            drawn.append(DrawnBar(bar, start, width, fill))
            before += bar.count if cuts else 0
        return drawn


@dataclass(frozen=True)
class TextValue:
    """A paragraph, or with a `title` a small part of its own."""

    text: str
    title: str = ""


Part = TableValue | ChartValue | TextValue


@dataclass(frozen=True)
class BlockValue:
    """`source` says where the data comes from, `as_of` the day for which they hold. `empty` is what is said
    when there is nothing to show; a `problem` means that the block cannot be shown at all."""

    kind: str
    title: str
    as_of: datetime.date
    source: str
    parts: tuple[Part, ...] = ()
    empty: str = ""
    problem: str = ""
    is_frozen: bool = field(default=False, compare=False)

    @property
    def opens_with_text(self) -> bool:
        """Whether its title has to be shown: a table or a chart brings a caption of its own."""
        return not self.parts or isinstance(self.parts[0], TextValue)

    def says_the_same_as(self, other: "BlockValue") -> bool:
        """Whether both show the same, whatever their days and where the data was found."""
        return (self.parts, self.empty, self.problem) == (other.parts, other.empty, other.problem)

    def to_json(self) -> dict[str, Any]:
        value = {each.name: getattr(self, each.name) for each in fields(self)}  # not deep: parts follow
        value["as_of"] = self.as_of.isoformat()
        value["parts"] = [{"is": type(part).__name__, **asdict(part)} for part in self.parts]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "BlockValue":
        """What `to_json` made. Raises KeyError, TypeError or ValueError for what is no such value."""
        known = {**value, "as_of": datetime.date.fromisoformat(value["as_of"])}
        known["parts"] = tuple(_part(part) for part in value["parts"])
        return cls(**known)


def _part(value: dict[str, Any]) -> Part:
    rest = {name: each for name, each in value.items() if name != "is"}
    if value["is"] == "TableValue":
        rest["columns"] = tuple(Column(**column) for column in rest["columns"])
        rest["groups"] = tuple(
            RowGroup(group["title"], tuple(tuple(row) for row in group["rows"])) for group in rest["groups"]
        )
        return TableValue(**rest)
    if value["is"] == "ChartValue":
        rest["bars"] = tuple(Bar(**bar) for bar in rest["bars"])
        return ChartValue(**rest)
    return TextValue(**rest)
