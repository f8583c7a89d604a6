"""The pieces of a Word document: paragraphs, tables and light markup, as WordprocessingML.

python-docx looks a table's grid up for every cell; a plan of 200 activities has thousands. So tables
are written here as XML, and python-docx keeps styles, sections and the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from core.prose import tokens_of
from workshops.spreadsheets.safe_cells import printable

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT_WIDTH, WIDE_WIDTH = 9400, 15100  # twentieths of a point between the margins of A4, upright and across
GREY, SHADE = "4A5160", "EDE7F3"


@dataclass(frozen=True)
class Run:
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    quiet: bool = False  # small and grey


@dataclass(frozen=True)
class Paragraph:
    """`style` is the id of a style of the document; `number` an id of a numbered list."""

    runs: Sequence[Run]
    style: str = ""
    number: int | None = None
    level: int = 0
    keep: bool = False  # on one page with what follows


Cell = str | Run | Sequence[Run]  # the runs of a cell each begin a line


@dataclass
class Table:
    """Widths are shares. The first row is repeated on every page, and no row is torn. A row of one cell goes
    across."""

    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]] = field(default_factory=list)
    numbers: frozenset[int] = frozenset()  # columns of numbers, set at the end of the line
    width: int = TEXT_WIDTH


class Writer:
    """Writes one direction of text."""

    def __init__(self, *, rtl: bool) -> None:
        self.rtl = rtl

    def run(self, run: Run) -> str:
        marks = "<w:b/><w:bCs/>" if run.bold else ""
        marks += "<w:i/><w:iCs/>" if run.italic else ""
        marks += f'<w:color w:val="{GREY}"/><w:sz w:val="15"/><w:szCs w:val="15"/>' if run.quiet else ""
        marks += "<w:rtl/>" if self.rtl else ""
        lines = escape(printable(run.text)).split("\n")
        text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
        return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{text}</w:r>"

    def paragraph(self, paragraph: Paragraph, *, end: bool = False) -> str:
        marks = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
        marks += "<w:keepNext/>" if paragraph.keep else ""
        if paragraph.number is not None:
            marks += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{paragraph.number}"/></w:numPr>'
        marks += "<w:bidi/>" if self.rtl else ""
        marks += (
            f'<w:ind w:start="{360 + 360 * paragraph.level}" w:hanging="360"/>' if paragraph.level else ""
        )
        marks += '<w:jc w:val="end"/>' if end else ""
        inside = "".join(self.run(run) for run in paragraph.runs)
        return f"<w:p {NAMESPACE}><w:pPr>{marks}</w:pPr>{inside}</w:p>"

    def table(self, table: Table) -> str:
        whole = sum(table.widths)
        widths = [table.width * share // whole for share in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        body = [self._row([Run(heading, bold=True) for heading in table.headings], widths, table, head=True)]
        body += [self._row(row, widths, table) for row in table.rows]
        return (
            f'<w:tbl {NAMESPACE}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f"{'<w:bidiVisual/>' if self.rtl else ''}"
            f'<w:tblW w:w="{table.width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(body)}</w:tbl>'
        )

    def _row(self, cells: Sequence[Cell], widths: list[int], table: Table, *, head: bool = False) -> str:
        marks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if head else ""
        if len(cells) == 1 < len(widths):  # a heading across the table
            across = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
            shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
            inside = self._lines(cells[0], end=False)
            return f"<w:tr>{marks}<w:tc><w:tcPr>{across}{shade}</w:tcPr>{inside}</w:tc></w:tr>"
        written = [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f"{self._lines(cell, end=place in table.numbers)}</w:tc>"
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"<w:tr>{marks}{''.join(written)}</w:tr>"

    def _lines(self, cell: Cell, *, end: bool) -> str:
        runs = [Run(cell)] if isinstance(cell, str) else [cell] if isinstance(cell, Run) else list(cell)
        return "".join(self.paragraph(Paragraph([run], "TableText"), end=end) for run in runs or [Run("")])


class Prose:
    """Light markup as paragraphs and tables. `new_list` gives the id of a list that begins with 1."""

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
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(self.new_list() if token.type.startswith("ordered") else None)
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
            self.found.append(Paragraph([Run(token.content.rstrip("\n"))]))
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
            found.append(Run(child.content, bold=bool(bold), italic=bool(italic)))
    return found


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Run) else "".join(run.text for run in cell)
