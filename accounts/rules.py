"""Who may do what with accounts. Questions only; views ask them through core.access.require."""

from accounts.models import Assignment, User
from accounts.roles import Capability, Role


def can_give_access(user: User) -> bool:
    """Whether the pages of accounts exist for this user at all."""
    return user.scope.anywhere(Capability.GIVE_ACCESS)


def can_give_role(user: User, role: str, country_id: int | None) -> bool:
    """An administrator gives every role; a coordinator those of his or her own countries."""
    if role == Role.PLATFORM_ADMINISTRATOR or country_id is None:
        return user.scope.everywhere(Capability.GIVE_ACCESS)
    return user.scope.covers_country(Capability.GIVE_ACCESS, country_id)


def can_withdraw_role(user: User, assignment: Assignment) -> bool:
    return can_give_role(user, assignment.role, assignment.held_in_country_id)


def can_close_account(user: User, account: User) -> bool:
    """Closing ends all roles at once: only for whoever may give access in every country of the account."""
    return user.scope.everywhere(Capability.GIVE_ACCESS) or account.country_ids() <= set(
        user.scope.countries(Capability.GIVE_ACCESS)
    )
