"""The plan as a workbook: one sheet a kind of row, one row a thing, numbers as numbers, days as days.

No program works a text of it out (workshops.spreadsheets.safe_cells). openpyxl is loaded where it is
used: most processes never write a workbook.
"""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.printable import printable
from frameworks.pillars import Pillar
from plans.models import BudgetSource, Frequency, IndicatorKind, SectionKind, Split, Strength
from plans.papers.languages import in_language_of
from plans.papers.paper import Mark, Paper, paper_of
from plans.papers.words import date_of, label_of, labels_of, number_of
from workshops.spreadsheets.safe_cells import harmless
from workshops.spreadsheets.writing import LOOKS_ESCAPED

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GROUND, WHITE = "FF43205F", "FFFFFFFF"
LINE, MOST_LINES = 15, 16
LONGEST_CELL = 32_000  # a spreadsheet program takes 32,767 characters

Value = str | Decimal | int | datetime.date | None


@dataclass(frozen=True)
class Column:
    """A heading and how wide it stands."""

    heading: str | Promise
    width: int = 18


@dataclass(frozen=True)
class Sheet:
    title: str
    columns: Sequence[Column]
    rows: list[list[Value]]


def plan_xlsx(document: dict[str, Any], mark: Mark) -> bytes:
    """The whole plan as a workbook in the plan's language."""
    with in_language_of(document["language"]):
        paper = paper_of(document, mark)
        sheets = [
            _plan(paper),
            _activities(document),
            _indicators(document),
            _budget(document),
            _alignment(document),
        ]
        return _written(sheets, paper)


ACTIVITIES = (
    Column(gettext_lazy("No."), 7),
    Column(gettext_lazy("Code"), 12),
    Column(gettext_lazy("Pillar")),
    Column(gettext_lazy("Objective"), 40),
    Column(gettext_lazy("Activity"), 50),
    Column(gettext_lazy("Expected output"), 34),
    Column(gettext_lazy("For whom"), 24),
    Column(gettext_lazy("Where")),
    Column(gettext_lazy("Leads"), 28),
    Column(gettext_lazy("Supports"), 28),
    Column(gettext_lazy("Start"), 12),
    Column(gettext_lazy("End"), 12),
    Column(gettext_lazy("Cost"), 15),
    Column(gettext_lazy("No cost"), 9),
    Column(gettext_lazy("Currency"), 9),
    Column(gettext_lazy("Gender lens"), 34),
    Column(gettext_lazy("Peace and conflict lens"), 34),
    Column(gettext_lazy("Do no harm"), 34),
    Column(gettext_lazy("Risks and assumptions"), 34),
    Column(gettext_lazy("Themes"), 24),
    Column(gettext_lazy("Engages men and boys"), 12),
    Column(gettext_lazy("Priority issues"), 14),
)

INDICATORS = (
    Column(gettext_lazy("No."), 7),
    Column(gettext_lazy("Code"), 12),
    Column(gettext_lazy("Activity"), 40),
    Column(gettext_lazy("Indicator"), 44),
    Column(gettext_lazy("Type"), 14),
    Column(gettext_lazy("Unit"), 14),
    Column(gettext_lazy("Told apart by"), 20),
    Column(gettext_lazy("Baseline"), 14),
    Column(gettext_lazy("Baseline as of"), 13),
    Column(gettext_lazy("Target"), 14),
    Column(gettext_lazy("Targets by year"), 24),
    Column(gettext_lazy("Means of verification"), 30),
    Column(gettext_lazy("How often")),
    Column(gettext_lazy("Who collects it"), 28),
    Column(gettext_lazy("UN library"), 12),
)

BUDGET = (
    Column(gettext_lazy("No."), 7),
    Column(gettext_lazy("Code"), 12),
    Column(gettext_lazy("Activity"), 50),
    Column(gettext_lazy("Source"), 26),
    Column(gettext_lazy("Name of the source"), 30),
    Column(gettext_lazy("Fiscal year"), 12),
    Column(gettext_lazy("Planned"), 16),
    Column(gettext_lazy("Currency"), 9),
    Column(gettext_lazy("Core funding"), 14),
    Column(gettext_lazy("Long-term funding"), 14),
    Column(gettext_lazy("Through a consortium"), 14),
)

