"""Countries and localities: facts for all, the work only for those who may see it."""

import datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from frameworks.models import NapState
from plans.states import PlanState
from tests.factories.accounts import AssignmentFactory
from tests.factories.committees import CommitteeFactory, SeatFactory
from tests.factories.frameworks import NapFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PositionFactory
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.states import WorkshopKind, WorkshopState

pytestmark = pytest.mark.django_db

ADOPTION = {
    "state": PlanState.ADOPTED,
    "adopted_on": datetime.date(2026, 5, 1),
    "adopting_body": "City council",
    "adopting_act": "12/2026",
}


@pytest.fixture
def city(locality):
    return LocalityFactory(code="CD-CITY", name="Mbujimayi", kind="City", parent=locality)


@pytest.fixture
def story(city, facilitator):
    """A workshop held in the city, its committee, a plan that is being drafted."""
    workshop = WorkshopFactory(
        locality=city, title="Held in the city", state=WorkshopState.HELD, facilitators=[facilitator]
    )
    committee = CommitteeFactory(locality=city, name="City committee", established_at=workshop)
    plan = LocalActionPlanFactory(committee=committee, title="City plan")
    return workshop, committee, plan


def row_of(response, country):
    return next(row for row in response.context["rows"] if row.country == country)


def test_country_list_shows_the_work_to_who_may_see_it(signed_in, coordinator, country, story):
    row = row_of(signed_in(coordinator).get(reverse("country_list")), country)
    assert (row.localities, row.workshops, row.adopted_plans) == (2, 1, 0)
    assert (row.coverage.reached, row.coverage.total) == (1, 1)


def test_country_list_shows_an_outsider_public_facts_only(signed_in, outsider, country, story):
    LocalActionPlanFactory(committee=story[1], **ADOPTION)
    row = row_of(signed_in(outsider).get(reverse("country_list")), country)
    assert (row.localities, row.adopted_plans) == (2, 1)
    assert row.workshops is None
    assert row.coverage is None


def test_country_list_of_who_works_in_a_part_shows_no_total(signed_in, country, city, story):
    local = AssignmentFactory(role=Role.FACILITATOR, locality=city).user
    row = row_of(signed_in(local).get(reverse("country_list")), country)
    assert row.coverage is None


def test_country_list_counts_each_place_once_and_only_localization(signed_in, coordinator, country, city):
    for kind in (WorkshopKind.LOCALIZATION, WorkshopKind.LOCALIZATION, WorkshopKind.WRITESHOP):
        WorkshopFactory(locality=city, kind=kind, state=WorkshopState.HELD)
    other = LocalityFactory(code="CD-OTHER", country=country)
    WorkshopFactory(locality=other, kind=WorkshopKind.WRITESHOP, state=WorkshopState.HELD)
    WorkshopFactory(locality=other, state=WorkshopState.PLANNED)
    row = row_of(signed_in(coordinator).get(reverse("country_list")), country)
    assert (row.workshops, row.coverage.reached, row.coverage.total) == (4, 1, 2)


@pytest.mark.parametrize("rows", [1, 5])
def test_country_list_costs_the_same_for_one_and_five(
    signed_in, coordinator, city, rows, django_assert_num_queries
):
    for _row in range(rows):
        WorkshopFactory(locality=city, state=WorkshopState.HELD)
        LocalActionPlanFactory(committee=CommitteeFactory(locality=city), **ADOPTION)
    client = signed_in(coordinator)
    with django_assert_num_queries(9):
        client.get(reverse("country_list"))


@pytest.mark.parametrize("asked", ["kasai", "KASAÏ", "oriental kasai", "Kasaï-Oriental", "mashariki"])
def test_country_list_finds_a_place_by_any_name(signed_in, outsider, country, asked):
    LocalityFactory(code="CD-KO", name="Kasaï-Oriental", names={"sw": "Kasai ya Mashariki"}, country=country)
    page = signed_in(outsider).get(reverse("country_list"), {"q": asked}).text
    assert "/localities/CD-KO/" in page


def test_country_list_says_when_nothing_is_found(signed_in, outsider, locality):
    page = signed_in(outsider).get(reverse("country_list"), {"q": "atlantis <b>"}).text
    assert "No place of that name" in page
    assert "<b>" not in page


def test_country_list_answers_htmx_with_the_places_only(signed_in, outsider, locality):
    response = signed_in(outsider).get(
        reverse("country_list"), {"q": "kasai"}, headers={"HX-Request": "true"}
    )
    assert response.text.strip().startswith('<div id="places"')
    assert "Kasaï-Oriental" in response.text


