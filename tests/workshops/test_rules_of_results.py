"""Who may write down results, follow up and accompany: over roles and states."""

import pytest

from tests.factories.results import ChampionFactory
from tests.factories.workshops import ParticipationFactory
from workshops.rules import can_accompany, can_follow_up, can_record_results
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db

CAST = ["administrator", "coordinator", "facilitator", "secretary", "member", "oversight", "outsider"]


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("state", WorkshopState.values)
def test_can_record_results_and_can_follow_up(request, who, state, workshop):
    user = request.getfixturevalue(who)
    workshop.state = state
    runs = who == "facilitator"
    assert can_record_results(user, workshop) == (runs and state not in ("closed", "cancelled"))
    assert can_follow_up(user, workshop) == (runs and state != "cancelled")


@pytest.mark.parametrize("who", CAST)
def test_can_accompany(request, who, workshop):
    champion = ChampionFactory(workshop=workshop)
    assert not can_accompany(request.getfixturevalue(who), champion)  # not registered anywhere
    ParticipationFactory(workshop=workshop, person=champion.person)
    assert can_accompany(request.getfixturevalue(who), champion) == (who == "facilitator")