ALIGNMENT = (
    Column(gettext_lazy("No."), 7),
    Column(gettext_lazy("Objective or activity"), 50),
    Column(gettext_lazy("Instrument"), 34),
    Column(gettext_lazy("Provision"), 12),
    Column(gettext_lazy("Text"), 50),
    Column(gettext_lazy("Strength"), 14),
    Column(gettext_lazy("Why"), 34),
    Column(gettext_lazy("Reviewed"), 11),
    Column(gettext_lazy("Through it"), 34),
)


# --- What stands in it ---------------------------------------------------------------------------


def _plan(paper: Paper) -> Sheet:
    document, period = paper.document, paper.document["period"]
    texts = [(str(kind.label), document["sections"].get(kind, "")) for kind in SectionKind]
    texts += [(_("Priority issue %(number)s") % {"number": row.number}, row.text) for row in paper.issues]
    rows: list[list[Value]] = [
        [_("Plan"), paper.title],
        [_("What such a plan is called"), paper.kind],
        [_("Code"), document["code"]],
        [_("What this is"), paper.made],
        [_("Country"), paper.country],
        [_("Locality"), paper.place],
        [_("Committee"), paper.committee],
        [_("From"), date_of(period["start"])],
        [_("To"), date_of(period["end"])],
        [_("Period"), paper.period],
        [_("Generation"), document["generation"]],
        [_("National Action Plan"), paper.nap],
        [_("Currency"), document["currency"]],
    ]
    rows += [[what, how] for what, how in (*paper.adoption, *texts)]
    return Sheet(_("Plan"), [Column(_("What"), 30), Column(_("How"), 90)], rows)


def _with_objective(document: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(objective, row) for objective in document["objectives"] for row in objective["activities"]]


def _activities(document: dict[str, Any]) -> Sheet:
    numbers = {issue["code"]: str(issue["number"]) for issue in document["issues"]}
    yes, no = _("yes"), _("no")
    rows: list[list[Value]] = [
        [
            row["number"],
            row["code"],
            label_of(Pillar, objective["pillar"]),
            f"{objective['number']} {objective['text']}",
            row["text"],
            row["expected_output"],
            row["target_groups"],
            row["location"],
            row["lead"],
            "; ".join(row["supporting"]),
            date_of(row["starts_on"]),
            date_of(row["ends_on"]),
            number_of(row["cost"]),
            yes if row["no_cost"] else no,
            document["currency"],
            row["gender_lens"],
            row["conflict_lens"],
            row["do_no_harm"],
            row["risks"],
            ", ".join(row["themes"]),
            yes if row["engages_men_boys"] else no,
            ", ".join(numbers[code] for code in row["issues"] if code in numbers),
        ]
        for objective, row in _with_objective(document)
    ]
    return Sheet(_("Activities"), ACTIVITIES, rows)


def _indicators(document: dict[str, Any]) -> Sheet:
    rows: list[list[Value]] = [
        [
            row["number"],
            each["code"],
            row["text"],
            each["text"],
            _kind(each["kind"]),
            each["unit"],
            labels_of(Split, each["split_by"]),
            each["baseline_text"] or number_of(each["baseline"]),
            date_of(each["baseline_on"]),
            each["target_text"] or number_of(each["target"]),
            "; ".join(f"{year}: {value}" for year, value in sorted(each["yearly_targets"].items())),
            each["means_of_verification"],
            label_of(Frequency, each["frequency"]),
            each["responsible"],
            each["definition"],
        ]
        for _objective, row in _with_objective(document)
        for each in row["indicators"]
    ]
    return Sheet(_("Indicators"), INDICATORS, rows)


def _kind(kind: str) -> str:
    """The bare word "Number" is also that of a column of numbers."""
    return _("In numbers") if kind == IndicatorKind.NUMBER else label_of(IndicatorKind, kind)


def _budget(document: dict[str, Any]) -> Sheet:
    yes, no = _("yes"), _("no")
    rows: list[list[Value]] = [
        [
            row["number"],
            line["code"],
            row["text"],
            label_of(BudgetSource, line["source"]),
            line["source_name"],
            line["fiscal_year"],
            number_of(line["planned"]),
            document["currency"],
            *(yes if flag in line["flags"] else no for flag in ("is_core", "is_long_term", "is_consortium")),
        ]
        for _objective, row in _with_objective(document)
        for line in row["budget"]
    ]
    return Sheet(_("Budget"), BUDGET, rows)


