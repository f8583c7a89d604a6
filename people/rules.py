"""Who may do what with people, institutions and positions. Names are for who runs the workshop."""

from accounts.models import User
from accounts.roles import Capability
from people.models import Organization, Person, Position


def can_look_for_people(user: User) -> bool:
    """Whether the list of people could hold anybody for this user at all."""
    return user.scope.anywhere(Capability.RUN_WORKSHOPS)


def can_correct_person(user: User, person: Person) -> bool:
    """Whoever runs a workshop in which the person is registered: to them people turn."""
    return Person.objects.visible_to(user).filter(pk=person.pk).exists()


def can_erase_person(user: User, person: Person) -> bool:
    return can_correct_person(user, person)


def can_edit_position(user: User, position: Position) -> bool:
    """Whoever may run workshops in the place of the position."""
    return user.scope.covers(Capability.RUN_WORKSHOPS, position.locality)


def can_record_holder(user: User, position: Position) -> bool:
    return can_edit_position(user, position)


def can_edit_organization(user: User, organization: Organization) -> bool:
    """Who may run workshops in the whole country, or wherever the organisation has a position."""
    if user.scope.covers_country(Capability.RUN_WORKSHOPS, organization.country_id):
        return True
    here = user.scope.rows(Capability.RUN_WORKSHOPS)
    return organization.positions.exists() and not organization.positions.exclude(here).exists()
