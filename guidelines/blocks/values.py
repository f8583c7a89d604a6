"""A block of data as a value: the same for the page, the PDF, the word processor and a frozen edition.

Words are in the document's language already; nothing in a value is looked up again when it is shown.
"""

import datetime
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """`width` is a share of the table's; numbers stand at the end of the line."""

    label: str
    width: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class RowGroup:
    """Rows under a heading of their own across the table; "" for none. The first cell of a row names it."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TableValue:
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    is_wide: bool = False  # wants a page across


@dataclass(frozen=True)
class Bar:
    """One part of a whole or one of several counts. `text` says the number: a chart is never all there is."""

    label: str
    count: int
    text: str


@dataclass(frozen=True)
class ChartValue:
    """`parts`: one bar cut in parts of `total`. `bars`: one bar each, against the largest."""

    caption: str
    bars: tuple[Bar, ...]
    total: int
    kind: str = "parts"  # or "bars"


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

    def to_json(self) -> dict[str, Any]:
        value = asdict(self)
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