def _alignment(document: dict[str, Any]) -> Sheet:
    yes, no = _("yes"), _("no")
    items = [
        (str(item["number"]), item)
        for objective in document["objectives"]
        for item in (objective, *objective["activities"])
    ]
    rows: list[list[Value]] = [
        [
            number,
            item["text"],
            each["framework_title"],
            each["provision"],
            each["text"],
            label_of(Strength, each["strength"]),
            each["justification"],
            yes if each["reviewed"] else no,
            "; ".join(f"{up['framework_title']}, {up['provision']}" for up in each.get("carries_out", [])),
        ]
        for number, item in items
        for each in item["serves"]
    ]
    return Sheet(_("Alignment"), ALIGNMENT, rows)


# --- How it is written ---------------------------------------------------------------------------


def _written(sheets: list[Sheet], paper: Paper) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.title, book.properties.description = printable(paper.title), paper.made
    book.properties.creator = printable(paper.committee)
    for sheet in sheets:
        written = book.create_sheet(sheet.title[:31])
        written.freeze_panes = "A2"
        written.sheet_view.rightToLeft = paper.direction == "rtl"
        written.oddFooter.left.text = paper.made.replace("&", "&&")
        written.page_setup.orientation, written.page_setup.paperSize = "landscape", 9
        written.sheet_properties.pageSetUpPr.fitToPage = True
        written.page_setup.fitToHeight = 0
        written.print_title_rows = "1:1"
        for place, column in enumerate(sheet.columns, start=1):
            written.column_dimensions[get_column_letter(place)].width = column.width
        last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
        written.auto_filter.ref = f"A1:{last}"
        cells = _Cells(written)
        written.append([cells.heading(str(column.heading)) for column in sheet.columns])
        for place, row in enumerate(sheet.rows, start=2):
            written.row_dimensions[place].height = _height(row, sheet.columns)
            written.append([cells.cell(value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """Room for the longest text, as far as a row can be read at a glance."""
    lines = [
        sum(1 + len(line) // column.width for line in value.split("\n"))
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str)
    ]
    return LINE * min(max(lines, default=1), MOST_LINES)


class _Cells:
    """Cells of one sheet. Their looks are made once: openpyxl looks each new one up in a list."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        self.sheet, self.kind = sheet, WriteOnlyCell

        def look(**marks: Any) -> Any:
            sample: Any = WriteOnlyCell(sheet, value="")
            for name, mark in marks.items():
                setattr(sample, name, mark)
            return sample._style

        top = Alignment(wrap_text=True, vertical="top")
        self.looks = {
            "heading": look(
                font=Font(name="Calibri", size=11, bold=True, color=WHITE),
                fill=PatternFill("solid", fgColor=GROUND),
                alignment=top,
            ),
            "text": look(alignment=top, number_format="@"),
            "quoted": look(alignment=top, number_format="@", quotePrefix=True),
            "number": look(alignment=Alignment(vertical="top"), number_format="#,##0.##"),
            "whole": look(alignment=Alignment(vertical="top"), number_format="#,##0"),
            "day": look(alignment=Alignment(vertical="top"), number_format="yyyy-mm-dd"),
        }

    def heading(self, text: str) -> Any:
        return self._of(text, "s", "heading")

    def cell(self, value: Value) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, datetime.date):
            return self._of(value, "d", "day")
        if isinstance(value, Decimal | int):
            return self._of(value, "n", "whole" if value == int(value) else "number")
        text = printable(value)[:LONGEST_CELL]
        shown = harmless(text)
        look = "text" if shown == text else "quoted"
        return self._of(LOOKS_ESCAPED.sub(r"_x005F_\1", shown), "s", look)

    def _of(self, value: Any, kind: str, look: str) -> Any:
        """A cell whose type is known: openpyxl need not guess it from the value, and never sees a formula."""
        cell: Any = self.kind(self.sheet)
        cell._value, cell.data_type, cell._style = value, kind, self.looks[look]
        return cell
