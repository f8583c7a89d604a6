"""The budget as a spreadsheet: its columns, how it is written, and how its rows are read again.

Knows no database. What the rows mean for a plan says plans.reports.budget_import.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from plans.models import BudgetLine, BudgetSource, LocalActionPlan
from plans.reports.budget import ActivityBudget, Budget
from workshops.spreadsheets import Book, Row, Sheet, Unreadable, open_book, write_xlsx
from workshops.spreadsheets.inspection import MOST_NOTED, column_letters

MOST_ROWS = 5000
HEADINGS_WITHIN = 15  # rows from the top


@dataclass(frozen=True)
class Column:
    name: str
    heading: str | Promise
    width: int
    needed: bool = True  # without it the rows cannot be told apart or would lose something


COLUMNS = (
    Column("activity", _("Activity code"), 14),
    Column("number", _("Activity no."), 10, needed=False),
    Column("text", _("Activity"), 48, needed=False),
    Column("line", _("Line code"), 14),
    Column("source", _("Source"), 26),
    Column("source_name", _("Name of source"), 26),
    Column("fiscal_year", _("Fiscal year"), 11),
    Column("planned", _("Planned"), 16),
    Column("allocated", _("Allocated"), 16),
    Column("disbursed", _("Disbursed"), 16),
    Column("spent", _("Spent"), 16),
    Column("is_core", _("Core"), 11),
    Column("is_long_term", _("Long-term"), 11),
    Column("is_consortium", _("Consortium"), 11),
    Column("note", _("Note"), 36),
    Column("currency", _("Currency"), 10),
    Column("version", _("Version"), 10),
)
NAMES = [column.name for column in COLUMNS]
AMOUNT_COLUMNS = ("planned", "allocated", "disbursed", "spent")
YES = "x"  # the same in every language; nothing is no
FILLED_IN = (
    "source",
    "source_name",
    "fiscal_year",
    *AMOUNT_COLUMNS,
    "is_core",
    "is_long_term",
    "is_consortium",
    "note",
)


@dataclass(frozen=True)
class SheetRow:
    """One row as text, by the name of its column. `number` is that of the spreadsheet; `broken` are
    columns with a formula that brought no result."""

    number: int
    cells: dict[str, str]
    typed: bool = False  # from a CSV, where all numbers are as somebody typed them
    broken: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def is_untouched(self) -> bool:
        """An activity without a line, as it was handed out: nobody filled it in."""
        return not self["line"] and not any(self[name] for name in FILLED_IN) and not self.broken

    def to_send(self) -> list[Any]:
        return [self.number, self.typed, [self[name] for name in NAMES]]

    @classmethod
    def from_sent(cls, sent: list[Any]) -> "SheetRow":
        number, typed, cells = sent
        return cls(number, dict(zip(NAMES, cells, strict=True)), typed)


def cell_of(row: SheetRow, name: str, places: dict[str, int] | None = None) -> str:
    """How the spreadsheet calls a cell: H7, in the order in which we hand the columns out."""
    place = (places or {}).get(name, NAMES.index(name))
    return f"{column_letters(place)}{row.number}"


def written_budget(budget: Budget) -> bytes:
    """An XLSX with a row for each line, and one for each activity that has none yet."""
    plan = budget.plan
    offered = gettext("Sources")
    sources = [str(label) for label in BudgetSource.labels]
    lines = Sheet(
        title=gettext("Budget"),
        headings=[str(column.heading) for column in COLUMNS],
        rows=_rows(budget),
        choices={NAMES.index("source"): f"'{offered}'!$A$2:$A${len(sources) + 1}"},
        widths={place: column.width for place, column in enumerate(COLUMNS)},
        hidden=frozenset({NAMES.index("version")}),
    )
    listed = Sheet(title=offered, headings=[gettext("Source")], rows=[[source] for source in sources])
    return write_xlsx([lines, listed], title=f"{plan.code} {gettext('Budget')}", note=plan.code)


def _rows(budget: Budget) -> Iterator[list[str | Decimal]]:
    for activity in budget.activities:
        if not activity.lines:
            yield _row(budget.plan, activity, None)
        for each in activity.lines:
            yield _row(budget.plan, activity, each.line)


def _row(plan: LocalActionPlan, activity: ActivityBudget, line: BudgetLine | None) -> list[str | Decimal]:
    start: list[str | Decimal] = [activity.activity.code, activity.number, activity.activity.text]
    if line is None:
        return [*start, *[""] * 12, plan.currency, ""]
    return [
        *start,
        line.code,
        str(line.get_source_display()),
        line.source_name,
        line.fiscal_year,
        *(getattr(line, name) for name in AMOUNT_COLUMNS),
        *(YES if flag else "" for flag in (line.is_core, line.is_long_term, line.is_consortium)),
        line.note,
        plan.currency,
        str(line.row_version),
    ]


def read_budget_rows(content: bytes) -> list[SheetRow]:
    """The rows of the spreadsheet that somebody filled in. Raises Unreadable, in words."""
    book = open_book(content)
    for sheet in book.sheets:
        rows = book.rows(sheet)
        for looked_at, row in enumerate(rows):
            if looked_at >= HEADINGS_WITHIN:
                break
            places = _places(row)
            if "activity" in places and "line" in places:
                return _read(book, sheet, rows, places)
    raise Unreadable(
        gettext(
            "No row of headings with “%(activity)s” and “%(line)s” was found. Take the spreadsheet of this "
            "budget, fill it in and bring it back; leave its headings as they are."
        )
        % {"activity": COLUMNS[0].heading, "line": COLUMNS[3].heading}
    )


def _read(book: Book, sheet: str, rows: Iterable[Row], places: dict[str, int]) -> list[SheetRow]:
    if missing := [str(column.heading) for column in COLUMNS if column.needed and column.name not in places]:
        raise Unreadable(
            gettext("Columns are missing: %(names)s. Take the spreadsheet of this budget again.")
            % {"names": ", ".join(missing)}
        )
    formulas = set(book.inspect(sheet).formulas)
    if len(formulas) >= MOST_NOTED:
        raise Unreadable(
            gettext("There are too many formulas. Paste the values alone and choose the file again.")
        )
    found: list[SheetRow] = []
    for row in rows:
        if len(found) == MOST_ROWS:
            raise Unreadable(
                gettext("More than %(most)s rows: that is no budget of one plan.") % {"most": MOST_ROWS}
            )
        found.append(_sheet_row(book, row, places, formulas))
    return [row for row in found if not row.is_untouched]


def _sheet_row(book: Book, row: Row, places: dict[str, int], formulas: set[tuple[int, int]]) -> SheetRow:
    cells = {
        name: " ".join(row.cells[place].split()) if place < len(row.cells) else ""
        for name, place in places.items()
    }
    broken = [name for name, place in places.items() if not cells[name] and (row.number, place) in formulas]
    return SheetRow(row.number, cells, typed=not book.kind.endswith(("xlsx", "ods")), broken=broken)


def _places(row: Row) -> dict[str, int]:
    """Name of a column → its place, by the headings of any language of the portal."""
    known = headings()
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        name = known.get(" ".join(cell.split()).casefold())
        if name and name not in found:
            found[name] = place
    return found


def _in_every_language(texts: dict[str, Any]) -> dict[str, str]:
    """Text → its name, as it reads in each language of the portal."""
    table: dict[str, str] = {}
    for language in {code for code, _name in settings.LANGUAGES} | {get_language() or "en"}:
        with override(language):
            table |= {str(text).casefold(): name for name, text in texts.items()}
    return table


@lru_cache(maxsize=1)
def headings() -> dict[str, str]:
    return _in_every_language({column.name: column.heading for column in COLUMNS})


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    return _in_every_language(dict(BudgetSource.choices)) | {value: value for value in BudgetSource.values}


def source_of(text: str) -> str | None:
    """The source that a cell names; None when it is none of ours."""
    return _sources().get(text.casefold())
