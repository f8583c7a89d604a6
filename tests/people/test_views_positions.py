import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from people.models import Incumbency, Position
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import SeatFactory
from tests.factories.people import IncumbencyFactory, OrganizationFactory, PersonFactory, PositionFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import Commitment

LIST = "/positions/"
NAME = "Marie-Léonie Kabongo"


@pytest.fixture
def mayor(committee):
    """A position that everybody may see: it sits on a committee."""
    position = PositionFactory(
        locality=committee.locality,
        title="Mayor of Kanshi",
        organization=OrganizationFactory(country=committee.locality.country),
    )
    SeatFactory(committee=committee, position=position)
    return position


@pytest.fixture
def holder(workshop, mayor):
    person = PersonFactory(full_name=NAME, country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person, position=mayor)
    return IncumbencyFactory(position=mayor, person=person, starts_on=datetime.date(2024, 5, 1))


@pytest.fixture
def promise(workshop, mayor):
    return Commitment.objects.create(
        workshop=workshop, owner=mayor, text="Women in the land board", due_on=datetime.date(2026, 6, 1)
    )


def url(name, *codes):
    return reverse(name, args=codes)


def test_position_detail_shows_what_outlives_the_person(signed_in, facilitator, mayor, holder, promise):
    plan = LocalActionPlanFactory(committee=mayor.seats.get().committee)
    activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), responsible=mayor)
    text = signed_in(facilitator).get(url("position_detail", mayor.code)).text
    for words in (NAME, "since 1 May 2024", promise.text, "Overdue", mayor.seats.get().committee.name):
        assert words in text
    assert activity.text in text


@pytest.mark.parametrize("who", ["coordinator", "oversight", "outsider", "administrator", "member"])
def test_position_detail_names_nobody_to_others(request, signed_in, mayor, holder, who):
    response = signed_in(request.getfixturevalue(who)).get(url("position_detail", mayor.code))
    assert response.status_code == 200
    assert "a person" in response.text
    assert "since 1 May 2024" in response.text
    assert "Kabongo" not in response.text
    assert holder.person.code not in response.text


def test_position_detail_shows_an_outsider_no_work_of_the_country(
    signed_in, outsider, mayor, holder, promise
):
    plan = LocalActionPlanFactory(committee=mayor.seats.get().committee)
    activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), responsible=mayor)
    text = signed_in(outsider).get(url("position_detail", mayor.code)).text
    for words in (promise.text, mayor.seats.get().committee.name, activity.text):
        assert words not in text


def test_position_known_from_a_registration_is_hidden(signed_in, workshop, facilitator, coordinator):
    position = PositionFactory(locality=workshop.locality, title="Displaced families")
    ParticipationFactory(workshop=workshop, position=position)
    address = url("position_detail", position.code)
    assert signed_in(facilitator).get(address).status_code == 200
    assert signed_in(coordinator).get(address).status_code == 404
    assert "Displaced families" not in signed_in(coordinator).get(LIST).text


@pytest.mark.parametrize("number", [1, 5])
def test_position_list_asks_the_same_number_of_queries(
    signed_in, facilitator, workshop, committee, number, django_assert_num_queries
):
    for _ in range(number):
        position = SeatFactory(committee=committee, position__organization=OrganizationFactory()).position
        person = ParticipationFactory(workshop=workshop, position=position).person
        IncumbencyFactory(position=position, person=person)
        Commitment.objects.create(workshop=workshop, owner=position, text="x", due_on="2020-01-01")
    client = signed_in(facilitator)
    client.get(LIST)
    with django_assert_num_queries(11):
        response = client.get(LIST)
    assert len(response.context["rows"]) == number
    assert all(row.overdue == 1 for row in response.context["rows"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mayor", 1),
        ("q=kasai", 1),
        ("q=nobody", 0),
        ("holder=known", 1),
        ("holder=unknown", 0),
        ("country=CD", 1),
        ("country=XX", 1),
        ("q=%25&page=-1", 0),
    ],
)
def test_position_list_filters(signed_in, coordinator, mayor, holder, query, found):
    response = signed_in(coordinator).get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert len(response.context["rows"]) == found


def test_position_edit_corrects_the_title(signed_in, facilitator, mayor):
    client = signed_in(facilitator)
    address = url("position_edit", mayor.code)
    assert client.post(address, {"title": " Mayor  of the commune of Kanshi "}).status_code == 302
    mayor.refresh_from_db()
    assert (mayor.title, mayor.key) == ("Mayor of the commune of Kanshi", "mayor of the commune of kanshi")
    for title in ("", "x" * 100_000):
        assert client.post(address, {"title": title}).status_code == 422


def test_position_edit_refuses_the_title_of_another(signed_in, facilitator, mayor):
    Position.titled("Deputy mayor", locality=mayor.locality, organization=mayor.organization)
    response = signed_in(facilitator).post(url("position_edit", mayor.code), {"title": "DEPUTY mayor"})
    assert response.status_code == 422
    assert "another position of this title" in response.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("facilitator", 200), ("coordinator", 200), ("oversight", 403), ("outsider", 403), ("member", 403)],
)
def test_position_and_holders_are_changed_by_who_may_run_workshops_there(
    request, signed_in, mayor, holder, who, status
):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("position_edit", mayor.code)).status_code == status
    for name in ("incumbency_edit", "incumbency_end", "incumbency_remove"):
        response = client.get(url(name, mayor.code, holder.code))
        assert response.status_code == status
        assert "Kabongo" not in response.text or who == "facilitator"


