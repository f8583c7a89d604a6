"""A country's planning calendar: the steps in order, and a band of twelve months."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from guidelines.blocks.planning import entry_points_by_month
from guidelines.models import PlanningStep
from guidelines.months import MONTHS_OF_YEAR, month_name, months_of, period_name
from localities.models import Country

MONTH_WIDTH, LINE_HEIGHT = 50, 26  # of the drawing


@dataclass(frozen=True)
class Stripe:
    """One unbroken stretch of months of a step; a step over the end of the year has two."""

    x: int
    width: int
    y: int


@dataclass(frozen=True)
class CalendarStep:
    step: PlanningStep
    number: int
    months: str
    is_now: bool
    stripes: list[Stripe]
    label_y: int


@dataclass(frozen=True)
class MonthHead:
    name: str
    short: str
    x: int
    middle: int
    is_now: bool
    entry_points: int


@dataclass(frozen=True)
class Calendar:
    """`words` says in a sentence what the drawing shows."""

    steps: list[CalendarStep]
    months: list[MonthHead]
    height: int

    @classmethod
    def from_country(cls, country: Country, *, today: datetime.date) -> Self:
        rows = list(country.planning_steps.all())
        entered = entry_points_by_month(country, today=today)
        months = [
            MonthHead(
                name=month_name(month),
                short=month_name(month)[:3],
                x=(month - 1) * MONTH_WIDTH,
                middle=(month - 1) * MONTH_WIDTH + MONTH_WIDTH // 2,
                is_now=month == today.month,
                entry_points=entered.get(month, 0),
            )
            for month in MONTHS_OF_YEAR
        ]
        steps = [_step(row, number, today) for number, row in enumerate(rows, start=1)]
        return cls(steps, months, LINE_HEIGHT * (len(steps) + 1) + 4)

    @property
    def words(self) -> str:
        return "; ".join(
            _("%(number)s. %(months)s: %(step)s")
            % {"number": each.number, "months": each.months, "step": each.step.step}
            for each in self.steps
        )

    @property
    def one_source(self) -> PlanningStep | None:
        """A step with the source of all of them, where they have the same: it is said once then."""
        first = self.steps[0].step if self.steps else None
        same = first and {(each.step.source, each.step.as_of) for each in self.steps}
        return first if same and len(same) == 1 else None

    @property
    def now(self) -> list[CalendarStep]:
        """What is under way this month."""
        return [each for each in self.steps if each.is_now]

    @property
    def entry_months(self) -> list[MonthHead]:
        return [month for month in self.months if month.entry_points]


def _step(row: PlanningStep, number: int, today: datetime.date) -> CalendarStep:
    months = months_of(row.from_month, row.to_month)
    y = LINE_HEIGHT * number + 4
    return CalendarStep(
        step=row,
        number=number,
        months=period_name(row.from_month, row.to_month),
        is_now=today.month in months,
        stripes=_stripes(months, y),
        label_y=y + 14,
    )


def _stripes(months: list[int], y: int) -> list[Stripe]:
    stretches: list[list[int]] = []
    for month in months:
        if stretches and stretches[-1][-1] == month - 1:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return [Stripe((s[0] - 1) * MONTH_WIDTH + 2, len(s) * MONTH_WIDTH - 4, y) for s in stretches]
