import pytest
from django.urls import reverse

from accounts.roles import Role
from people.models import Organization
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import SeatFactory
from tests.factories.people import OrganizationFactory, PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory

LIST = "/organizations/"


@pytest.fixture
def commune(committee):
    organization = OrganizationFactory(country=committee.locality.country, name="Commune of Kanshi")
    position = PositionFactory(locality=committee.locality, organization=organization)
    SeatFactory(committee=committee, position=position)
    return organization


def test_organization_list_and_detail(signed_in, coordinator, commune):
    client = signed_in(coordinator)
    assert "Commune of Kanshi" in client.get(LIST).text
    text = client.get(commune.get_absolute_url()).text
    assert commune.positions.get().title in text


def test_organization_known_from_a_registration_is_hidden(signed_in, workshop, facilitator, coordinator):
    hidden = OrganizationFactory(country=workshop.locality.country, name="Families of the disappeared")
    ParticipationFactory(workshop=workshop, organization=hidden)
    assert "1 person took part" in signed_in(facilitator).get(hidden.get_absolute_url()).text
    assert signed_in(coordinator).get(hidden.get_absolute_url()).status_code == 404
    assert "disappeared" not in signed_in(coordinator).get(LIST).text


@pytest.mark.parametrize("number", [1, 5])
def test_organization_list_asks_the_same_number_of_queries(
    signed_in, coordinator, committee, number, django_assert_num_queries
):
    for _ in range(number):
        organization = OrganizationFactory(country=committee.locality.country)
        position = PositionFactory(locality=committee.locality, organization=organization)
        SeatFactory(committee=committee, position=position)
    client = signed_in(coordinator)
    with django_assert_num_queries(6):
        response = client.get(LIST)
    assert [row.positions_known for row in response.context["page"]] == [1] * number


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=kanshi", 1), ("q=x", 0), ("kind=police", 0), ("women_led=unknown", 1), ("women_led=yes", 0)],
)
def test_organization_list_filters(signed_in, coordinator, commune, query, found):
    assert signed_in(coordinator).get(f"{LIST}?{query}").context["page"].paginator.count == found


def test_organization_edit(signed_in, coordinator, commune):
    client = signed_in(coordinator)
    address = reverse("organization_edit", args=[commune.code])
    typed = {"name": "Commune  de Kanshi", "kind": "local_authority", "women_led": "no"}
    assert client.post(address, typed).status_code == 302
    commune.refresh_from_db()
    assert (commune.name, commune.key) == ("Commune de Kanshi", "commune de kanshi")
    assert (commune.kind, commune.women_led) == ("local_authority", False)
    assert Organization.named("COMMUNE de kanshi", country=commune.country) == commune
    assert 'value="no" selected' in client.get(address).text
    client.post(address, typed | {"women_led": ""})
    commune.refresh_from_db()
    assert commune.women_led is None


@pytest.mark.parametrize(
    "changed", [{"name": ""}, {"name": "x" * 100_000}, {"kind": "army"}, {"name": "UNDP "}]
)
def test_organization_edit_refuses(signed_in, coordinator, commune, changed):
    Organization.named("undp", country=commune.country)
    typed = {"name": "Commune", "kind": "other", "women_led": ""} | changed
    response = signed_in(coordinator).post(reverse("organization_edit", args=[commune.code]), typed)
    assert response.status_code == 422
    commune.refresh_from_db()
    assert commune.name == "Commune of Kanshi"


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("facilitator", 200), ("oversight", 403), ("outsider", 403), ("member", 403)],
)
def test_organization_edit_is_for_who_may_run_workshops(request, signed_in, commune, who, status):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("organization_edit", args=[commune.code])).status_code == status


def test_organization_edit_of_one_province(signed_in, locality, commune):
    user = UserFactory()
    AssignmentFactory(role=Role.FACILITATOR, locality=locality, user=user)
    address = reverse("organization_edit", args=[commune.code])
    assert signed_in(user).get(address).status_code == 200
    PositionFactory(locality__country=locality.country, locality__code="CD-FAR", organization=commune)
    assert signed_in(user).get(address).status_code == 403


def test_organization_detail_counts_only_own_people(signed_in, coordinator, workshop, commune):
    ParticipationFactory(workshop=workshop, organization=commune, person=PersonFactory())
    assert "took part" not in signed_in(coordinator).get(commune.get_absolute_url()).text
