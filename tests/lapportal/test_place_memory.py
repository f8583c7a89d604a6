"""What a place keeps when its officials change, on the pages of places and countries."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.models import CommitteeKind
from committees.states import CommitteeState
from people.models import ElectionState
from tests.factories.committees import CommitteeFactory, MeetingFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import ElectionFactory, HandoverFactory, PositionFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: TODAY)


@pytest.fixture
def mayor(locality):
    return PositionFactory(locality=locality, title="Mayor of the tests")


def test_locality_detail_says_which_committee_is_dormant(signed_in, coordinator, locality, committee):
    """Set up on 3 March, never met (F72)."""
    met = CommitteeFactory(locality=locality, kind=CommitteeKind.REGIONAL)
    MeetingFactory(committee=met, day=datetime.date(2026, 9, 1), held=True)
    proposed = CommitteeFactory(locality=locality, state=CommitteeState.PROPOSED, established_on=None)
    page = signed_in(coordinator).get(locality.get_absolute_url())
    states = {line.committee: line.state for line in page.context["committees"]}
    assert states == {committee: "dormant", met: "established", proposed: "proposed"}
    assert "Dormant" in page.text
    assert "last met on 1 September 2026" in page.text
    assert "not set up yet" in page.text


def test_locality_detail_shows_open_handovers_and_the_next_election(
    signed_in, coordinator, oversight, locality, country, mayor
):
    row = HandoverFactory(position=mayor, due_on=datetime.date(2026, 8, 1))
    HandoverFactory(position=PositionFactory(locality=locality, title="Done office"), acknowledged_on=TODAY)
    ElectionFactory(country=country, title="Local elections of the tests", held_on=datetime.date(2026, 12, 6))
    ElectionFactory(country=country, title="Past elections", held_on=datetime.date(2026, 1, 6))
    other = LocalityFactory(code="CD-LU", name="Lualaba", country=country)
    ElectionFactory(country=country, title="Elsewhere only", locality=other)
    for user in (coordinator, oversight):
        page = signed_in(user).get(locality.get_absolute_url()).text
        assert "Mayor of the tests" in page
        assert row.get_absolute_url() in page
        assert "Overdue" in page
        assert "Local elections of the tests" in page
        for hidden in ("Done office", "Past elections", "Elsewhere only"):
            assert hidden not in page


def test_locality_detail_tells_outsiders_nothing_of_handovers(signed_in, outsider, locality, mayor):
    HandoverFactory(position=mayor)
    page = signed_in(outsider).get(locality.get_absolute_url())
    assert page.context["memory"] is None
    assert "Mayor of the tests" not in page.text


def test_country_detail_counts_for_who_sees_the_whole_country(
    signed_in, coordinator, outsider, country, locality, committee, mayor
):
    CommitteeFactory(locality=locality, established_on=datetime.date(2026, 9, 1))
    for days in (10, 20):
        HandoverFactory(
            position=PositionFactory(locality=locality), due_on=TODAY - datetime.timedelta(days=days)
        )
    HandoverFactory(position=mayor, due_on=datetime.date(2026, 8, 1))
    ElectionFactory(country=country, held_on=None, state=ElectionState.POSTPONED)
    url = reverse("country_detail", args=["CD"])
    memory = signed_in(coordinator).get(url).context["memory"]
    assert memory.states == [("Dormant", "warn", 1), ("Established", "going", 1)]
    assert (memory.handovers, memory.overdue) == (3, 1)
    page = signed_in(outsider).get(url)
    assert page.context["memory"] is None
    assert "no day yet" in page.text
