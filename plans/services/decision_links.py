"""A decision of a committee that concerns a plan, an objective or an activity of it."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from committees.models import Decision
from core.refusals import FieldRefused
from plans.models import Activity, LocalActionPlan, Objective, PlanDecision


@transaction.atomic
def link_decision(
    decision: Decision,
    *,
    plan: LocalActionPlan,
    objective: Objective | None = None,
    activity: Activity | None = None,
    by: User,
) -> PlanDecision:
    """Point from the decision at that part. Twice the same is refused here: to a database two rows without
    an activity differ, and the constraint alone would let them through. So the decision is held meanwhile."""
    Decision.objects.select_for_update(of=["self"]).get(pk=decision.pk)
    found = PlanDecision.objects.filter(decision=decision, plan=plan, objective=objective, activity=activity)
    if found.exists():
        raise FieldRefused("part", gettext("The decision points to this part already."))
    link = PlanDecision.objects.create(
        decision=decision, plan=plan, objective=objective, activity=activity, is_demo=decision.is_demo
    )
    record(by, "linked decision to plan", decision, plan=plan.code, part=code_of(link))
    return link


@transaction.atomic
def unlink_decision(link: PlanDecision, *, by: User) -> None:
    """The decision stays, and the plan; only the pointer goes."""
    record(by, "unlinked decision from plan", link.decision, plan=link.plan.code, part=code_of(link))
    link.delete()


def code_of(link: PlanDecision) -> str:
    """The code of the part that a link points to."""
    return (link.activity or link.objective or link.plan).code
