"""Which sheet, which row of headings, which column is what: guessed, then shown to be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from workshops.spreadsheets.books import Book, Row
from workshops.spreadsheets.inspection import column_letters
from workshops.spreadsheets.vocabulary import CATEGORY, NAME, field_of_heading

LOOKED_AT = 15  # rows in which the headings may stand
SAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column as it is shown: its letters, its heading, what stands under it."""

    number: int
    heading: str
    samples: list[str]

    @property
    def letters(self) -> str:
        return column_letters(self.number)

    @property
    def label(self) -> str:
        return f"{self.letters} · {self.heading}" if self.heading else self.letters


@dataclass(frozen=True)
class Head:
    """The top of a sheet: its headings and a few values of each column."""

    header_row: int
    columns: list[Column]
    second_header: int = 0  # another row that looks like headings, right below

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


def known_headings(row: Row) -> int:
    """How many different fields the cells of a row name."""
    return len({field_of_heading(cell) for cell in row.cells} - {None})


def guess_header_row(rows: Sequence[Row]) -> int:
    """The number of the first row with the most known headings; the first row when none has any."""
    best = max(rows, key=lambda row: (known_headings(row), -row.number), default=None)
    if best is None:
        return 1
    return best.number if known_headings(best) else rows[0].number


def guess_sheet(book: Book) -> str:
    """The sheet whose top has the most known headings."""
    if len(book.sheets) == 1:
        return book.sheets[0]
    score = {
        sheet: max((known_headings(row) for row in islice(book.rows(sheet), LOOKED_AT)), default=0)
        for sheet in book.sheets
    }
    return max(book.sheets, key=lambda sheet: score[sheet])


def read_head(book: Book, sheet: str, header_row: int | None = None) -> Head | None:
    """The headings and first values of a sheet; None when the sheet is empty."""
    top = list(islice(book.rows(sheet), LOOKED_AT))
    if not top:
        return None
    number = header_row or guess_header_row(top)
    headings = next((row for row in top if row.number == number), None)
    if headings is None:
        return None
    above = next((row for row in reversed(top) if row.number < number), None)
    below = [row for row in top if row.number > number]
    width = max(len(row.cells) for row in [headings, *below])
    columns = [
        Column(place, heading, samples)
        for place in range(width)
        if (heading := _heading(place, headings, above)) or _has_values(place, below)
        for samples in [_samples(place, below)]
    ]
    second = below[0].number if below and known_headings(below[0]) >= 2 else 0
    return Head(number, columns, second)


def _heading(place: int, headings: Row, above: Row | None) -> str:
    """The heading of a column; over two rows, a merged one stands only in the upper."""
    text = _cell(headings, place)
    if not text and above is not None and field_of_heading(_cell(above, place)):
        text = _cell(above, place)
    return text[:80]


def _cell(row: Row, place: int) -> str:
    return " ".join(row.cells[place].split()) if place < len(row.cells) else ""


def _has_values(place: int, rows: Sequence[Row]) -> bool:
    return any(_cell(row, place) for row in rows)


def _samples(place: int, rows: Sequence[Row]) -> list[str]:
    return [text[:60] for row in rows if (text := _cell(row, place))][:SAMPLES]


def guess_columns(head: Head) -> dict[str, int]:
    """Field → number of its column: the first that bears one of its headings."""
    found: dict[str, int] = {}
    for column in head.columns:
        field = field_of_heading(column.heading)
        if field and field not in found:
            found[field] = column.number
    return found


def missing_columns(mapping: dict[str, int]) -> list[str]:
    return [name for name in (NAME, CATEGORY) if name not in mapping]
