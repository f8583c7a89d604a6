import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Incumbency
from tests.factories.committees import SeatFactory
from tests.factories.people import ElectionFactory, IncumbencyFactory, PersonFactory
from tests.factories.workshops import ParticipationFactory

BEGAN = datetime.date(2021, 5, 1)
NAME = "Marie-Léonie Kabongo"


@pytest.fixture
def mayor(committee):
    return SeatFactory(committee=committee, position__title="Mayor of Kanshi").position


def url(name, *codes):
    return reverse(name, args=codes)


@pytest.mark.parametrize(
    ("who", "status"),
    [("facilitator", 200), ("coordinator", 200), ("secretary", 200), ("member", 403), ("oversight", 403)],
)
def test_holder_new_is_for_who_may_record_it(request, signed_in, mayor, who, status):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("holder_new", mayor.code)).status_code == status
    assert (url("holder_new", mayor.code) in client.get(mayor.get_absolute_url()).text) == (status == 200)


def test_holder_new_without_a_name(signed_in, secretary, mayor):
    typed = {"starts_on": "2026-01-05", "term_ends_on": "2031-01-05", "sent_form": ""}
    response = signed_in(secretary).post(url("holder_new", mayor.code), typed)
    assert response.url == mayor.get_absolute_url()
    row = Incumbency.objects.get()
    assert (row.person, row.starts_on) == (None, datetime.date(2026, 1, 5))
    assert row.term_ends_on == datetime.date(2031, 1, 5)
    assert row.recorded_by == secretary


def test_holder_new_sent_twice_makes_one(signed_in, secretary, mayor):
    typed = {"starts_on": "2026-01-05", "sent_form": "11111111-2222-4333-8444-555555555555"}
    client = signed_in(secretary)
    client.post(url("holder_new", mayor.code), typed)
    assert client.post(url("holder_new", mayor.code), typed | {"others": "share"}).status_code == 302
    assert Incumbency.objects.count() == 1


def test_holder_new_offers_those_registered_to_who_may_see_them(
    signed_in, facilitator, secretary, workshop, mayor
):
    person = PersonFactory(full_name=NAME, country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person, position=mayor)
    address = url("holder_new", mayor.code)
    assert NAME in signed_in(facilitator).get(address).text
    assert NAME not in signed_in(secretary).get(address).text
    typed = {"who": person.code, "starts_on": "2026-01-05"}
    assert signed_in(facilitator).post(address, typed).status_code == 302
    assert Incumbency.objects.get().person == person


def test_holder_new_takes_no_person_that_the_reader_does_not_see(signed_in, secretary, mayor, workshop):
    person = PersonFactory(full_name=NAME, country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person, position=mayor)
    signed_in(secretary).post(url("holder_new", mayor.code), {"who": person.code, "starts_on": "2026-01-05"})
    assert Incumbency.objects.get().person is None


def test_holder_new_asks_about_who_holds_it(signed_in, secretary, mayor):
    other = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    client, address = signed_in(secretary), url("holder_new", mayor.code)
    assert client.post(address, {"starts_on": "2026-01-05"}).status_code == 422
    assert client.post(address, {"starts_on": "2026-01-05", "others": "end"}).status_code == 302
    other.refresh_from_db()
    assert other.ends_on == datetime.date(2026, 1, 5)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_on": ""}, "required"),
        ({"starts_on": "2999-01-01"}, "still to come"),
        ({"starts_on": "0999-01-01"}, "Look at the year"),
        ({"starts_on": "2026-01-05", "term_ends_on": "2025-01-01"}, "before it began"),
        ({"starts_on": "2026-01-05", "term_ends_on": "9999-01-01"}, "Look at the year"),
        ({"starts_on": "x" * 100_000}, "valid date"),
        ({"starts_on": "2020-01-01", "others": "end"}, "began later"),
        ({"starts_on": "2026-01-01", "others": "sure"}, "valid choice"),
    ],
)
def test_holder_new_refuses_odd_days(signed_in, secretary, mayor, typed, words):
    IncumbencyFactory(position=mayor, starts_on=BEGAN)
    response = signed_in(secretary).post(url("holder_new", mayor.code), {"others": "share"} | typed)
    assert response.status_code == 422
    assert words in response.text
    assert Incumbency.objects.count() == 1


