"""Who may do what with a plan: its committee's accounts. A coordinator reads, never overwrites (F47)."""

from accounts.models import User
from committees.models import Committee
from committees.rules import can_decide_plans_of, can_write_plans_of
from plans.models import LocalActionPlan


def can_start_plan(user: User, committee: Committee) -> bool:
    return can_write_plans_of(user, committee)


def can_write_plan(user: User, plan: LocalActionPlan) -> bool:
    """Whether the user writes for this committee; a closed plan says so in words instead."""
    return can_write_plans_of(user, plan.committee)


def can_decide_plan(user: User, plan: LocalActionPlan) -> bool:
    return can_decide_plans_of(user, plan.committee)
