"""Which accounts are told what happens to an office: positions and organisations, never persons."""

from collections import defaultdict
from collections.abc import Iterable

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


def keepers_of_each(positions: Iterable[Position]) -> dict[int, list[User]]:
    """keepers_of() for many positions at once, by their primary keys: two statements, and two for each
    country and coordinator."""
    by_key = {position.pk: position for position in positions}
    keeping = User.objects.filter(
        committee_access__role__in=KEEPING,
        committee_access__committee__seats__position__in=by_key,
        committee_access__committee__seats__ended_on=None,
        is_active=True,
    )
    pairs = keeping.order_by("pk").values_list("committee_access__committee__seats__position", "pk")
    users = User.objects.in_bulk({user for _position, user in pairs})
    found: defaultdict[int, dict[int, User]] = defaultdict(dict)
    for position, user in pairs:
        found[position][user] = users[user]
    for country in {position.locality.country_id for position in by_key.values()}:
        here = {key for key, position in by_key.items() if position.locality.country_id == country}
        for user in User.objects.coordinating(country):
            hidden = Position.objects.hidden_from(user).filter(pk__in=here).values_list("pk", flat=True)
            for key in here.difference(hidden):
                found[key].setdefault(user.pk, user)
    return {key: list(found[key].values()) for key in by_key}
