"""A look into the XML of a sheet before it is read: how large it says it is, formulas, merged cells.

A cell in the last corner of a sheet makes a reader set memory aside for all cells between: the
size is checked here, where a cell costs nothing.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse
from django.utils.translation import gettext as _

from workshops.spreadsheets.containers import Kind, Unreadable, damaged

MOST_CELLS = 8_000_000  # of the rectangle that holds all cells
MOST_NOTED = 1000
# As long as the reader takes them: a row or column beyond the last one would be read all the same.
REFERENCE = re.compile(r"\$?([A-Z]{1,20})\$?([0-9]{1,20})$")
VERY_MANY = 10**9


def column_letters(number: int) -> str:
    """0 → A, 26 → AA: how spreadsheets name their columns."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_at(reference: str) -> tuple[int, int] | None:
    """ "C7" → (7, 2): row from 1, column from 0."""
    found = REFERENCE.match(reference.upper())
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


@dataclass(frozen=True)
class Merged:
    """Cells joined to one, corner to corner: rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


@dataclass
class Inspection:
    """What was seen in one sheet. Of many formulas or merged cells only the first thousand."""

    rows: int = 0
    columns: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)  # row from 1, column from 0
    merged: list[Merged] = field(default_factory=list)

    def saw(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)
        if self.rows * self.columns > MOST_CELLS:
            raise Unreadable(
                _(
                    "The sheet reaches to cell %(cell)s: far beyond any list of people. Copy the list alone "
                    "into a new, empty spreadsheet and choose that."
                )
                % {"cell": f"{column_letters(self.columns - 1)}{self.rows}"}
            )

    def formula(self, row: int, column: int) -> None:
        if len(self.formulas) < MOST_NOTED:
            self.formulas.append((row, column))

    def merge(self, area: Merged) -> None:
        if len(self.merged) < MOST_NOTED:
            self.merged.append(area)


def inspect(content: bytes, kind: Kind) -> Callable[[str], Inspection]:
    """A function that gives the inspection of a sheet by its name."""
    if kind == Kind.CSV:
        return lambda name: Inspection()
    if kind == Kind.ODS:
        sheets = _OdsHandler()
        _walk(content, "content.xml", sheets)
        return lambda name: sheets.found.get(name, Inspection())
    files = _files_of_sheets(content)

    def of_sheet(name: str) -> Inspection:
        handler = _XlsxHandler()
        if name not in files:  # never read without having been looked at
            raise Unreadable(damaged())
        _walk(content, files[name], handler)
        return handler.found

    return of_sheet


def _walk(content: bytes, part: str, handler: ContentHandler) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
            parse(stream, handler, forbid_dtd=True)
    except (KeyError, SAXParseException, DefusedXmlException, zipfile.BadZipFile):
        raise Unreadable(damaged()) from None


def _files_of_sheets(content: bytes) -> dict[str, str]:
    """Name of the sheet → its file inside an XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    except (KeyError, ElementTree.ParseError, DefusedXmlException):
        raise Unreadable(damaged()) from None
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links.iter()}
    files: dict[str, str] = {}
    for sheet in (each for each in book.iter() if each.tag.endswith("}sheet")):
        ids = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
        name = str(sheet.get("name"))
        if len(ids) > 1 or name in files:  # the reader might take another one than was looked at
            raise Unreadable(damaged())
        target = targets.get(ids[0], "").lstrip("/") if ids else ""
        path = target if target.lower().startswith("xl/") else f"xl/{target}"
        if path.lower() in names:
            files[name] = names[path.lower()]
    return files


class _XlsxHandler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.found = Inspection()
        self.row, self.column = 0, -1

    def startElement(self, name: str, attrs: Any) -> None:
        local = name.rsplit(":", 1)[-1]
        if local == "c":
            place = cell_at(attrs.get("r", ""))
            if place is None and "r" in attrs:
                raise Unreadable(damaged())
            self.row, self.column = place or (self.row, self.column + 1)
            self.found.saw(self.row, self.column)
        elif local == "row":
            number = attrs.get("r", "")
            self.row = int(number) if number.isascii() and number.isdecimal() else self.row + 1
            self.column = -1
        elif local == "f":
            self.found.formula(self.row, self.column)
        elif local == "mergeCell":
            corners = [cell_at(corner) for corner in attrs.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                (top, left), (bottom, right) = corners[0], corners[1]
                self.found.merge(Merged(top, left, bottom, right))


class _OdsHandler(ContentHandler):
    """ODS writes repeated rows and cells once, with a number: only those with a value count."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Inspection] = {}
        self.now = Inspection()
        self.row, self.column, self.row_repeats = 0, 0, 1

    def startElement(self, name: str, attrs: Any) -> None:
        local = name.rsplit(":", 1)[-1]
        if local == "table":
            self.now = self.found.setdefault(attrs.get("table:name", ""), Inspection())
            self.row = 0
        elif local == "table-row":
            self.column, self.row_repeats = 0, _number(attrs.get("table:number-rows-repeated"))
        elif local in {"table-cell", "covered-table-cell"}:
            self._cell(attrs)

    def endElement(self, name: str) -> None:
        if name.rsplit(":", 1)[-1] == "table-row":
            self.row += self.row_repeats

    def _cell(self, attrs: Any) -> None:
        row, column = self.row + 1, self.column
        self.column += _number(attrs.get("table:number-columns-repeated"))
        if any(name.startswith(("office:", "calcext:")) for name in attrs.getNames()):
            self.now.saw(row + self.row_repeats - 1, self.column - 1)
        if attrs.get("table:formula"):
            self.now.formula(row, column)
        down = _number(attrs.get("table:number-rows-spanned"))
        across = _number(attrs.get("table:number-columns-spanned"))
        if down > 1 or across > 1:
            self.now.merge(Merged(row, column, row + down - 1, column + across - 1))


def _number(text: str | None) -> int:
    """How often something is repeated. The reader takes "+5" for 5, and no number is too long for it."""
    digits = (text or "").strip().removeprefix("+").lstrip("0")
    if not (digits.isascii() and digits.isdecimal()):
        return 1
    return int(digits) if len(digits) < 10 else VERY_MANY
