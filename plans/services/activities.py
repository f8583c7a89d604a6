"""Activities with their lists and their first indicator: made, saved, moved, taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from plans.models import (
    Activity,
    Indicator,
    IndicatorKind,
    LocalActionPlan,
    Objective,
    PriorityIssue,
    ProgressUpdate,
    Theme,
)
from plans.services.holding import held_open, position_typed, save_part, touch
from plans.services.removing import not_reported
from plans.smart import is_percentage
from plans.tracking import keep_removal, keep_revision


@dataclass(frozen=True)
class TypedPosition:
    """A position as it is typed: its title and its organisation."""

    title: str
    organization: str = ""


@dataclass(frozen=True)
class ActivityDetails:
    """What an activity's form holds beside the activity's own fields, as typed."""

    position_title: str = ""
    organization: str = ""
    supporting: Iterable[TypedPosition] = ()
    themes: Iterable[Theme] = ()
    issues: Iterable[PriorityIssue] = ()
    indicator_text: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None


@transaction.atomic
def add_activity(activity: Activity, details: ActivityDetails, *, by: User) -> Activity:
    """A new activity at the end of its objective, with its indicator."""
    plan = held_open(activity.objective.plan)
    activity.order = next_order(activity.objective)
    activity.responsible = position_typed(plan, details.position_title, details.organization)
    activity.updated_by, activity.is_demo = by, plan.is_demo
    activity.save()
    _write_lists(activity, details, plan=plan)
    _add_first_indicator(activity, details, by=by)
    keep_revision(activity, by=by)
    return activity


@transaction.atomic
def save_activity(activity: Activity, details: ActivityDetails, *, opened_version: int, by: User) -> Activity:
    """Save the activity and its lists, together, and an indicator that was typed with it. Those that it
    has are changed by their own forms. Raises PlanClosed or EditConflict."""
    plan = held_open(activity.objective.plan)
    activity.responsible = position_typed(
        plan, details.position_title, details.organization, kept=[activity.responsible]
    )
    save_part(activity, opened_version=opened_version, by=by)
    _write_lists(activity, details, plan=plan)
    _add_first_indicator(activity, details, by=by)
    keep_revision(activity, by=by)
    return activity


def next_order(objective: Objective) -> int:
    """The place after the last activity of the objective."""
    return (objective.activities.aggregate(last=Max("order"))["last"] or 0) + 1


def _write_lists(activity: Activity, details: ActivityDetails, *, plan: LocalActionPlan) -> None:
    kept = list(activity.supporting.select_related("organization"))
    typed = [position_typed(plan, each.title, each.organization, kept=kept) for each in details.supporting]
    activity.supporting.set([position for position in typed if position is not None])
    activity.themes.set(details.themes)
    activity.issues.set(details.issues)


def _add_first_indicator(activity: Activity, details: ActivityDetails, *, by: User) -> None:
    if not details.indicator_text:
        return
    indicator = Indicator.objects.create(
        activity=activity,
        text=details.indicator_text,
        kind=IndicatorKind.PERCENT if is_percentage(details.unit) else IndicatorKind.NUMBER,
        unit=details.unit,
        baseline=details.baseline,
        target=details.target,
        updated_by=by,
        is_demo=activity.is_demo,
    )
    keep_revision(indicator, by=by)


@transaction.atomic
def move_activity(activity: Activity, *, up: bool, by: User) -> None:
    """One place up or down among those of its objective. The first cannot go up, the last not down:
    nothing happens."""
    plan = held_open(activity.objective.plan)
    rows = list(Activity.objects.filter(objective=activity.objective_id).order_by("order", "pk"))
    place = rows.index(activity)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    Activity.objects.bulk_update(rows, ["order"])
    record(by, "moved activity", plan, activity=activity.code)


@transaction.atomic
def move_to_objective(activity: Activity, *, objective: Objective, by: User) -> Activity:
    """To the end of another objective of the same plan. Whoever has its form open is told of it."""
    plan = held_open(activity.objective.plan)
    if objective.plan_id != plan.pk:
        raise ValueError("an activity stays in its plan")
    if objective.pk == activity.objective_id:
        return activity
    was = activity.objective
    Activity.objects.filter(pk=activity.pk).update(objective=objective, order=next_order(objective))
    activity.refresh_from_db()
    touch(activity, by=by)
    keep_revision(activity, by=by)
    record(by, "moved activity", plan, activity=activity.code, was=was.code, now=objective.code)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    """It goes with its indicators and budget lines; the history keeps what they said. Raises Reported."""
    plan = held_open(activity.objective.plan)
    not_reported(ProgressUpdate.objects.filter(activity=activity))
    record(by, "removed activity", plan, activity=activity.code)
    keep_removal(activity, by=by)
    activity.delete()
