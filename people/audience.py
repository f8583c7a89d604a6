"""Which accounts are told what happens to an office: positions and organisations, never persons."""

from accounts.models import User
from accounts.roles import COMMITTEE_ROLES, Capability, roles_with
from people.models import Position

# Of the roles that a committee gives: those who keep its papers (the secretary).
KEEPING = sorted(roles_with(Capability.KEEP_COMMITTEES) & frozenset(COMMITTEE_ROLES))


def secretaries_of_position(position: Position) -> list[User]:
    """Open accounts that keep the papers of a committee on which the position has a seat now."""
    keeping = User.objects.filter(
        committee_access__role__in=KEEPING,
        committee_access__committee__seats__position=position,
        committee_access__committee__seats__ended_on=None,
        is_active=True,
    )
    return list(keeping.distinct())


def keepers_of(position: Position) -> list[User]:
    """Those secretaries and the coordinators of the country: who sees to it that an office changes hands
    well, and that nothing it promised is lost."""
    found = secretaries_of_position(position)
    known = {user.pk for user in found}
    coordinating = User.objects.coordinating(position.locality.country_id)
    others = [user for user in coordinating if user.pk not in known]
    return found + [user for user in others if not is_hidden(position, user)]


def is_hidden(position: Position, user: User) -> bool:
    """Known only from a registration: who does not run that workshop is not told of the office either."""
    return Position.objects.hidden_from(user).filter(pk=position.pk).exists()