def test_country_detail_shows_facts_to_everybody(signed_in, outsider, country, story):
    NapFactory(country=country, generation=2, title="The plan in force")
    NapFactory(country=country, generation=1, title="The plan before", state=NapState.SUPERSEDED)
    page = signed_in(outsider).get(reverse("country_detail", args=["CD"])).text
    for fact in ("Territory or city", "Mayor", "The plan in force", "The plan before", "Kasaï-Oriental"):
        assert fact in page
    for hidden in ("City plan", "Workshop held", "Committee set up", "Plan drafted", "1 of 1"):
        assert hidden not in page


def test_country_detail_shows_coverage_to_the_coordinator(signed_in, coordinator, story):
    response = signed_in(coordinator).get(reverse("country_detail", args=["CD"]))
    assert (response.context["coverage"].reached, response.context["coverage"].total) == (1, 1)
    assert "City plan" in response.text
    assert "Plan drafted" in response.text


@pytest.mark.parametrize("rows", [1, 5])
def test_country_detail_costs_the_same_for_one_and_five(
    signed_in, coordinator, country, rows, django_assert_num_queries
):
    for row in range(rows):
        place = LocalityFactory(code=f"CD-P{row}", country=country)
        WorkshopFactory(locality=place, state=WorkshopState.HELD)
        LocalActionPlanFactory(committee=CommitteeFactory(locality=place), **ADOPTION)
        NapFactory(country=country, generation=row + 1)
    client = signed_in(coordinator)
    with django_assert_num_queries(23):
        client.get(reverse("country_detail", args=["CD"]))


@pytest.mark.parametrize("code", ["XX", "cd", "CD-NOWHERE", "C"])
def test_country_detail_and_locality_detail_of_unknown_code(signed_in, coordinator, locality, code):
    assert signed_in(coordinator).get(f"/localities/{code}/").status_code == 404


def test_locality_detail_shows_the_path_the_steps_and_the_work(signed_in, coordinator, city, story):
    SeatFactory(committee=city.committees.get(), position__title="Mayor of the city")
    page = signed_in(coordinator).get(city.get_absolute_url()).text
    for words in ("Kasaï-Oriental", "Held in the city", "City committee", "City plan", "Mayor of the city"):
        assert words in page
    assert 'aria-current="step"' in page
    assert "How far it has come: Plan drafted" in page


def test_locality_detail_does_not_tell_who_came_to_a_workshop(signed_in, oversight, city, story):
    """A position that only a registration knows would be a list of participants by office."""
    position = PositionFactory(locality=city, title="Chair of the widows")
    ParticipationFactory(workshop=city.workshops.get(), position=position)
    assert "Chair of the widows" not in signed_in(oversight).get(city.get_absolute_url()).text


def test_locality_detail_counts_what_lies_below(signed_in, coordinator, locality, story):
    response = signed_in(coordinator).get(locality.get_absolute_url())
    assert str(response.context["pipeline"].stage) == "Plan drafted"
    assert str(response.context["children"][0]["pipeline"].stage) == "Plan drafted"


def test_locality_detail_shows_an_outsider_reference_facts_only(signed_in, outsider, city, story):
    SeatFactory(committee=city.committees.get(), position__title="Secret position")
    page = signed_in(outsider).get(city.get_absolute_url()).text
    assert "Mbujimayi" in page
    assert "reference facts only" in page
    for hidden in ("Held in the city", "City committee", "City plan", "Secret position", "How far it has"):
        assert hidden not in page


def test_locality_detail_shows_a_member_only_what_the_committee_is(
    signed_in, member, committee, locality, workshop
):
    plan = LocalActionPlanFactory(committee=committee)
    page = signed_in(member).get(locality.get_absolute_url()).text
    assert committee.name in page
    assert plan.title in page
    assert workshop.title not in page


@pytest.mark.parametrize("rows", [1, 5])
def test_locality_detail_costs_the_same_for_one_and_five(
    signed_in, coordinator, locality, rows, django_assert_num_queries
):
    for row in range(rows):
        child = LocalityFactory(code=f"CD-C{row}", parent=locality)
        workshop = WorkshopFactory(locality=child, state=WorkshopState.HELD)
        committee = CommitteeFactory(locality=child, established_at=workshop)
        LocalActionPlanFactory(committee=committee)
        SeatFactory(committee=committee, position__locality=locality)
        locality.refresh_from_db()
    client = signed_in(coordinator)
    with django_assert_num_queries(16):
        client.get(locality.get_absolute_url())
