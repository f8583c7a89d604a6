"""Light markup of a plan as paragraphs and tables of a Word document."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from core.prose import tokens_of
from core.word import Cell, Paragraph, Run, Table


class Prose:
    """Light markup as paragraphs and tables. `new_list` gives the id of a list that begins with a number."""

    def __init__(self, new_list: Any) -> None:
        self.new_list = new_list

    def parts(self, text: str, *, top: int = 2) -> list[Paragraph | Table]:
        """What `text` says, its highest heading at level `top`."""
        tokens = tokens_of(text)
        levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
        shift = top - min(levels) if levels else 0
        self.found: list[Paragraph | Table] = []
        self.lists: list[int | None] = []
        self.style = ""
        self.rows: list[list[Cell]] = []
        for token in tokens:
            self._take(token, shift)
        return self.found

    def _take(self, token: Any, shift: int) -> None:
        if token.type == "heading_open":
            self.style = f"Heading{min(int(token.tag[1]) + shift, 6)}"
        elif token.type in ("heading_close", "blockquote_close"):
            self.style = ""
        elif token.type == "blockquote_open":
            self.style = "Quote"
        elif token.type == "ordered_list_open":
            self.lists.append(self.new_list(int(token.attrs.get("start", 1))))
        elif token.type == "bullet_list_open":
            self.lists.append(None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "table_open":
            self.rows = []
        elif token.type == "tr_open":
            self.rows.append([])
        elif token.type == "table_close":
            head, *rows = self.rows
            self.found.append(Table([_words(cell) for cell in head], [1] * len(head), rows))
            self.rows = []
        elif token.type in ("fence", "code_block"):
            self.found.append(Paragraph([Run(token.content.rstrip("\n"), is_code=True)]))
        elif token.type == "inline":
            self._say(runs_of(token.children or []))

    def _say(self, runs: list[Run]) -> None:
        if self.rows:
            self.rows[-1].append([Run("".join(run.text for run in runs))])
        elif not self.lists or self.style:
            self.found.append(Paragraph(runs, self.style))
        else:
            number = self.lists[-1]
            style = "ListBullet" if number is None else "ListNumber"
            self.found.append(Paragraph(runs, style, number, len(self.lists) - 1))


def runs_of(children: Sequence[Any]) -> list[Run]:
    """The words of a line with their bold and italic; a link is followed by its address."""
    found: list[Run] = []
    bold = italic = 0
    address = ""
    for before, child in pairwise([None, *children]):
        if child.type in ("strong_open", "strong_close"):
            bold += 1 if child.nesting > 0 else -1
        elif child.type in ("em_open", "em_close"):
            italic += 1 if child.nesting > 0 else -1
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            if address and not (before and before.content == address):
                found.append(Run(f" ({address})"))
        elif child.type in ("softbreak", "hardbreak"):
            found.append(Run("\n" if child.type == "hardbreak" else " "))
        elif child.content:
            is_code = child.type == "code_inline"
            found.append(Run(child.content, bold=bool(bold), italic=bool(italic), is_code=is_code))
    return found


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Run) else "".join(run.text for run in cell)
