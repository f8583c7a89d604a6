"""Spreadsheets that we hand out: no program works their texts out, and they come back as they were.

openpyxl is loaded where it is used: most processes never write a workbook.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.printable import printable
from workshops.spreadsheets.safe_cells import PHONE, harmless, harmless_in_csv
from workshops.spreadsheets.texts import MARK

HEADING, GROUND = "FFFFFFFF", "FF43205F"  # colours of the first row
LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
LAST_ROW = 2000  # to which a template offers its lists of values


@dataclass
class Sheet:
    """A sheet to write: headings, rows of text (or numbers to reckon with), widths; `choices` are the
    values offered in a column."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str | int | Decimal]] = ()
    choices: dict[int, str] = field(default_factory=dict)  # column → "'Allowed values'!$A$2:$A$24"
    widths: dict[int, int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()  # columns that are for the portal, not for people


def write_xlsx(sheets: Sequence[Sheet], *, title: str, note: str = "") -> bytes:
    """A workbook; `note` stands in its properties and at the foot of each printed page."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    book.properties.title, book.properties.description = title, note
    book.properties.creator = "Localization portal"
    for sheet in sheets:
        written = book.create_sheet(sheet.title)
        written.freeze_panes = "A2"
        written.oddFooter.left.text = note.replace("&", "&&")
        for place, _heading in enumerate(sheet.headings):
            width = sheet.widths.get(place, 22)
            column = written.column_dimensions[get_column_letter(place + 1)]
            column.width, column.hidden = width, place in sheet.hidden
        for place, source in sheet.choices.items():
            letters = get_column_letter(place + 1)
            offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
            offered.add(f"{letters}2:{letters}{LAST_ROW}")
            written.data_validations.append(offered)
        written.append([_heading_cell(written, heading) for heading in sheet.headings])
        for row in sheet.rows:
            written.append([_cell(written, value) if isinstance(value, str) else value for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _heading_cell(sheet: Any, text: str) -> Any:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = _cell(sheet, text)
    cell.font, cell.fill = Font(bold=True, color=HEADING), PatternFill("solid", fgColor=GROUND)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, text: str) -> Any:
    """A cell of type text. A phone number keeps its plus: as text, and marked as quoted, it is no formula."""
    from openpyxl.cell import WriteOnlyCell

    text = printable(text)
    shown = text if PHONE.fullmatch(text) else harmless(text)
    cell = WriteOnlyCell(sheet, value=LOOKS_ESCAPED.sub(r"_x005F_\1", shown))
    cell.data_type, cell.number_format = "s", "@"
    if shown != text or PHONE.fullmatch(text):
        cell.quotePrefix = True
    return cell


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]], *, note: str = "") -> bytes:
    """UTF-8 with its mark, so that office programs take it for what it is; the note is the last line."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless_in_csv(printable(heading)) for heading in headings])
    for row in rows:
        writer.writerow([harmless_in_csv(printable(text)) for text in row])
    if note:
        writer.writerow([f"{MARK}: {note}"])
    return stream.getvalue().encode("utf-8-sig")
