"""The priority issues of a plan with the activities that answer them; without one: no action yet (F60).
And what workshops found that could become one."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from plans.models import LocalActionPlan
from plans.reports.matrix import PlanMatrix
from workshops.models import ConflictIssue, Workshop


@dataclass(frozen=True)
class IssueRow:
    """One issue. `answers` pairs the numbers and codes of the activities, in the plan's order."""

    number: int
    code: str
    text: str
    affected: str
    answers: list[tuple[str, str]] = field(default_factory=list)


def issue_rows(matrix: PlanMatrix) -> list[IssueRow]:
    """One query, however many issues and activities there are."""
    places = {row.activity.pk: place for place, row in enumerate(matrix.activities)}
    found: dict[str, tuple[str, str, list[int]]] = {}
    rows = matrix.plan.issues.order_by("order", "pk")
    for code, text, affected, activity in rows.values_list("code", "text", "affected", "activities"):
        answers = found.setdefault(code, (text, affected, []))[2]
        if activity in places:
            answers.append(places[activity])
    return [
        IssueRow(
            number=number,
            code=code,
            text=text,
            affected=affected,
            answers=[
                (matrix.activities[place].number, matrix.activities[place].activity.code)
                for place in sorted(answers)
            ],
        )
        for number, (code, (text, affected, answers)) in enumerate(found.items(), start=1)
    ]


def found_issues(plan: LocalActionPlan, user: Any) -> Any:
    """What conflict analyses found: at the workshop that the committee comes from, and at those in the
    plan's locality that `user` may see. The committee may know these, as it may know the votes
    (reports.matrix.voted_items)."""
    here = Q(pk__in=Workshop.objects.visible_to(user).filter(locality=plan.locality_id).values("pk"))
    workshops = Workshop.objects.filter(here | Q(committees=plan.committee_id)).values("pk")
    found = ConflictIssue.objects.filter(workshop__in=workshops).select_related("workshop")
    return found.order_by("-workshop__starts_on", "workshop", "order", "pk")
