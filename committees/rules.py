"""Who may do what with a committee. Its papers belong to the accounts it gave access to (F47)."""

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee


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
    access = committee.access.filter(user=user).first()
    return access is not None and access.allows(Capability.WRITE_PLANS)


def can_decide_plans_of(user: User, committee: Committee) -> bool:
    access = committee.access.filter(user=user).first()
    return access is not None and access.allows(Capability.DECIDE_PLANS)
