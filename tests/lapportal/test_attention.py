"""What waits for somebody: derived from today's date, on the first page and on the pages of places."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lapportal.attention import waiting_for
from tests.factories.committees import CommitteeFactory
from tests.factories.localities import LocalityFactory
from tests.factories.results import CommitmentFactory, FollowUpFactory
from tests.factories.workshops import WorkshopFactory
from workshops.states import WorkshopKind, WorkshopState

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FLAG = "More than 90 days after"


def ended(days, **changed):
    last = TODAY - datetime.timedelta(days=days)
    return WorkshopFactory(
        **{"state": WorkshopState.HELD, "starts_on": last - datetime.timedelta(days=1), "ends_on": last}
        | changed
    )


@pytest.mark.parametrize(("days", "is_late"), [(89, False), (90, False), (91, True), (400, True)])
def test_locality_is_flagged_after_ninety_days_without_committee(
    signed_in, coordinator, facilitator, locality, days, is_late
):
    """BR13, by the day."""
    workshop = ended(days, locality=locality, facilitators=[facilitator], title="Held without committee")
    assert (FLAG in signed_in(coordinator).get(locality.get_absolute_url()).text) == is_late
    country = signed_in(coordinator).get(locality.country.get_absolute_url()).text
    assert ("without a committee" in country) == is_late
    assert (workshop in waiting_for(facilitator, today=TODAY)) == is_late
    assert ("Set up the steering committee" in signed_in(facilitator).get(reverse("home")).text) == is_late


def test_committee_at_the_locality_or_from_the_workshop_clears_the_flag(
    signed_in, coordinator, locality, country
):
    workshop = ended(200, locality=locality)
    client = signed_in(coordinator)
    assert FLAG in client.get(locality.get_absolute_url()).text
    other = LocalityFactory(code="CD-TSH", name="Tshilenge", country=country)
    unrelated = CommitteeFactory(locality=other)
    assert FLAG in client.get(locality.get_absolute_url()).text
    unrelated.established_at = workshop
    unrelated.save()
    assert FLAG not in client.get(locality.get_absolute_url()).text
    unrelated.delete()
    CommitteeFactory(locality=locality)
    assert FLAG not in client.get(locality.get_absolute_url()).text
    assert not waiting_for(coordinator, today=TODAY)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": WorkshopState.PLANNED},
        {"state": WorkshopState.CANCELLED},
        {"kind": WorkshopKind.CONSULTATION},
        {"kind": WorkshopKind.WRITESHOP},
    ],
)
def test_only_localization_workshops_that_took_place_are_late(coordinator, locality, changed):
    ended(200, locality=locality, **changed)
    assert not waiting_for(coordinator, today=TODAY)


def test_workshop_for_several_localities_is_work_in_each_and_asks_each_for_a_committee(
    signed_in, coordinator, locality
):
    other = LocalityFactory(code="CD-LU", name="Lualaba", country=locality.country)
    long_ago = timezone.localdate() - datetime.timedelta(days=200)
    workshop = WorkshopFactory(
        title="For two provinces",
        locality=locality,
        state=WorkshopState.HELD,
        starts_on=long_ago,
        ends_on=long_ago,
    )
    workshop.other_localities.add(other)
    CommitteeFactory(locality=locality, established_at=workshop)
    client = signed_in(coordinator)
    page = client.get(other.get_absolute_url())
    assert "For two provinces" in page.text
    assert page.context["late"] == [workshop]
    assert page.context["pipeline"].workshops == 1
    assert client.get(locality.get_absolute_url()).context["late"] == []
    assert client.get(reverse("country_detail", args=["CD"])).context["coverage"].reached == 2
    [row] = [row for row in client.get(reverse("country_list")).context["rows"] if row.country.code == "CD"]
    assert row.coverage.reached == 2
    CommitteeFactory(locality=other)
    assert client.get(other.get_absolute_url()).context["late"] == []


def test_place_above_shows_the_flag_of_the_place_below(signed_in, coordinator, locality):
    city = LocalityFactory(code="CD-CITY", name="City", parent=locality)
    ended(91, locality=city, title="Workshop below")
    page = signed_in(coordinator).get(locality.get_absolute_url()).text
    assert FLAG in page
    assert "workshop without a committee for more than 90 days" in page


def test_home_of_who_runs_it_says_what_is_overdue_and_to_be_asked(signed_in, facilitator, locality):
    workshop = ended(31, locality=locality, facilitators=[facilitator], title="Promises")
    CommitmentFactory(workshop=workshop, due_on=TODAY - datetime.timedelta(days=1))
    heard = CommitmentFactory(workshop=workshop, due_on=TODAY)
    FollowUpFactory(commitment=heard, milestone=30)
    page = signed_in(facilitator).get(reverse("home")).text
    assert "Ask what became of 1 overdue commitment" in page
    assert "Ask how far 1 commitment is, 30 days after the workshop" in page
    row = waiting_for(facilitator, today=TODAY).get()
    assert (row.overdue, row.to_ask, row.is_late) == (1, 1, False)
    assert waiting_for(facilitator, today=TODAY + datetime.timedelta(days=59)).get().to_ask == 2


def test_home_tells_others_nothing_of_commitments(signed_in, coordinator, oversight, outsider, locality):
    """Who does not run the workshop is not asked to follow up; in another country nothing is shown."""
    workshop = ended(31, locality=locality, title="Promises")
    CommitmentFactory(workshop=workshop, due_on=TODAY - datetime.timedelta(days=1))
    for user in (coordinator, oversight, outsider):
        assert not waiting_for(user, today=TODAY)
        assert "overdue commitment" not in signed_in(user).get(reverse("home")).text


def test_outsider_sees_no_flag(signed_in, outsider, locality):
    ended(200, locality=locality)
    assert not waiting_for(outsider, today=TODAY)
    assert FLAG not in signed_in(outsider).get(locality.get_absolute_url()).text
