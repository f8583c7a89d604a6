import pytest

from accounts.models import User
from workshops.rules import (
    can_create_workshops,
    can_edit_workshop,
    can_run_workshop,
    can_see_names,
    can_set_up_committee_at,
)
from workshops.states import WorkshopState

# rule → who may; everybody else in the cast may not
ALLOWED = {
    can_run_workshop: {"facilitator"},
    can_see_names: {"facilitator"},
    can_edit_workshop: {"facilitator", "coordinator"},
    can_set_up_committee_at: {"facilitator", "coordinator", "administrator"},
}
CAST = ["administrator", "coordinator", "facilitator", "oversight", "outsider", "secretary", "member"]


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("rule", ALLOWED)
def test_rules_over_all_roles(rule, role, workshop, request):
    assert rule(request.getfixturevalue(role), workshop) == (role in ALLOWED[rule])


@pytest.mark.parametrize("role", CAST)
def test_can_create_workshops_over_all_roles(role, workshop, request):
    allowed = {"coordinator", "facilitator", "outsider"}
    assert can_create_workshops(request.getfixturevalue(role)) == (role in allowed)


def test_can_see_names_ends_with_the_role(workshop, facilitator):
    facilitator.assignments.all().delete()
    assert not can_see_names(User.objects.get(pk=facilitator.pk), workshop)


def test_can_set_up_committee_at_cancelled_workshop(workshop, facilitator):
    workshop.state = WorkshopState.CANCELLED
    assert not can_set_up_committee_at(facilitator, workshop)
