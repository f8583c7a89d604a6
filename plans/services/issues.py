"""Priority issues: written here, taken over from a workshop, moved, taken away."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from plans.models import LocalActionPlan, PriorityIssue, Theme
from plans.services.holding import held_open, save_part
from plans.tracking import keep_removal, keep_revision
from workshops.models import ConflictIssue


@transaction.atomic
def add_issue(issue: PriorityIssue, *, themes: Iterable[Theme], by: User) -> PriorityIssue:
    """A new issue at the end of the list."""
    plan = held_open(issue.plan)
    issue.order = (plan.issues.aggregate(last=Max("order"))["last"] or 0) + 1
    issue.updated_by, issue.is_demo = by, plan.is_demo
    issue.save()
    issue.themes.set(themes)
    keep_revision(issue, by=by)
    return issue


@transaction.atomic
def save_issue(
    issue: PriorityIssue, *, themes: Iterable[Theme], opened_version: int, by: User
) -> PriorityIssue:
    """Save the issue with its themes. Raises PlanClosed, EditConflict or RowRemoved."""
    held_open(issue.plan)
    save_part(issue, opened_version=opened_version, by=by)
    issue.themes.set(themes)
    keep_revision(issue, by=by)
    return issue


@transaction.atomic
def take_over_issues(
    plan: LocalActionPlan, found: Iterable[ConflictIssue], *, by: User
) -> list[PriorityIssue]:
    """An issue from each that the workshop found: its text to be edited, its origin kept. Each once."""
    held_open(plan)
    there = set(plan.issues.exclude(found_as=None).values_list("found_as", flat=True))
    themes = {theme.code: theme for theme in Theme.objects.in_use()}
    return [
        add_issue(
            PriorityIssue(plan=plan, text=each.description, affected=each.affected, found_as=each),
            themes=[themes[each.theme]] if each.theme in themes else [],
            by=by,
        )
        for each in found
        if each.pk not in there
    ]


@transaction.atomic
def move_issue(issue: PriorityIssue, *, up: bool, by: User) -> None:
    """One place up or down. The first cannot go up, the last not down: nothing happens."""
    plan = held_open(issue.plan)
    rows = list(plan.issues.order_by("order", "pk"))
    place = rows.index(issue)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    PriorityIssue.objects.bulk_update(rows, ["order"])
    record(by, "moved issue", plan, issue=issue.code)


@transaction.atomic
def remove_issue(issue: PriorityIssue, *, by: User) -> None:
    """Take the issue away. The activities that answered it stay."""
    plan = held_open(issue.plan)
    record(by, "removed issue", plan, issue=issue.code, activities=issue.activities.count())
    keep_removal(issue, by=by)
    issue.delete()
