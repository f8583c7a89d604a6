"""What the rows of a spreadsheet would do to a budget: add, change, leave, or be refused with a reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from core.printable import printable
from plans.amounts import AmountRefused, FiscalYear, amount_of, could_mean_two, year_refusal
from plans.budget_sheet import AMOUNT_COLUMNS, SheetRow, cell_of, source_of
from plans.models import Activity, BudgetLine, BudgetSource, LocalActionPlan
from plans.smart import Period
from workshops.spreadsheets.vocabulary import yes_or_no

PLANNING = ("source", "source_name", "fiscal_year", "planned", "is_core", "is_long_term", "is_consortium")
FLAGS = ("is_core", "is_long_term", "is_consortium")
TEXTS = ("source_name", "note")


@dataclass(frozen=True)
class Refusal:
    """Why a row cannot be taken, and in which cell."""

    number: int
    cell: str
    text: str


@dataclass(frozen=True)
class Step:
    """One field as it is and as it would be."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Change:
    """A line as the row would leave it, with what differs."""

    row: SheetRow
    line: BudgetLine
    steps: list[Step] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.row.number


class _Refused(Exception):
    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


@dataclass
class Proposal:
    """All rows of a spreadsheet, sorted by what they would do. Nothing is written here."""

    plan: LocalActionPlan
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, rows: Iterable[SheetRow]) -> "Proposal":
        """Two queries, however many rows there are."""
        activities = Activity.objects.filter(objective__plan=plan).select_related("objective__plan")
        lines = BudgetLine.objects.filter(activity__objective__plan=plan)
        lines = lines.select_related("activity__objective__plan", "updated_by")
        return cls.compare(plan, list(activities), list(lines), rows)

    @classmethod
    def compare(
        cls,
        plan: LocalActionPlan,
        activities: list[Activity],
        lines: list[BudgetLine],
        rows: Iterable[SheetRow],
    ) -> "Proposal":
        reading = _Reading(cls(plan), activities, lines)
        for row in rows:
            reading.take(row)
        reading.refuse_twins()
        return reading.proposal

    @property
    def to_save(self) -> list[SheetRow]:
        return [change.row for change in (*self.changed, *self.added)]

    @property
    def is_savable(self) -> bool:
        return not self.refused and bool(self.added or self.changed)


