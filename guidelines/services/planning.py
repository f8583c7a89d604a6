"""Steps of a country's planning calendar."""

from django.db import transaction

from accounts.models import User, record
from core.conflicts import EditConflict, save_unless_changed
from guidelines.models import PlanningStep

REMOVED = "removed planning step"  # asked by load_planning: what was removed stays away


@transaction.atomic
def add_step(step: PlanningStep, *, by: User) -> PlanningStep:
    step.updated_by = by
    step.save()
    record(by, "added planning step", step, country=step.country.code)
    return step


@transaction.atomic
def save_step(step: PlanningStep, *, opened_version: int, by: User) -> PlanningStep:
    """Raises EditConflict when somebody saved it meanwhile."""
    save_unless_changed(step, opened_version=opened_version, by=by)
    record(by, "changed planning step", step, country=step.country.code)
    return step


@transaction.atomic
def remove_step(step: PlanningStep, *, opened_version: int, by: User) -> None:
    """Raises EditConflict when somebody changed it since the page was opened."""
    rows = PlanningStep.objects.select_for_update(of=("self",)).select_related("updated_by")
    current = rows.filter(pk=step.pk).first()
    if current is None:
        return  # somebody else was faster
    if current.row_version != opened_version:
        raise EditConflict(current)
    record(by, REMOVED, step, country=step.country.code)
    current.delete()
