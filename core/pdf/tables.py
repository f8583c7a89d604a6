"""Which header belongs to which cell of a table, said in the tags."""

from dataclasses import dataclass, field
from typing import Any

import pydyf

from core.pdf.tree import Tree

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


@dataclass
class Heads:
    """The headers seen so far, by what they stand over."""

    columns: dict[int, list[Any]] = field(default_factory=dict)
    group: list[Any] = field(default_factory=list)


def mend_table(table: Any, tree: Tree) -> None:
    """Scope on every header cell; on every other cell the headers that it stands under and beside."""
    source = table.box.element
    if source is not None and (said := source.get("aria-label") or source.get("summary")):
        table["A"] = pydyf.Dictionary({"O": "/Table", "Summary": pydyf.String(said)})
    heads = Heads()
    taken: dict[int, dict[int, list[Any]]] = {}  # cells that reach down into later rows, by row and column
    number = 0
    for group in tree.children(table):
        if group["S"] == "/Caption":
            continue
        heads.group = []
        for row in [group] if group["S"] == "/TR" else tree.children(group):
            if row["S"] == "/TR":
                _mend_row(_cells(row, tree), group["S"] == "/THead", heads, taken, number, table.number)
                number += 1


def _cells(row: Any, tree: Tree) -> list[Any]:
    return [cell for cell in tree.children(row) if cell["S"] in {"/TH", "/TD"}]


def _mend_row(cells: list[Any], in_head: bool, heads: Heads, taken: Any, number: int, table: int) -> None:
    beside = [head for reaching in taken.get(number, {}).values() for head in reaching]
    placed, column = [], 0
    for cell in cells:
        while column in taken.get(number, {}):
            column += 1
        wide, high = cell["A"].get("ColSpan", 1), cell["A"].get("RowSpan", 1)
        own: list[Any] = []
        if cell["S"] == "/TH":
            own = _head(
                cell, cells, in_head, heads, range(column, column + wide), f"{table}-{number}-{column}"
            )
        for below in range(number + 1, number + high):
            taken.setdefault(below, {}).update(dict.fromkeys(range(column, column + wide), ()))
            taken[below][column] = own
        beside += own
        placed.append((cell, range(column, column + wide)))
        column += wide
    for cell, columns in placed:
        if cell["S"] == "/TD":
            over = [head for each in columns for head in heads.columns.get(each, ())]
            cell["A"]["Headers"] = pydyf.Array(dict.fromkeys([*over, *heads.group, *beside]))
            if not cell["A"]["Headers"]:
                del cell["A"]["Headers"]


def _head(cell: Any, cells: list[Any], in_head: bool, heads: Heads, columns: range, name: str) -> list[Any]:
    """Scope and name of a header cell. What it says of its own row is given back."""
    said = "" if cell.box.element is None else cell.box.element.get("scope", "")
    scope = SCOPES.get(said)
    if scope is None:
        scope = "/Column" if in_head or all(each["S"] == "/TH" for each in cells) else "/Row"
    cell["A"]["Scope"] = scope
    cell["A"].pop("Headers", None)
    cell["ID"] = key = _Key(name)
    if said == "rowgroup" or (scope == "/Row" and len(cells) == 1):
        heads.group = [key]
        return []
    if scope == "/Row":
        return [key]
    for column in columns:
        heads.columns.setdefault(column, []).append(key)
    return []


class _Key(pydyf.String):
    """A name of a header cell: the same object wherever it is named."""
