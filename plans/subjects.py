"""The parts of a plan that are written, commented on and remembered one by one, and how to find them."""

from typing import Any

from django.db import models
from django.urls import reverse

from plans.models import (
    Activity,
    BudgetLine,
    Indicator,
    LocalActionPlan,
    Objective,
    PlanSection,
    PriorityIssue,
    Subject,
)

MODELS: dict[Subject, type[models.Model]] = {
    Subject.PLAN: LocalActionPlan,
    Subject.SECTION: PlanSection,
    Subject.ISSUE: PriorityIssue,
    Subject.OBJECTIVE: Objective,
    Subject.ACTIVITY: Activity,
    Subject.INDICATOR: Indicator,
    Subject.BUDGET_LINE: BudgetLine,
}

# From the row to its plan, as a lookup.
TO_PLAN: dict[Subject, str] = {
    Subject.PLAN: "pk",
    Subject.SECTION: "plan",
    Subject.ISSUE: "plan",
    Subject.OBJECTIVE: "plan",
    Subject.ACTIVITY: "objective__plan",
    Subject.INDICATOR: "activity__objective__plan",
    Subject.BUDGET_LINE: "activity__objective__plan",
}

EDIT_PAGES: dict[Subject, str] = {
    Subject.SECTION: "plan_section_edit",
    Subject.ISSUE: "issue_edit",
    Subject.OBJECTIVE: "objective_edit",
    Subject.ACTIVITY: "activity_edit",
    Subject.INDICATOR: "indicator_edit",
    Subject.BUDGET_LINE: "budget_line_edit",
}


def subject_kind(row: Any) -> Subject:
    """Which kind of part `row` is. Raises KeyError for what is no part of a plan."""
    return {model: kind for kind, model in MODELS.items()}[type(row)]


def rows_of(plan: LocalActionPlan, kind: Subject | str) -> models.QuerySet[Any]:
    """The plan's parts of that kind."""
    kind = Subject(kind)
    return MODELS[kind]._default_manager.filter(**{TO_PLAN[kind]: plan.pk})


def subject_of(plan: LocalActionPlan, kind: Subject | str, code: str) -> Any | None:
    """The plan's part with that code; None when there is none, or no such kind."""
    if kind not in Subject.values:
        return None
    return rows_of(plan, kind).filter(code=code).first()


def edit_url(plan: LocalActionPlan, kind: Subject | str, code: str) -> str:
    """The form of a part: for a link that leads to where one can change it."""
    if kind == Subject.PLAN:
        return reverse("plan_edit", args=[plan.code])
    return reverse(EDIT_PAGES[Subject(kind)], args=[plan.code, code])


def subject_name(kind: Subject | str, row: Any | None) -> str:
    """What a part is called in a list: its kind, and the beginning of its text."""
    label = str(Subject(kind).label)
    if row is None or kind == Subject.PLAN:
        return label
    return str(row) if kind == Subject.SECTION else f"{label}: {row}"