def test_incumbency_new_is_offered_and_written(signed_in, facilitator, workshop, mayor):
    person = ParticipationFactory(
        workshop=workshop, position=mayor, person=PersonFactory(country=workshop.locality.country)
    ).person
    client = signed_in(facilitator)
    address = url("incumbency_new", person.code)
    assert f"{address}?position={mayor.code}" in client.get(url("person_detail", person.code)).text
    assert f"{address}?position={mayor.code}" in client.get(url("position_detail", mayor.code)).text
    response = client.post(address, {"position": mayor.code, "starts_on": "2024-05-01"})
    assert response.status_code == 302
    assert Incumbency.objects.get().starts_on == datetime.date(2024, 5, 1)
    assert "Holds this position since" not in client.get(url("person_detail", person.code)).text


def test_incumbency_new_asks_whether_it_is_shared(signed_in, facilitator, workshop, mayor, holder):
    person = ParticipationFactory(
        workshop=workshop, position=mayor, person=PersonFactory(country=workshop.locality.country)
    ).person
    client = signed_in(facilitator)
    address = url("incumbency_new", person.code)
    typed = {"position": mayor.code, "starts_on": "2026-01-01"}
    response = client.post(address, typed)
    assert response.status_code == 422
    assert NAME in response.text
    assert "Is it shared?" in response.text
    assert Incumbency.objects.count() == 1
    assert client.post(address, typed | {"others": "end"}).status_code == 302
    holder.refresh_from_db()
    assert holder.ends_on == datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    "typed",
    [
        {"starts_on": "2026-02-01", "ends_on": "2026-01-01"},
        {"starts_on": "2099-01-01"},
        {"starts_on": "0001-01-01"},
        {"starts_on": "soon"},
        {"how_ended": "election"},
        {"how_ended": "coup", "ends_on": "2026-01-01"},
        {"position": "POS-NONE"},
        {"position": ""},
    ],
)
def test_incumbency_new_refuses_odd_input(signed_in, facilitator, workshop, mayor, typed):
    person = ParticipationFactory(
        workshop=workshop, position=mayor, person=PersonFactory(country=workshop.locality.country)
    ).person
    address = url("incumbency_new", person.code)
    response = signed_in(facilitator).post(address, {"position": mayor.code} | typed)
    assert response.status_code == 422
    assert not Incumbency.objects.exists()


def test_incumbency_new_takes_no_position_outside_the_scope(signed_in, country, mayor, locality):
    """A facilitator of one province, and a position of another that everybody sees."""
    far = PositionFactory(locality__country=country, locality__code="CD-FAR")
    SeatFactory(committee__locality=far.locality, position=far)
    user = UserFactory()
    AssignmentFactory(role=Role.FACILITATOR, locality=locality, user=user)
    workshop = WorkshopFactory(locality=locality, facilitators=[user])
    person = ParticipationFactory(workshop=workshop, position=mayor, person=PersonFactory()).person
    address = url("incumbency_new", person.code)
    response = signed_in(user).post(f"{address}?position={far.code}", {"position": far.code})
    assert response.status_code == 422


def test_incumbency_end_opens_the_position(signed_in, facilitator, mayor, holder, promise):
    client = signed_in(facilitator)
    address = url("incumbency_end", mayor.code, holder.code)
    early = {"ends_on": "2020-01-01", "how_ended": "election"}
    assert client.post(address, early).status_code == 422
    today = timezone.localdate()
    typed = {"ends_on": today.isoformat(), "how_ended": "election"}
    assert client.post(address, typed).status_code == 302
    holder.refresh_from_db()
    assert (holder.ends_on, holder.how_ended) == (today, "election")
    assert promise.text in client.get(url("position_detail", mayor.code)).text


def test_incumbency_edit_corrects_the_days(signed_in, facilitator, mayor, holder):
    client = signed_in(facilitator)
    address = url("incumbency_edit", mayor.code, holder.code)
    assert 'value="2024-05-01"' in client.get(address).text
    assert client.post(address, {"starts_on": "2023-04-01"}).status_code == 302
    holder.refresh_from_db()
    assert holder.starts_on == datetime.date(2023, 4, 1)
    wrong = {"starts_on": "2023-04-01", "ends_on": "2022-01-01"}
    assert client.post(address, wrong).status_code == 422


def test_incumbency_remove_asks_first(signed_in, facilitator, mayor, holder):
    client = signed_in(facilitator)
    address = url("incumbency_remove", mayor.code, holder.code)
    assert client.get(address).status_code == 200
    assert Incumbency.objects.exists()
    assert client.post(address).status_code == 302
    assert not Incumbency.objects.exists()


def test_person_list_chooses_somebody_for_a_position(signed_in, facilitator, mayor, holder):
    address = url("incumbency_new", holder.person.code)
    client = signed_in(facilitator)
    response = client.post("/people/", {"name": "kabongo", "position": mayor.code})
    assert f"{address}?position={mayor.code}" in response.text
    assert f"{address}?position=" not in client.get("/people/?position=POS-NONE").text
