import pytest

from people.rules import (
    can_correct_person,
    can_edit_organization,
    can_edit_position,
    can_erase_person,
    can_look_for_people,
    can_record_holder,
)
from tests.factories.people import OrganizationFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory

RULES = {
    "administrator": (False, False, False, False),
    "coordinator": (True, False, True, True),
    "facilitator": (True, True, True, True),
    "oversight": (False, False, False, False),
    "secretary": (False, False, False, False),
    "member": (False, False, False, False),
    "outsider": (True, False, False, False),
}


@pytest.mark.parametrize(("who", "answers"), RULES.items())
def test_rules_of_people(request, workshop, who, answers):
    user = request.getfixturevalue(who)
    person = ParticipationFactory(workshop=workshop).person
    position = PositionFactory(locality=workshop.locality)
    organization = OrganizationFactory(country=workshop.locality.country)
    assert answers == (
        can_look_for_people(user),
        can_correct_person(user, person),
        can_edit_position(user, position),
        can_edit_organization(user, organization),
    )
    assert can_erase_person(user, person) == can_correct_person(user, person)
    assert can_record_holder(user, position) == can_edit_position(user, position)