def test_incumbency_end_with_election_and_who_follows(signed_in, secretary, mayor):
    held_on = timezone.localdate() - datetime.timedelta(40)
    election = ElectionFactory(country=mayor.locality.country, held_on=held_on, state="held")
    row = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    client, address = signed_in(secretary), url("incumbency_end", mayor.code, row.code)
    assert election.title in client.get(address).text
    typed = {
        "ends_on": (held_on + datetime.timedelta(30)).isoformat(),
        "how_ended": "election",
        "election": election.code,
        "follows": "somebody",
        "next_term_ends_on": (held_on + datetime.timedelta(1800)).isoformat(),
    }
    early = typed | {"ends_on": (held_on - datetime.timedelta(1)).isoformat()}
    refused = client.post(address, early)
    assert refused.status_code == 422
    assert "The election was on" in refused.text
    assert client.post(address, typed).status_code == 302
    row.refresh_from_db()
    following = mayor.incumbencies.current().get()
    assert row.ends_on == following.starts_on == held_on + datetime.timedelta(30)
    assert following.person is None
    assert client.get(address).status_code == 302  # written down already


def test_incumbency_end_offers_only_elections_of_the_place_that_were_held(
    signed_in, secretary, mayor, elsewhere
):
    row = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    day = timezone.localdate() - datetime.timedelta(10)
    here = mayor.locality.country
    ElectionFactory(country=elsewhere.country, title="Elsewhere", held_on=day, state="held")
    ElectionFactory(country=here, title="Announced", held_on=day, state="announced")
    ElectionFactory(country=here, title="Too early", held_on=datetime.date(2020, 1, 1), state="held")
    text = signed_in(secretary).get(url("incumbency_end", mayor.code, row.code)).text
    assert "Which election" not in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"next_starts_on": "2026-02-01"}, "Somebody holds it already"),
        ({"follows": "somebody", "next_starts_on": "2025-01-01"}, "cannot begin before"),
        ({"follows": "somebody", "next_term_ends_on": "2025-01-01"}, "before it began"),
        ({"how_ended": "coup"}, "valid choice"),
        ({"ends_on": "2020-01-01"}, "before the first"),
    ],
)
def test_incumbency_end_refuses_odd_days(signed_in, secretary, mayor, typed, words):
    row = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    given = {"ends_on": "2026-01-05", "how_ended": "transfer"} | typed
    response = signed_in(secretary).post(url("incumbency_end", mayor.code, row.code), given)
    assert response.status_code == 422
    assert words in response.text
    assert Incumbency.objects.get().ends_on is None


def test_incumbency_edit_writes_the_term(signed_in, secretary, mayor):
    row = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    address = url("incumbency_edit", mayor.code, row.code)
    client = signed_in(secretary)
    typed = {"starts_on": "2021-05-01", "term_ends_on": "2026-05-01"}
    assert client.post(address, typed).status_code == 302
    row.refresh_from_db()
    assert row.term_ends_on == datetime.date(2026, 5, 1)
    assert client.post(address, typed | {"term_ends_on": "2020-05-01"}).status_code == 422


def test_incumbency_new_says_that_it_is_the_one_without_a_name(signed_in, facilitator, workshop, mayor):
    row = IncumbencyFactory(position=mayor, person=None, starts_on=BEGAN)
    person = PersonFactory(full_name=NAME, country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person, position=mayor)
    typed = {"position": mayor.code, "others": "same"}
    response = signed_in(facilitator).post(url("incumbency_new", person.code), typed)
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.person, row.starts_on) == (person, BEGAN)
