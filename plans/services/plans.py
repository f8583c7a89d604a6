"""Starting a plan and writing its own texts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from accounts.models import User, record
from plans.models import Activity, LocalActionPlan, PlanSection, SectionKind
from plans.services.holding import held_open, position_typed, save_part
from plans.tracking import keep_revision


@dataclass(frozen=True)
class ForewordBy:
    """The position that signs the foreword, as typed; without a title nobody signs."""

    position_title: str = ""
    organization: str = ""


@transaction.atomic
def start_plan(plan: LocalActionPlan, *, by: User, foreword_by: ForewordBy | None = None) -> LocalActionPlan:
    """Save a new plan of its committee's locality, in the country's currency, with its empty sections."""
    plan.locality = plan.committee.locality
    plan.currency = plan.locality.country.currency
    plan.updated_by, plan.is_demo = by, plan.committee.is_demo
    if foreword_by is not None:
        plan.foreword_by = position_typed(plan, foreword_by.position_title, foreword_by.organization)
    plan.save()
    create_sections(plan)
    keep_revision(plan, by=by)
    record(by, "started plan", plan, committee=plan.committee.code)
    return plan


def create_sections(plan: LocalActionPlan, kinds: Iterable[SectionKind] = tuple(SectionKind)) -> None:
    """One empty section of each kind, where there is none."""
    PlanSection.objects.bulk_create(
        [PlanSection(plan=plan, kind=kind, is_demo=plan.is_demo) for kind in kinds], ignore_conflicts=True
    )


@transaction.atomic
def save_plan(
    plan: LocalActionPlan, *, opened_version: int, by: User, foreword_by: ForewordBy | None = None
) -> LocalActionPlan:
    """Save the plan's title, period and frame. Raises PlanClosed or EditConflict."""
    held_open(plan)
    if foreword_by is not None:
        plan.foreword_by = position_typed(plan, foreword_by.position_title, foreword_by.organization)
    save_part(plan, opened_version=opened_version, by=by)
    keep_revision(plan, by=by)
    return plan


def activities_outside(plan: LocalActionPlan) -> int:
    """How many activities begin before the plan does or end after it."""
    first, last = plan.period_start, plan.period_end
    outside = Q(starts_on__lt=first) | Q(starts_on__gt=last) | Q(ends_on__lt=first) | Q(ends_on__gt=last)
    return Activity.objects.filter(outside, objective__plan=plan).count()


@transaction.atomic
def save_section(section: PlanSection, *, opened_version: int, by: User) -> PlanSection:
    """Save one section's text. Raises PlanClosed or EditConflict."""
    held_open(section.plan)
    save_part(section, opened_version=opened_version, by=by)
    keep_revision(section, by=by)
    return section
