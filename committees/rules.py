"""Who may do what with a committee. Its papers belong to the accounts it gave access to (F47)."""

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee, CommitteeAccess


def can_set_up_committees(user: User) -> bool:
    """Anywhere at all: whether the list offers a new one."""
    return user.scope.anywhere(Capability.SET_UP_COMMITTEES)


def can_edit_committee(user: User, committee: Committee) -> bool:
    return user.scope.covers(Capability.SET_UP_COMMITTEES, committee.locality)


def can_edit_seats(user: User, committee: Committee) -> bool:
    return user.scope.covers(Capability.SET_UP_COMMITTEES, committee.locality)


def can_give_committee_access(user: User, committee: Committee) -> bool:
    return user.scope.covers(Capability.GIVE_ACCESS, committee.locality)


def can_write_plans_of(user: User, committee: Committee) -> bool:
    return has_access(user, committee, Capability.WRITE_PLANS)


def can_decide_plans_of(user: User, committee: Committee) -> bool:
    return has_access(user, committee, Capability.DECIDE_PLANS)


def can_keep_committee(user: User, committee: Committee) -> bool:
    """Meetings, minutes, decisions, appointments: the committee's secretary, and who accompanies the place
    (many committees have no account yet, and somebody types in their paper)."""
    if user.scope.covers(Capability.KEEP_COMMITTEES, committee.locality):
        return True
    return has_access(user, committee, Capability.KEEP_COMMITTEES)


def can_read_drafts_of(user: User, committee: Committee) -> bool:
    """Draft minutes, meeting places and comments: who works for the committee or keeps its papers."""
    return can_keep_committee(user, committee) or access_of(user, committee) is not None


def can_activate_committee(user: User, committee: Committee) -> bool:
    """Establish, activate, dissolve, reopen: who may set up committees in the place."""
    return can_edit_committee(user, committee)


def has_access(user: User, committee: Committee, capability: Capability) -> bool:
    """Whether the committee itself gave the account that right."""
    access = access_of(user, committee)
    return access is not None and access.allows(capability)


def access_of(user: User, committee: Committee) -> CommitteeAccess | None:
    """What the committee gave the account. No query after `prefetch_related("access")`, else one."""
    return next((row for row in committee.access.all() if row.user_id == user.pk), None)


def can_read_exact_numbers_of(user: User, committee: Committee) -> bool:
    """Who sits there by sex, age and disability, however few: who keeps the committee or its seats."""
    return can_edit_seats(user, committee) or can_keep_committee(user, committee)
