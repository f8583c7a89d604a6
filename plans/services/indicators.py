"""Indicators of an activity, each saved and remembered on its own."""

from django.db import transaction

from accounts.models import User, record
from plans.models import Indicator
from plans.services.activities import TypedPosition
from plans.services.holding import held_open, position_typed, save_part
from plans.services.removing import not_measured
from plans.tracking import keep_removal, keep_revision


@transaction.atomic
def add_indicator(indicator: Indicator, *, collected_by: TypedPosition, by: User) -> Indicator:
    """A new indicator after those that the activity has. Raises PlanClosed."""
    plan = held_open(indicator.plan)
    indicator.responsible = position_typed(plan, collected_by.title, collected_by.organization)
    indicator.updated_by, indicator.is_demo = by, plan.is_demo
    indicator.save()
    keep_revision(indicator, by=by)
    return indicator


@transaction.atomic
def save_indicator(
    indicator: Indicator, *, collected_by: TypedPosition, opened_version: int, by: User
) -> Indicator:
    """Raises PlanClosed or EditConflict."""
    plan = held_open(indicator.plan)
    indicator.responsible = position_typed(
        plan, collected_by.title, collected_by.organization, kept=[indicator.responsible]
    )
    save_part(indicator, opened_version=opened_version, by=by)
    keep_revision(indicator, by=by)
    return indicator


@transaction.atomic
def remove_indicator(indicator: Indicator, *, by: User) -> None:
    """The history keeps what it said. Raises Reported."""
    plan = held_open(indicator.plan)
    not_measured(indicator.recorded_values.all())
    record(by, "removed indicator", plan, indicator=indicator.code)
    keep_removal(indicator, by=by)
    indicator.delete()
