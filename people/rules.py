"""Who may do what with people, institutions and positions. Names are for who runs the workshop."""

from accounts.models import User
from accounts.roles import Capability
from localities.models import Locality
from people.audience import KEEPING
from people.models import Election, Handover, Organization, Person, Position


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
    """They, and whoever keeps the papers of a committee on which the position has a seat now."""
    return can_edit_position(user, position) or keeps_committee_of(user, position)


def keeps_committee_of(user: User, position: Position) -> bool:
    given = {"committee__access__user": user, "committee__access__role__in": KEEPING}
    return position.seats.filter(ended_on=None, **given).exists()


def can_keep_training_needs(user: User, position: Position) -> bool:
    return can_record_holder(user, position)


def can_keep_some_elections(user: User) -> bool:
    """In any country at all: whether the list offers a new one."""
    return user.scope.anywhere(Capability.KEEP_FRAMEWORKS)


def can_keep_election(user: User, election: Election) -> bool:
    return user.scope.covers_country(Capability.KEEP_FRAMEWORKS, election.country_id)


def can_record_outcome(user: User, election: Election) -> bool:
    """Whoever may record the holder of an office in that country: of some, not of all."""
    held = user.scope.rows(Capability.RUN_WORKSHOPS, locality="")
    if Locality.objects.filter(held, country=election.country_id).exists():
        return True
    kept = user.committee_access.filter(role__in=KEEPING)
    return kept.filter(committee__locality__country=election.country_id).exists()


def can_edit_organization(user: User, organization: Organization) -> bool:
    """Who may run workshops in the whole country, or wherever the organisation has a position."""
    if user.scope.covers_country(Capability.RUN_WORKSHOPS, organization.country_id):
        return True
    here = user.scope.rows(Capability.RUN_WORKSHOPS)
    return organization.positions.exists() and not organization.positions.exclude(here).exists()


def can_keep_handovers_of(user: User, position: Position) -> bool:
    """Who accompanies the place, and the secretary of a committee on which the office has a seat."""
    return can_record_holder(user, position)


def can_keep_handover(user: User, handover: Handover) -> bool:
    return can_keep_handovers_of(user, handover.position)


def can_acknowledge_handover(user: User, handover: Handover) -> bool:
    """The account that was chosen for the successor, and no other."""
    return handover.is_open and handover.successor_id == user.pk
