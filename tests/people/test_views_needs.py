import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import TrainingNeed
from tests.factories.committees import SeatFactory
from tests.factories.people import TrainingNeedFactory

LIST = "/training-needs/"


@pytest.fixture
def mayor(committee):
    return SeatFactory(committee=committee, position__title="Mayor of Kanshi").position


@pytest.fixture
def need(mayor):
    return TrainingNeedFactory(position=mayor)


def url(name, *codes):
    return reverse(name, args=codes)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("facilitator", 200),
        ("coordinator", 200),
        ("secretary", 200),
        ("member", 403),
        ("oversight", 403),
        ("administrator", 403),
    ],
)
def test_training_needs_are_kept_by_who_records_holders(request, signed_in, mayor, need, who, status):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("training_need_new", mayor.code)).status_code == status
    for name in ("training_need_met", "training_need_remove"):
        assert client.get(url(name, mayor.code, need.code)).status_code == status


def test_training_need_new_proposes_today_and_no_topic(signed_in, facilitator, mayor):
    page = signed_in(facilitator).get(url("training_need_new", mayor.code)).text
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page
    assert '<option value="" selected>Choose a topic</option>' in page


def test_training_need_is_hidden_from_other_countries(signed_in, outsider, mayor, need):
    client = signed_in(outsider)
    assert client.get(url("training_need_new", mayor.code)).status_code == 403
    assert client.get(url("training_need_met", mayor.code, need.code)).status_code == 404
    assert need.get_topic_display() not in client.get(mayor.get_absolute_url()).text
    assert not client.get(LIST).context["page"]


def test_training_need_new_and_met(signed_in, secretary, mayor):
    client = signed_in(secretary)
    typed = {"topic": "mediation", "noted_on": "2026-05-04", "note": "with customary chiefs"}
    assert client.post(url("training_need_new", mayor.code), typed).status_code == 302
    need = TrainingNeed.objects.get()
    assert (need.position, need.noted_by, need.met_on) == (mayor, secretary, None)
    assert "with customary chiefs" in client.get(mayor.get_absolute_url()).text
    met = url("training_need_met", mayor.code, need.code)
    assert client.post(met, {"met_on": "2026-05-03"}).status_code == 422
    assert client.post(met, {"met_on": "2026-06-01"}).status_code == 302
    need.refresh_from_db()
    assert need.met_on == datetime.date(2026, 6, 1)
    assert client.get(met).status_code == 302
    assert client.post(url("training_need_new", mayor.code), typed).status_code == 302  # needed again


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"topic": "budgeting"}, "written down already"),
        ({"topic": "other"}, "Say in words"),
        ({"topic": "magic"}, "valid choice"),
        ({"noted_on": "2999-01-01"}, "still to come"),
        ({"note": "x" * 100_000}, "at most 300"),
    ],
)
def test_training_need_new_refuses_odd_input(signed_in, secretary, mayor, need, typed, words):
    given = {"topic": "mediation", "noted_on": "2026-05-04"} | typed
    response = signed_in(secretary).post(url("training_need_new", mayor.code), given)
    assert response.status_code == 422
    assert words in response.text
    assert TrainingNeed.objects.count() == 1


def test_training_need_remove_asks_first(signed_in, secretary, mayor, need):
    client, address = signed_in(secretary), url("training_need_remove", mayor.code, need.code)
    assert client.get(address).status_code == 200
    assert TrainingNeed.objects.exists()
    assert client.post(address).status_code == 302
    assert not TrainingNeed.objects.exists()


@pytest.mark.parametrize("number", [1, 5])
def test_training_needs_asks_the_same_number_of_queries(
    signed_in, coordinator, committee, number, django_assert_num_queries
):
    for _ in range(number):
        TrainingNeedFactory(position=SeatFactory(committee=committee).position)
    client = signed_in(coordinator)
    client.get(LIST)
    with django_assert_num_queries(9):
        response = client.get(LIST)
    assert len(response.context["page"]) == number
    assert [(count.topic.value, count.positions) for count in response.context["counts"]] == [
        ("budgeting", number)
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("topic=budgeting", 1),
        ("topic=mediation", 0),
        ("met=yes", 1),
        ("locality=CD-KE", 1),
        ("locality=NOWHERE", 1),
        ("country=CD", 1),
    ],
)
def test_training_needs_filters(signed_in, coordinator, mayor, need, query, found):
    TrainingNeedFactory(position=mayor, topic="conflict", met_on=datetime.date(2026, 6, 1))
    assert len(signed_in(coordinator).get(f"{LIST}?{query}").context["page"]) == found


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_training_needs_are_seen_by_who_works_for_the_committee(request, signed_in, need, who):
    client = signed_in(request.getfixturevalue(who))
    assert [each.code for each in client.get(LIST).context["page"]] == [need.code]
