"""Which page opens for whom."""

import datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from committees.models import Seat
from tests.committees.views.scene import SEAT
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory, SeatFactory

ACCESS = {"access_new", "access_edit", "access_remove"}
SETTING_UP = {
    *("seat_new", "seat_edit", "seat_remove"),
    *("committee_edit", "committee_activate", "committee_dissolve"),
}


@pytest.fixture
def urls(committee):
    seat = SeatFactory(committee=committee)
    access = CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_MEMBER)
    return {
        "committee_detail": committee.get_absolute_url(),
        "seat_new": reverse("seat_new", args=[committee.code]),
        "seat_edit": reverse("seat_edit", args=[committee.code, seat.code]),
        "seat_remove": reverse("seat_remove", args=[committee.code, seat.code]),
        "seat_detail": reverse("seat_detail", args=[committee.code, seat.code]),
        "appointment_new": reverse("appointment_new", args=[committee.code, seat.code]),
        "committee_edit": reverse("committee_edit", args=[committee.code]),
        "committee_activate": reverse("committee_activate", args=[committee.code]),
        "committee_dissolve": reverse("committee_dissolve", args=[committee.code]),
        "access_new": reverse("access_new", args=[committee.code]),
        "access_edit": reverse("access_edit", args=[committee.code, access.code]),
        "access_remove": reverse("access_remove", args=[committee.code, access.code]),
    }


def test_outsider_finds_nothing(urls, outsider, signed_in):
    client = signed_in(outsider)
    for url in urls.values():
        assert client.get(url).status_code == 404
        assert client.post(url, SEAT).status_code in {404, 405}
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("administrator", {"appointment_new"}),
        ("coordinator", set()),
        ("facilitator", ACCESS),
        ("oversight", ACCESS | SETTING_UP | {"appointment_new"}),
        ("secretary", ACCESS | SETTING_UP),
        ("member", ACCESS | SETTING_UP | {"appointment_new"}),
    ],
)
def test_each_role_opens_its_pages(who, refused, urls, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    answers = {name: client.get(url).status_code for name, url in urls.items()}
    assert answers == {name: 403 if name in refused else 200 for name in urls}


def test_seat_of_another_committee_is_404(committee, facilitator, locality, signed_in):
    other = CommitteeFactory(locality=locality, established_on=datetime.date(2026, 1, 1))
    seat = SeatFactory(committee=other)
    url = reverse("seat_edit", args=[committee.code, seat.code])
    assert signed_in(facilitator).get(url).status_code == 404
