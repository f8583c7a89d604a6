"""Objectives: started from provisions, written here, moved, taken away."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from frameworks.models import Provision
from frameworks.pillars import Pillar
from plans.models import Alignment, LocalActionPlan, Objective, ProgressUpdate
from plans.services.holding import held_open, save_part
from plans.services.removing import not_reported
from plans.tracking import keep_removal, keep_revision


@transaction.atomic
def start_objectives(plan: LocalActionPlan, provisions: Iterable[Provision], *, by: User) -> list[Objective]:
    """An objective from each provision: its text to be edited, its origin kept (F24). Each only once."""
    held_open(plan)
    used = set(plan.objectives.exclude(started_from=None).values_list("started_from", flat=True))
    return [
        add_objective(
            Objective(
                plan=plan,
                text=provision.text_in(plan.language),
                pillar=provision.pillars[0] if provision.pillars else Pillar.SUPPORT,
                started_from=provision,
            ),
            provisions=[provision],
            by=by,
        )
        for provision in provisions
        if provision.pk not in used
    ]


@transaction.atomic
def add_objective(objective: Objective, *, provisions: Iterable[Provision], by: User) -> Objective:
    """A new objective at the end of its plan."""
    plan = held_open(objective.plan)
    objective.order = (plan.objectives.aggregate(last=Max("order"))["last"] or 0) + 1
    objective.updated_by, objective.is_demo = by, plan.is_demo
    objective.save()
    _align(objective, provisions, by=by)
    keep_revision(objective, by=by)
    return objective


@transaction.atomic
def save_objective(
    objective: Objective, *, provisions: Iterable[Provision], opened_version: int, by: User
) -> Objective:
    """Save the text and what it serves, together. Raises PlanClosed or EditConflict.

    What is ticked already keeps its strength, justification and review."""
    held_open(objective.plan)
    save_part(objective, opened_version=opened_version, by=by)
    wanted = {provision.pk: provision for provision in provisions}
    stated = set(objective.alignments.values_list("provision", flat=True))
    objective.alignments.exclude(provision__in=wanted).delete()
    _align(objective, [each for key, each in wanted.items() if key not in stated], by=by)
    keep_revision(objective, by=by)
    return objective


def _align(objective: Objective, provisions: Iterable[Provision], *, by: User) -> None:
    Alignment.objects.bulk_create(
        Alignment(objective=objective, provision=provision, stated_by=by, is_demo=objective.is_demo)
        for provision in provisions
    )


@transaction.atomic
def move_objective(objective: Objective, *, up: bool, by: User) -> None:
    """One place up or down. The first cannot go up, the last not down: nothing happens."""
    plan = held_open(objective.plan)
    rows = list(plan.objectives.order_by("order", "pk"))
    place = rows.index(objective)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    Objective.objects.bulk_update(rows, ["order"])
    record(by, "moved objective", plan, objective=objective.code)


@transaction.atomic
def remove_objective(objective: Objective, *, by: User) -> None:
    """Take the objective away with its activities. Raises Reported."""
    plan = held_open(objective.plan)
    not_reported(ProgressUpdate.objects.filter(activity__objective=objective))
    activities = objective.activities.count()
    record(by, "removed objective", plan, objective=objective.code, activities=activities)
    keep_removal(objective, by=by)
    objective.delete()
