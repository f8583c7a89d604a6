"""Lines of the budget: written while the plan is drafted, followed while it is carried out."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import RowRemoved
from core.refusals import FieldRefused
from plans.models import BudgetLine, LocalActionPlan
from plans.services.holding import held, held_open, save_part
from plans.services.refusals import PlanClosed
from plans.tracking import keep_removal, keep_revision

# What an edition freezes, and what is written while the adopted plan is carried out.
PLANNING = ["source", "source_name", "fiscal_year", "planned", "is_core", "is_long_term", "is_consortium"]
PROGRESS = ["allocated", "disbursed", "spent", "note"]
AMOUNTS = ["planned", "allocated", "disbursed", "spent"]


def can_take_money(plan: LocalActionPlan) -> bool:
    """Whether lines may be changed at all: all of them in an open plan, their progress in one in force."""
    return plan.is_open or plan.is_in_force


def twin_of(line: BudgetLine) -> BudgetLine | None:
    """Another line of the same activity, source and year."""
    return (
        BudgetLine.objects.filter(
            activity=line.activity_id,
            source=line.source,
            source_name=line.source_name,
            fiscal_year=line.fiscal_year,
        )
        .exclude(pk=line.pk)
        .first()
    )


def twin_words() -> str:
    return gettext("This activity has a line of that source for that year already: change that one.")


def _refuse_twin(line: BudgetLine) -> None:
    if twin_of(line):
        raise FieldRefused("source", twin_words())


@transaction.atomic
def add_budget_line(line: BudgetLine, *, by: User) -> BudgetLine:
    """A new line. Raises PlanClosed, or FieldRefused when there is one of that source and year."""
    plan = held_open(line.plan)
    _refuse_twin(line)
    line.updated_by, line.is_demo = by, plan.is_demo
    line.save()
    keep_revision(line, by=by)
    return line


@transaction.atomic
def save_budget_line(line: BudgetLine, *, opened_version: int, by: User) -> BudgetLine:
    """Save what may be saved in the plan's state. Raises PlanClosed, FieldRefused, EditConflict or
    RowRemoved."""
    plan = held(line.plan)
    if not can_take_money(plan):
        raise PlanClosed(plan)
    if not plan.is_open:
        _keep_what_is_adopted(line)
    _refuse_twin(line)
    save_part(line, opened_version=opened_version, by=by)
    keep_revision(line, by=by)
    return line


def _keep_what_is_adopted(line: BudgetLine) -> None:
    """Whatever a form sent: what the edition froze stays as it stands."""
    stored = BudgetLine.objects.filter(pk=line.pk).first()
    if stored is None:
        raise RowRemoved
    for name in PLANNING:
        setattr(line, name, getattr(stored, name))


@transaction.atomic
def remove_budget_line(line: BudgetLine, *, by: User) -> None:
    plan = held_open(line.plan)
    record(by, "removed budget line", plan, activity=line.activity.code, line=line.code)
    keep_removal(line, by=by)
    line.delete()
