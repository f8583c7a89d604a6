"""The budget of a plan: what is planned and found, by activity, source and year, and what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext

from localities.coverage import percent
from plans.amounts import year_refusal
from plans.models import Activity, BudgetLine, BudgetSource, LocalActionPlan, Objective
from plans.smart import Period


@dataclass(frozen=True)
class Amounts:
    """Money in its four steps: meant, promised, paid out, used."""

    planned: Decimal = Decimal(0)
    allocated: Decimal = Decimal(0)
    disbursed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)

    @classmethod
    def of(cls, lines: Iterable[BudgetLine]) -> "Amounts":
        rows = [(line.planned, line.allocated, line.disbursed, line.spent) for line in lines]
        return cls(*(sum(column, Decimal(0)) for column in zip(*rows, strict=True))) if rows else cls()

    @property
    def gap(self) -> Decimal:
        """Planned but not allocated (F42); below zero when more came than was planned."""
        return self.planned - self.allocated

    @property
    def surplus(self) -> Decimal:
        return max(-self.gap, Decimal(0))


@dataclass(frozen=True)
class LineBudget:
    """One line with what looks wrong with it. Nothing of that is refused: money is sometimes so."""

    line: BudgetLine
    warnings: list[str]

    @property
    def gap(self) -> Decimal:
        return self.line.planned - self.line.allocated


@dataclass(frozen=True)
class ActivityBudget:
    """An activity with its lines. `number` is its place in the plan: 2.3."""

    number: str
    activity: Activity
    lines: list[LineBudget]
    amounts: Amounts

    @property
    def unsourced(self) -> Decimal:
        """Of the estimate, what stands in no line: nobody was named to pay it."""
        return max((self.activity.cost or Decimal(0)) - self.amounts.planned, Decimal(0))

    @property
    def is_costed(self) -> bool:
        """With an estimate, or openly without cost (BR11)."""
        return self.activity.no_cost or self.activity.cost is not None

    @cached_property
    def warnings(self) -> list[str]:
        """What looks wrong with the activity as a whole."""
        found = []
        cost = self.activity.cost
        if self.activity.no_cost and self.lines:
            found.append(gettext("It is marked as without cost, but has a budget."))
        elif cost is not None and self.amounts.planned > cost:
            found.append(gettext("Its lines add up to more than its cost."))
        elif cost is None and self.lines:
            found.append(gettext("It has a budget, but no cost estimate yet."))
        return found


@dataclass(frozen=True)
class ObjectiveBudget:
    number: int
    objective: Objective
    activities: list[ActivityBudget]


@dataclass(frozen=True)
class Share:
    """Part of the planned money, in percent of all of it. Of nothing there is no share."""

    label: str
    planned: Decimal
    whole: Decimal

    @property
    def percent(self) -> int | None:
        return percent_of(self.planned, self.whole)


def percent_of(part: Decimal, whole: Decimal) -> int | None:
    """To the nearest percent; 0 only for none and 100 only for all; None of nothing."""
    return percent(int(part * 100), int(whole * 100)) if whole else None


def budget_lines_of(plan: LocalActionPlan) -> QuerySet[BudgetLine]:
    return BudgetLine.objects.filter(activity__objective__plan=plan).order_by("fiscal_year", "pk")


@dataclass(frozen=True)
class Budget:
    """The whole of it. Three queries, however long the plan is."""

    plan: LocalActionPlan
    objectives: list[ObjectiveBudget] = field(default_factory=list)

    @classmethod
    def from_plan(cls, plan: LocalActionPlan) -> "Budget":
        lines: dict[int, list[BudgetLine]] = {}
        for line in budget_lines_of(plan):
            lines.setdefault(line.activity_id, []).append(line)
        activities: dict[int, list[Activity]] = {}
        for activity in Activity.objects.filter(objective__plan=plan).order_by("order", "pk"):
            activities.setdefault(activity.objective_id, []).append(activity)
        return cls.build(plan, list(plan.objectives.order_by("order", "pk")), activities, lines)

    @classmethod
    def build(
        cls,
        plan: LocalActionPlan,
        objectives: list[Objective],
        activities: dict[int, list[Activity]],
        lines: dict[int, list[BudgetLine]],
    ) -> "Budget":
        """From rows at hand: activities by objective, lines by activity, each in its order."""
        period = Period(plan.period_start, plan.period_end)
        return cls(
            plan,
            [
                ObjectiveBudget(
                    number,
                    objective,
                    [
                        _activity_budget(f"{number}.{place}", activity, lines.get(activity.pk, []), period)
                        for place, activity in enumerate(activities.get(objective.pk, []), start=1)
                    ],
                )
                for number, objective in enumerate(objectives, start=1)
            ],
        )

    @cached_property
    def activities(self) -> list[ActivityBudget]:
        return [activity for objective in self.objectives for activity in objective.activities]

    @cached_property
    def lines(self) -> list[BudgetLine]:
        return [row.line for activity in self.activities for row in activity.lines]

    @cached_property
    def total(self) -> Amounts:
        return Amounts.of(self.lines)

    @cached_property
    def years(self) -> list[tuple[str, Amounts]]:
        """Totals by fiscal year, the earliest first."""
        names = sorted({line.fiscal_year for line in self.lines})
        return [(name, Amounts.of(row for row in self.lines if row.fiscal_year == name)) for name in names]

    @cached_property
    def sources(self) -> list[tuple[Share, Amounts]]:
        """Totals by source, in the order of the list."""
        found = []
        for source in BudgetSource:
            lines = [line for line in self.lines if line.source == source]
            if lines:
                amounts = Amounts.of(lines)
                found.append((Share(str(source.label), amounts.planned, self.total.planned), amounts))
        return found

    def _share(self, label: str, lines: Iterable[BudgetLine]) -> Share:
        return Share(label, Amounts.of(lines).planned, self.total.planned)

    @property
    def local_share(self) -> Share:
        """Paid by the locality itself (F61)."""
        local = [line for line in self.lines if line.source == BudgetSource.LOCAL]
        return self._share(gettext("Local government"), local)

    @property
    def national_share(self) -> Share:
        national = [line for line in self.lines if line.source == BudgetSource.NATIONAL]
        return self._share(gettext("National government"), national)

    @property
    def other_share(self) -> Share:
        """Neither government: donors, civil society, business, help in kind."""
        known = {BudgetSource.LOCAL, BudgetSource.NATIONAL, BudgetSource.UNKNOWN}
        return self._share(gettext("Others"), [line for line in self.lines if line.source not in known])

    @property
    def unknown_share(self) -> Share:
        unknown = [line for line in self.lines if line.source == BudgetSource.UNKNOWN]
        return self._share(gettext("Source not found yet"), unknown)

    @property
    def payers(self) -> list[Share]:
        """The place itself, the nation, all others, and who is still to be found."""
        return [self.local_share, self.national_share, self.other_share, self.unknown_share]

    @property
    def kinds(self) -> list[Share]:
        """How flexible, lasting and shared the money is (F80): a line may be all three."""
        return [
            self._share(gettext("Core funding"), [line for line in self.lines if line.is_core]),
            self._share(gettext("Long-term funding"), [line for line in self.lines if line.is_long_term]),
            self._share(gettext("Through a consortium"), [line for line in self.lines if line.is_consortium]),
        ]

    @property
    def unsourced(self) -> Decimal:
        return sum((row.unsourced for row in self.activities), Decimal(0))

    @property
    def cost(self) -> Decimal:
        return sum((row.activity.cost for row in self.activities if row.activity.cost), Decimal(0))

    @property
    def costed(self) -> int:
        return sum(row.is_costed for row in self.activities)

    @property
    def share_costed(self) -> int | None:
        """BR11: all activities are to be costed before the plan is submitted."""
        return percent(self.costed, len(self.activities)) if self.activities else None

    @cached_property
    def warnings(self) -> list[tuple[str, Activity, str]]:
        """Each with the number of the activity it belongs to."""
        return list(self._warnings())

    def _warnings(self) -> Iterator[tuple[str, Activity, str]]:
        for row in self.activities:
            for text in row.warnings:
                yield row.number, row.activity, text
            for line in row.lines:
                for text in line.warnings:
                    yield row.number, row.activity, f"{line.line}: {text}"


def _activity_budget(
    number: str, activity: Activity, lines: list[BudgetLine], period: Period
) -> ActivityBudget:
    rows = [LineBudget(line, line_warnings(line, period)) for line in lines]
    return ActivityBudget(number, activity, rows, Amounts.of(lines))


def line_warnings(line: BudgetLine, period: Period) -> list[str]:
    """What a line says that cannot quite be so, or is unusual."""
    found = []
    if line.spent > line.disbursed:
        found.append(gettext("More is spent than was disbursed."))
    if line.disbursed > line.allocated:
        found.append(gettext("More is disbursed than was allocated."))
    if line.allocated > line.planned:
        found.append(gettext("More is allocated than was planned."))
    if line.source == BudgetSource.UNKNOWN and line.allocated:
        found.append(gettext("Money is allocated, but its source is not named."))
    if year_refusal(line.fiscal_year, period):
        found.append(gettext("The year lies outside the plan's period."))
    return found
