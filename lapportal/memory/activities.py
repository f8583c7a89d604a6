"""Activities of an office: how far each is, and its money."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Sum, Value, When

from lapportal.memory.coming import OVER
from lapportal.memory.reading import Reading
from people.models import Position
from plans.models import Activity, ProgressUpdate, UpdateState
from plans.papers.words import money, months

LONGEST_REPORT = 300


@dataclass(frozen=True)
class Money:
    """Of all years and sources together, each amount with its currency."""

    planned: str
    received: str
    spent: str


@dataclass(frozen=True)
class ActivityLine:
    """One activity, when it runs, its money, and what was reported last."""

    activity: Activity
    months: str
    money: Money | None
    reported: str
    period: str
    is_overdue: bool

    @property
    def is_going_on(self) -> bool:
        return self.activity.state not in OVER


def led_by(
    position: Position, *, reading: Reading, today: datetime.date, supports: bool = False
) -> list[ActivityLine]:
    """Those that the office answers for, or supports: what still goes on first, by its end."""
    seen = Activity.objects.filter(objective__plan__in=reading.plans())
    rows = seen.filter(supporting=position) if supports else seen.filter(responsible=position)
    is_over = Case(When(state__in=OVER, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = (
        rows.select_related("objective__plan__committee", "responsible__organization")
        .annotate(
            planned=Sum("budget_lines__planned"),
            received=Sum("budget_lines__disbursed"),
            spent=Sum("budget_lines__spent"),
        )
        .order_by(is_over, "ends_on", "pk")
    )
    found: list[Any] = list(rows)
    reports = last_reports(found)
    return [line_of(row, reports.get(row.pk), today=today) for row in found]


def last_reports(activities: list[Activity]) -> dict[int, ProgressUpdate]:
    """What the committee approved last of each."""
    approved = ProgressUpdate.objects.filter(activity__in=activities, state=UpdateState.APPROVED)
    rows = approved.select_related("period").order_by("period__start")
    return {row.activity_id: row for row in rows}


def line_of(row: Activity, report: ProgressUpdate | None, *, today: datetime.date) -> ActivityLine:
    start, end = (day.isoformat() if day else None for day in (row.starts_on, row.ends_on))
    return ActivityLine(
        activity=row,
        months=months(start, end),
        money=money_of(row),
        reported=report.done[:LONGEST_REPORT] if report else "",
        period=report.period.said if report else "",
        is_overdue=row.is_overdue(today),
    )


def money_of(row: Any) -> Money | None:
    """None: it costs nothing, or nothing is planned for it."""
    planned: Decimal | None = row.planned if row.planned is not None else row.cost
    if planned is None:
        return None
    received, spent = row.received or 0, row.spent or 0
    currency = row.plan.currency
    return Money(money(planned, currency), money(received, currency), money(spent, currency))
