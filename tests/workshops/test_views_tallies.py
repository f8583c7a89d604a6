import uuid

import pytest
from django.urls import reverse

from tests.factories.workshops import TallyFactory
from workshops.models import Tally
from workshops.states import WorkshopState


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def url(workshop):
    return reverse("tally_new", args=[workshop.code])


@pytest.fixture
def form():
    return {
        "count": "12",
        "category": "councillor",
        "sex": "woman",
        "age_band": "30_to_59",
        "submission": str(uuid.uuid4()),
    }


def test_tally_new_counts(client, url, form, workshop, facilitator):
    assert client.get(url).status_code == 200
    assert client.post(url, form).url == reverse("participant_list", args=[workshop.code])
    tally = Tally.objects.get()
    assert (tally.count, tally.counted_as_local_authority, tally.recorded_by) == (12, True, facilitator)
    assert workshop.turnout().authorities == 12


def test_tally_new_twice_counts_once(client, url, form):
    client.post(url, form)
    assert "Already registered" in client.post(url, form, follow=True).content.decode()
    assert Tally.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"count": "-3"}, "count"),
        ({"count": "0"}, "count"),
        ({"count": "1001"}, "count"),
        ({"count": "9" * 100}, "count"),
        ({"count": "many"}, "count"),
        ({"category": "queen"}, "category"),
        ({"sex": ""}, "sex"),
        ({"age_band": "x"}, "age_band"),
    ],
)
def test_tally_new_with_bad_input(client, url, form, changed, field):
    response = client.post(url, form | changed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Tally.objects.exists()


def test_tally_new_in_cancelled_workshop_from_old_tab(client, url, form, workshop):
    workshop.state = WorkshopState.CANCELLED
    workshop.save()
    response = client.post(url, form)
    assert response.status_code == 409
    assert 'value="12"' in response.content.decode()


def test_tally_remove_asks_first(client, workshop):
    tally = TallyFactory(workshop=workshop)
    url = reverse("tally_remove", args=[workshop.code, tally.submission])
    assert "Remove this head-count?" in client.get(url).content.decode()
    assert Tally.objects.exists()
    client.post(url)
    assert not Tally.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_tally_pages_closed_to_others(role, status, request, signed_in, workshop, url, form):
    tally = TallyFactory(workshop=workshop)
    client = signed_in(request.getfixturevalue(role))
    remove = reverse("tally_remove", args=[workshop.code, tally.submission])
    for response in (client.get(url), client.post(url, form), client.get(remove), client.post(remove)):
        assert response.status_code == status
    assert Tally.objects.get() == tally


def test_tally_remove_of_another_workshop(client, workshop):
    tally = TallyFactory()
    url = reverse("tally_remove", args=[workshop.code, tally.submission])
    assert client.post(url).status_code == 404
    assert Tally.objects.exists()


def test_tally_new_notes_where_they_come_from(client, url, form, workshop):
    client.post(url, form | {"comes_from": workshop.locality.code})
    assert Tally.objects.get().locality == workshop.locality
    assert client.post(url, form | {"comes_from": "Nowhere"}).status_code == 422
