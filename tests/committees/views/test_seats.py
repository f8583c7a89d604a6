"""Pages of the seats of a committee."""

import pytest
from django.urls import reverse

from committees.models import Seat
from tests.committees.views.scene import SEAT
from tests.factories.committees import SeatFactory

HTMX = {"HX-Request": "true"}


def test_seat_new_adds_and_empties_the_form(committee, facilitator, signed_in):
    client, url = signed_in(facilitator), reverse("seat_new", args=[committee.code])
    response = client.post(url, SEAT, follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert response.context["form"]["position_title"].value() is None
    assert "Seat added: Mayor, City council." in response.content.decode()
    assert Seat.objects.get().committee == committee


def test_seat_new_by_htmx_answers_with_the_part_that_moved(committee, facilitator, signed_in):
    client, url = signed_in(facilitator), reverse("seat_new", args=[committee.code])
    page = client.post(url, SEAT, headers=HTMX).content.decode()
    assert "<html" not in page
    assert "1 government, 0 civil society" in page
    assert "autofocus" in page
    refused = client.post(url, SEAT, headers=HTMX)
    assert refused.status_code == 422
    assert "has a seat on the committee already" in refused.content.decode()
    assert 'value="City council"' in refused.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position_title", ""),
        ("position_title", "x" * 100_000),
        ("organization", "x" * 100_000),
        ("side", "moon"),
        ("side", ""),
        ("role", "king"),
    ],
)
def test_seat_new_says_what_is_wrong_at_the_field(field, value, committee, facilitator, signed_in):
    response = signed_in(facilitator).post(reverse("seat_new", args=[committee.code]), SEAT | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Seat.objects.exists()


@pytest.mark.parametrize("rows", [1, 5])
def test_seat_new_queries(rows, committee, facilitator, signed_in, django_assert_num_queries):
    for _ in range(rows):
        SeatFactory(committee=committee)
    client = signed_in(facilitator)
    with django_assert_num_queries(8):
        client.get(reverse("seat_new", args=[committee.code]))


def test_seat_edit_saves(committee, facilitator, signed_in):
    seat = SeatFactory(committee=committee)
    client, url = signed_in(facilitator), reverse("seat_edit", args=[committee.code, seat.code])
    assert seat.position.title in client.get(url).content.decode()
    assert client.post(url, SEAT | {"role": "observer"}).url == committee.get_absolute_url()
    seat.refresh_from_db()
    assert (seat.position.title, seat.voting) == ("Mayor", False)


def test_seat_edit_refuses_a_second_chair_and_keeps_what_was_typed(committee, facilitator, signed_in):
    SeatFactory(committee=committee, role="chair")
    seat = SeatFactory(committee=committee)
    response = signed_in(facilitator).post(reverse("seat_edit", args=[committee.code, seat.code]), SEAT)
    assert response.status_code == 422
    assert "has a chair already" in response.content.decode()
    assert 'value="Mayor"' in response.content.decode()


def test_seat_remove_asks_first(committee, facilitator, signed_in):
    seat = SeatFactory(committee=committee)
    client, url = signed_in(facilitator), reverse("seat_remove", args=[committee.code, seat.code])
    assert seat.position.title in client.get(url).content.decode()
    assert Seat.objects.exists()
    assert client.post(url).url == committee.get_absolute_url()
    assert not Seat.objects.exists()
