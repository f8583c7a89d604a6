"""Who may do what with a plan: its committee's accounts. A coordinator reads, never overwrites (F47)."""

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee
from committees.rules import can_decide_plans_of, can_keep_committee, can_write_plans_of
from localities.models import Locality
from plans.models import LocalActionPlan, ProgressUpdate


def can_start_plan(user: User, committee: Committee) -> bool:
    return can_write_plans_of(user, committee)


def can_write_plan(user: User, plan: LocalActionPlan) -> bool:
    """Whether the user writes for this committee; a closed plan says so in words instead."""
    return can_write_plans_of(user, plan.committee)


def can_write_some_plan(user: User) -> bool:
    """Works for any committee: whether a decision may be pointed at a part of a plan at all."""
    return Committee.objects.giving_access_to(user).exists()


def can_comment_plan(user: User, plan: LocalActionPlan) -> bool:
    """The committee's accounts, and whoever accompanies it: they say, they do not overwrite (F47)."""
    return can_accompany_plan(user, plan) or can_write_plan(user, plan)


def can_accompany_plan(user: User, plan: LocalActionPlan) -> bool:
    """Comments on it without belonging to its committee: national staff and facilitators of the place."""
    return user.scope.covers(Capability.COMMENT_PLANS, plan.locality)


def can_review_alignment(user: User, plan: LocalActionPlan) -> bool:
    """Whoever accompanies the plan, and its secretary; never one's own statement (services.alignments)."""
    return can_accompany_plan(user, plan) or can_decide_plan(user, plan)


def can_keep_instruments(user: User, locality: Locality) -> bool:
    """Record by-laws and integration there: who accompanies the place, and the accounts of its committees."""
    if user.scope.covers(Capability.KEEP_INSTRUMENTS, locality):
        return True
    return Committee.objects.giving_access_to(user).filter(locality=locality).exists()


def can_keep_themes(user: User) -> bool:
    """The list of themes is one for all countries: whoever keeps frameworks anywhere may add to it."""
    return user.scope.anywhere(Capability.KEEP_FRAMEWORKS)


def can_write_and_decide_plan(user: User, plan: LocalActionPlan) -> tuple[bool, bool]:
    """Both answers, for pages that need them, at one asking."""
    access = plan.committee.access.filter(user=user).first()
    if access is None:
        return False, False
    return access.allows(Capability.WRITE_PLANS), access.allows(Capability.DECIDE_PLANS)


def can_decide_plan(user: User, plan: LocalActionPlan) -> bool:
    return can_decide_plans_of(user, plan.committee)


def can_report_progress(user: User, plan: LocalActionPlan) -> bool:
    """The committee's accounts. Whoever accompanies the plan reads what they report (F47)."""
    return can_write_plan(user, plan)


def can_decide_update(user: User, update: ProgressUpdate) -> bool:
    """The secretary; two people look at an update, unless the committee has a single open account."""
    access = update.period.plan.committee.access.filter(user__is_active=True)
    is_other = update.submitted_by_id != user.pk or access.count() == 1
    return is_other and can_decide_plan(user, update.period.plan)


def can_keep_assessments(user: User, committee: Committee) -> bool:
    """Begin, close and reopen scorecards of offices (F38): who keeps the committee's papers."""
    return can_keep_committee(user, committee)
