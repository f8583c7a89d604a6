"""What positions promised at a workshop becomes what the plan will do (F10)."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User, record
from frameworks.pillars import Pillar
from plans.models import Activity, LocalActionPlan, Objective
from plans.services.activities import next_order
from plans.services.holding import held_open
from plans.services.objectives import add_objective
from plans.smart import Period
from plans.tracking import keep_revision
from workshops.models import Commitment


@transaction.atomic
def make_activities(
    plan: LocalActionPlan, commitments: Iterable[Commitment], *, objective: Objective | None, by: User
) -> list[Activity]:
    """An activity from each commitment: its text, its position, its day where the plan's period holds
    it, and the link back. Without an objective each commitment becomes one of its own. What the plan
    has taken over already is left out."""
    held_open(plan)
    taken = set(Activity.objects.filter(objective__plan=plan).values_list("commitment", flat=True))
    made = []
    for commitment in commitments:
        if commitment.pk in taken:
            continue
        under = objective or _objective_from(plan, commitment, by=by)
        made.append(_activity_from(commitment, under, by=by))
    return made


def _objective_from(plan: LocalActionPlan, commitment: Commitment, *, by: User) -> Objective:
    pillar = commitment.pillar or Pillar.SUPPORT
    return add_objective(Objective(plan=plan, text=commitment.text, pillar=pillar), provisions=[], by=by)


def _activity_from(commitment: Commitment, objective: Objective, *, by: User) -> Activity:
    plan = objective.plan
    in_period = Period(plan.period_start, plan.period_end).holds(commitment.due_on)
    activity = Activity.objects.create(
        objective=objective,
        order=next_order(objective),
        text=commitment.text,
        responsible=commitment.owner,
        ends_on=commitment.due_on if in_period else None,
        commitment=commitment,
        updated_by=by,
        is_demo=plan.is_demo,
    )
    keep_revision(activity, by=by)
    record(by, "made activity from commitment", activity, commitment=commitment.code, plan=plan.code)
    return activity
