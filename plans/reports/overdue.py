"""Quarters of plans whose updates are due and did not come: for reminders and for the first page."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from plans.lights import FINISHED, is_expected
from plans.models import (
    Activity,
    LocalActionPlan,
    PlanMove,
    ProgressUpdate,
    ReportingPeriod,
    UpdateState,
)
from plans.states import PlanState

# Nobody has to write the update any more: it was sent in.
CAME = frozenset({UpdateState.SUBMITTED, UpdateState.APPROVED})
NO_TIME = datetime.timedelta(0)


def with_implementation(periods: QuerySet[ReportingPeriod]) -> QuerySet[Any]:
    """With `implemented_on`, the day on which the plan went into implementation (None: not recorded)."""
    moves = PlanMove.objects.filter(plan=OuterRef("plan"), now=PlanState.IN_IMPLEMENTATION)
    return periods.annotate(implemented_on=Subquery(moves.order_by("on").values("on")[:1]))


def is_awaited(period: Any) -> bool:
    """Whether updates are expected in a quarter at all: not when it was over before the plan went into
    implementation. The period comes from `with_implementation`."""
    return period.implemented_on is None or period.implemented_on <= period.end


def finished_on(
    activity: Activity, periods: Iterable[ReportingPeriod], approved: dict[int, str]
) -> datetime.date | None:
    """A day in the quarter in which the activity was done or dropped; None while it goes on.
    `approved` holds the state in each quarter, by its key, whose update is approved."""
    if activity.state not in FINISHED:
        return None
    for period in periods:
        if approved.get(period.pk) in FINISHED:
            return period.start
    return activity.state_since or datetime.date.min


@dataclass(frozen=True)
class OverdueQuarter:
    """A quarter of a plan that is due and can still be written, and the activities without an update."""

    plan: LocalActionPlan
    period: ReportingPeriod
    missing: list[Activity]  # with what the rules here read, and who reports


def overdue(
    plans: QuerySet[LocalActionPlan], *, today: datetime.date, within: datetime.timedelta = NO_TIME
) -> list[OverdueQuarter]:
    """The quarters of `plans` that are due today or were before (or will be `within` some days), open, and
    not complete. Four queries."""
    found = {plan.pk: plan for plan in plans}
    periods: dict[int, list[Any]] = {}
    begun = ReportingPeriod.objects.filter(plan__in=found, start__lte=today)  # no other has an update
    for period in with_implementation(begun).order_by("start"):
        periods.setdefault(period.plan_id, []).append(period)
    activities: dict[int, list[Activity]] = {}
    of_plans = Activity.objects.filter(objective__plan__in=found).annotate(plan_key=F("objective__plan"))
    for activity in of_plans.only("state", "state_since", "starts_on", "reporter"):
        activities.setdefault(activity.plan_key, []).append(activity)
    came, approved = _updates(found)
    quarters = []
    for key, plan in found.items():
        for period in periods.get(key, []):
            if not (period.due_on <= today + within and period.is_open(today) and is_awaited(period)):
                continue
            missing = [
                each
                for each in activities.get(key, [])
                if (period.pk, each.pk) not in came
                and _expects(each, period, periods[key], approved.get(each.pk, {}))
            ]
            if missing:
                quarters.append(OverdueQuarter(plan, period, missing))
    return quarters


def _updates(plans: Iterable[int]) -> tuple[set[tuple[int, int]], dict[int, dict[int, str]]]:
    """Which updates came (period, activity), and the states that are approved by activity and period."""
    came, approved = set(), {}  # type: ignore[var-annotated]
    rows = ProgressUpdate.objects.filter(period__plan__in=list(plans), state__in=CAME)
    for period, activity, state, said in rows.values_list(
        "period_id", "activity_id", "state", "activity_state"
    ):
        came.add((period, activity))
        if state == UpdateState.APPROVED:
            approved.setdefault(activity, {})[period] = said
    return came, approved


def _expects(
    activity: Activity, period: ReportingPeriod, periods: list[Any], approved: dict[int, str]
) -> bool:
    end = finished_on(activity, periods, approved)
    return is_expected(activity, start=period.start, end=period.end, finished_on=end)
