"""A spreadsheet that was handed in, as sheets of rows of text. Values only: formulas are not worked out."""

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workshops.spreadsheets.containers import Kind, Unreadable, damaged, kind_of
from workshops.spreadsheets.inspection import Inspection, inspect
from workshops.spreadsheets.safe_cells import plain, plain_in_csv
from workshops.spreadsheets.texts import MARK, decode, rows_of

if TYPE_CHECKING:  # loaded where it is used: most processes never read a spreadsheet
    from python_calamine import CalamineWorkbook

MOST_COLUMNS = 200
LONGEST_CELL = 2000


@dataclass(frozen=True)
class Row:
    """One row as text. `number` is that of the spreadsheet; `dates` are the columns with a date in them."""

    number: int
    cells: list[str]
    dates: frozenset[int] = frozenset()


@dataclass
class Book:
    """An opened spreadsheet. Sheets are read when asked for."""

    kind: Kind
    content: bytes = field(repr=False)
    encoding: str = ""  # said when it was guessed

    @cached_property
    def sheets(self) -> list[str]:
        return [""] if self.kind == Kind.CSV else list(self._workbook.sheet_names)

    @cached_property
    def inspections(self) -> Any:
        return inspect(self.content, self.kind)

    def inspect(self, sheet: str) -> Inspection:
        return self.inspections(sheet)

    @cached_property
    def _workbook(self) -> "CalamineWorkbook":
        from python_calamine import CalamineError, CalamineWorkbook

        if self.kind == Kind.ODS:
            self.inspections("")  # an ODS is opened whole: its size is looked at before
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.content))
        except CalamineError:
            raise Unreadable(damaged()) from None

    @cached_property
    def _text(self) -> str:
        text, self.encoding = decode(self.content)
        return text

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """The rows that hold anything, one after the other."""
        if self.kind == Kind.CSV:
            for number, cells in rows_of(self._text):
                if any(cell.strip() for cell in cells):
                    yield Row(number, [plain_in_csv(cell) for cell in cells[:MOST_COLUMNS]])
            return
        yield from self._rows_of_sheet(sheet)

    def _rows_of_sheet(self, sheet: str) -> Iterator[Row]:
        from python_calamine import CalamineError

        self.inspect(sheet)
        try:
            opened = self._workbook.get_sheet_by_name(sheet)
        except CalamineError:
            raise Unreadable(
                _("The sheet “%(sheet)s” is not in the file any more, or cannot be read.") % {"sheet": sheet}
            ) from None
        first_row, first_column = opened.start or (0, 0)
        shift = [""] * min(first_column, MOST_COLUMNS)
        for number, values in enumerate(opened.iter_rows(), start=1):
            if number <= first_row or not any(value not in ("", None) for value in values):
                continue
            kept = values[: MOST_COLUMNS - len(shift)]
            cells = [*shift, *(cell_text(value) for value in kept)]
            if cells[0].startswith(MARK):
                continue
            dates = frozenset(
                place
                for place, value in enumerate(kept, start=len(shift))
                if isinstance(value, datetime.date)
            )
            yield Row(number, cells, dates)


def open_book(content: bytes) -> Book:
    """Open what was handed in. Unreadable says what is wrong with it, in words."""
    book = Book(kind_of(content), content)
    if book.kind == Kind.CSV:
        _ = book._text
    elif not book.sheets:
        raise Unreadable(damaged())
    return book


def cell_text(value: Any) -> str:
    """A cell as people would type it: 18.0 → "18", a date in the form 2026-03-02."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        value = int(value)
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return plain(str(value)[:LONGEST_CELL])