class _Reading:
    """One pass over the rows."""

    def __init__(self, proposal: Proposal, activities: list[Activity], lines: list[BudgetLine]) -> None:
        self.proposal, self.plan = proposal, proposal.plan
        self.activities = {activity.code: activity for activity in activities}
        self.lines = {line.code: line for line in lines}
        self.period = Period(self.plan.period_start, self.plan.period_end)
        self.seen: dict[str, int] = {}
        self.standing: dict[Any, set[str]] = defaultdict(set)  # key → codes of the lines that have it now
        for line in lines:
            self.standing[_key(line)].add(line.code)
        self.keys_of_rows: list[tuple[SheetRow, Any, str]] = []

    def take(self, row: SheetRow) -> None:
        try:
            self._take(row)
        except _Refused as refused:
            self._refuse(row, refused.name, str(refused))

    def _refuse(self, row: SheetRow, name: str, text: str) -> None:
        self.proposal.refused.append(Refusal(row.number, cell_of(row, name), text))

    def _take(self, row: SheetRow) -> None:
        self._check_codes(row)
        values = self._values(row)
        if row["line"]:
            self._take_line(row, self.lines[row["line"]], values)
        else:
            self._take_new(row, values)

    def _check_codes(self, row: SheetRow) -> None:
        if row.broken:
            raise _Refused(row.broken[0], gettext("This formula has no result. Type the value."))
        if not row["activity"]:
            text = gettext("This row has no activity code. Take rows with totals or notes out.")
            raise _Refused("activity", text)
        if row["activity"] not in self.activities:
            raise _Refused(
                "activity", gettext("This plan has no activity with this code. Codes must not be changed.")
            )
        if row["currency"] and row["currency"].casefold() != self.plan.currency.casefold():
            words = {"currency": self.plan.currency, "other": row["currency"][:10]}
            raise _Refused("currency", gettext("This plan is in %(currency)s, not in %(other)s.") % words)
        if not row["line"]:
            return
        line = self.lines.get(row["line"])
        if line is None:
            text = gettext(
                "This plan has no budget line with this code: it was removed, or the code was changed."
            )
            raise _Refused("line", text)
        if line.activity_id != self.activities[row["activity"]].pk:
            raise _Refused(
                "activity", gettext("This line belongs to another activity. Codes must not be changed.")
            )
        if row["line"] in self.seen:
            words = {"row": str(self.seen[row["line"]])}
            raise _Refused("line", gettext("This line stands in row %(row)s already.") % words)
        self.seen[row["line"]] = row.number

    def _values(self, row: SheetRow) -> dict[str, Any]:
        source = source_of(row["source"]) if row["source"] else BudgetSource.UNKNOWN.value
        if source is None:
            offered = ", ".join(str(label) for label in BudgetSource.labels)
            raise _Refused(
                "source", gettext("Choose one of these sources: %(offered)s.") % {"offered": offered}
            )
        if refused := year_refusal(row["fiscal_year"], self.period):
            # A year that stood there before the period was changed is no reason to refuse a new amount.
            stored = self.lines.get(row["line"])
            if stored is None or stored.fiscal_year != row["fiscal_year"]:
                raise _Refused("fiscal_year", refused)
        year = FiscalYear.from_text(row["fiscal_year"])
        values: dict[str, Any] = {"source": source, "fiscal_year": str(year or row["fiscal_year"])}
        for name in TEXTS:
            most = getattr(BudgetLine._meta.get_field(name), "max_length", 0)
            if len(row[name]) > most:
                raise _Refused(name, gettext("Use at most %(most)s characters.") % {"most": most})
            values[name] = row[name]
        for name in AMOUNT_COLUMNS:
            values[name] = self._amount(row, name)
        for name in FLAGS:
            flag = yes_or_no(row[name]) if row[name] else False
            if flag is None:
                raise _Refused(name, gettext("Write x for yes, or nothing for no."))
            values[name] = flag
        return values

    def _amount(self, row: SheetRow, name: str) -> Decimal:
        if not row.typed and could_mean_two(row[name]):
            text = gettext("“%(typed)s” can be read in two ways. Write it without a sign between thousands.")
            raise _Refused(name, text % {"typed": row[name]})
        try:
            return amount_of(row[name], currency=self.plan.currency)
        except AmountRefused as refused:
            raise _Refused(name, str(refused)) from None

    def _take_line(self, row: SheetRow, stored: BudgetLine, values: dict[str, Any]) -> None:
        for name in TEXTS:  # what a spreadsheet cannot hold is no change
            if values[name] == " ".join(printable(getattr(stored, name)).split()):
                values[name] = getattr(stored, name)
        differing = [name for name, value in values.items() if getattr(stored, name) != value]
        if not differing:
            self.proposal.unchanged += 1
            return
        if row["version"] != str(stored.row_version):
            raise _Refused("line", _conflict_words(stored, row["version"]))
        if not self.plan.is_open:
            for name in PLANNING:
                if name in differing:
                    raise _Refused(
                        name, gettext("The plan is adopted: this is changed by an amendment only.")
                    )
        steps = [
            Step(
                _label(name), _shown(stored, name, getattr(stored, name)), _shown(stored, name, values[name])
            )
            for name in differing
        ]
        for name in differing:
            setattr(stored, name, values[name])
        self.keys_of_rows.append((row, _key(stored), stored.code))
        self.proposal.changed.append(Change(row, stored, steps))

    def _take_new(self, row: SheetRow, values: dict[str, Any]) -> None:
        if not self.plan.is_open:
            raise _Refused("line", gettext("The plan is adopted: new lines need an amendment."))
        line = BudgetLine(activity=self.activities[row["activity"]], **values)
        steps = [Step(_label(name), "", _shown(line, name, value)) for name, value in values.items() if value]
        self.keys_of_rows.append((row, _key(line), ""))
        self.proposal.added.append(Change(row, line, steps))

    def refuse_twins(self) -> None:
        """Two lines of one activity, source and year. One that another line of the spreadsheet gives up
        counts as well: lines are saved one after the other."""
        first: dict[Any, int] = {}
        for row, key, code in self.keys_of_rows:
            if self.standing[key] - {code}:
                self._refuse(
                    row, "source", gettext("This activity has a line of that source for that year already.")
                )
            elif key in first:
                words = {"row": first[key]}
                self._refuse(
                    row, "source", gettext("Row %(row)s has the same activity, source and year.") % words
                )
            first.setdefault(key, row.number)
        twins = {refusal.number for refusal in self.proposal.refused}
        self.proposal.changed = [each for each in self.proposal.changed if each.row.number not in twins]
        self.proposal.added = [each for each in self.proposal.added if each.row.number not in twins]
        self.proposal.refused.sort(key=lambda refusal: refusal.number)


def _key(line: BudgetLine) -> Any:
    return (line.activity_id, line.source, line.source_name, line.fiscal_year)


def _label(name: str) -> str:
    return str(BudgetLine._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(line: BudgetLine, name: str, value: Any) -> str:
    if name == "source":
        return str(BudgetSource(value).label)
    if name in FLAGS:
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Decimal):
        decimals = 0 if value == value.to_integral_value() else 2
        return number_format(value, decimals, force_grouping=True)
    return str(value)


def _conflict_words(stored: BudgetLine, version: str) -> str:
    if not version:
        return gettext(
            "The hidden column with the version is empty. Take the spreadsheet of this budget again."
        )
    words = {"who": stored.updated_by or "?", "day": date_format(stored.updated_at, "DATETIME_FORMAT")}
    return (
        gettext("%(who)s changed this line on %(day)s, after the spreadsheet was made. Take it again.")
        % words
    )
