"""What of the plans that somebody writes a decision may point to, found by words."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.text import Truncator
from django.utils.translation import gettext

from committees.models import Committee, Decision
from plans.models import Activity, LocalActionPlan, Objective, PlanDecision

MOST = 20  # of each kind: who looks for more types a word more


@dataclass(frozen=True)
class PlanPart:
    """A plan, an objective or an activity to choose."""

    code: str
    kind: str
    text: str
    plan: LocalActionPlan
    objective: Objective | None = None
    activity: Activity | None = None

    @classmethod
    def of(cls, row: LocalActionPlan | Objective | Activity) -> Self:
        if isinstance(row, LocalActionPlan):
            return cls(row.code, gettext("The whole plan"), row.title, row)
        text = Truncator(row.text).chars(200)
        if isinstance(row, Objective):
            return cls(row.code, gettext("Objective"), text, row.plan, objective=row)
        return cls(row.code, gettext("Activity"), text, row.objective.plan, activity=row)


def plans_written_by(user: Any) -> Any:
    """Those of the committees that gave the account access: both of their roles write plans."""
    return LocalActionPlan.objects.visible_to(user).filter(
        committee__in=Committee.objects.giving_access_to(user)
    )


def parts_to_choose(user: Any, decision: Decision, words: str) -> list[PlanPart]:
    """Plans, objectives and activities with these words, without those that the decision points to.
    Four queries."""
    plans = plans_written_by(user).select_related("locality")
    objectives = Objective.objects.filter(plan__in=plans).select_related("plan")
    activities = Activity.objects.filter(objective__plan__in=plans).select_related("objective__plan")
    if words:
        plans = plans.filter(title__icontains=words)
        objectives = objectives.filter(text__icontains=words)
        activities = activities.filter(text__icontains=words)
    linked = set(PlanDecision.objects.filter(decision=decision).values_list("plan", "objective", "activity"))
    found = [
        *plans.order_by("-pk")[:MOST],
        *objectives.order_by("plan", "order", "pk")[:MOST],
        *activities.order_by("objective__plan", "objective__order", "order", "pk")[:MOST],
    ]
    parts = [PlanPart.of(row) for row in found]
    return [part for part in parts if _key(part) not in linked]


def part_named(user: Any, code: str) -> PlanPart | None:
    """The part with that code, where the user writes its plan."""
    plans = plans_written_by(user)
    row = (
        plans.filter(code=code).first()
        or Objective.objects.filter(plan__in=plans, code=code).select_related("plan").first()
        or Activity.objects.filter(objective__plan__in=plans, code=code)
        .select_related("objective__plan")
        .first()
    )
    return PlanPart.of(row) if row else None


def _key(part: PlanPart) -> tuple[int, int | None, int | None]:
    return (
        part.plan.pk,
        part.objective.pk if part.objective else None,
        part.activity.pk if part.activity else None,
    )
