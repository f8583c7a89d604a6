import datetime

import pytest
from django.urls import reverse

from committees.composition import Side
from committees.filters import dormant_among, last_day_before
from committees.models import Committee
from committees.states import dormant_on
from tests.factories.committees import AppointmentFactory, CommitteeFactory, MeetingFactory, SeatFactory

DAYS = [
    datetime.date(2024, 2, 29),
    datetime.date(2026, 8, 31),
    datetime.date(2026, 9, 1),
    datetime.date(2027, 3, 1),
]


@pytest.mark.parametrize("today", DAYS)
def test_last_day_before_is_the_last_that_makes_dormant(today):
    day = last_day_before(today)
    assert dormant_on(day) <= today < dormant_on(day + datetime.timedelta(days=1))


@pytest.mark.parametrize(
    "today", [datetime.date(2026, 9, 3), datetime.date(2026, 9, 4), datetime.date(2027, 6, 1)]
)
def test_dormant_among_finds_those_that_say_so_themselves(today, locality):
    CommitteeFactory(locality=locality)
    CommitteeFactory(locality=locality, state="active", activated_on=datetime.date(2026, 6, 1))
    CommitteeFactory(locality=locality, state="proposed", established_on=None)
    met = CommitteeFactory(locality=locality)
    MeetingFactory(committee=met, held=True, day=datetime.date(2026, 7, 1))
    MeetingFactory(committee=met, day=datetime.date(2027, 5, 1))
    said = {row.pk for row in Committee.objects.all() if row.is_dormant(today)}
    assert set(Committee.objects.filter(dormant_among(today)).values_list("pk", flat=True)) == said


def test_committee_list_filters_by_state_and_shows_it(facilitator, locality, signed_in):
    dormant = CommitteeFactory(locality=locality, established_on=datetime.date(2020, 1, 1))
    proposed = CommitteeFactory(locality=locality, state="proposed", established_on=None)
    client, url = signed_in(facilitator), reverse("committee_list")
    page = client.get(url, {"state": "dormant"})
    assert list(page.context["page"]) == [dormant]
    assert "Dormant" in page.content.decode()
    assert list(client.get(url, {"state": "proposed"}).context["page"]) == [proposed]
    assert list(client.get(url, {"state": "established"}).context["page"]) == []
    assert list(client.get(url, {"state": "nonsense"}).context["page"]) is not None


def test_committee_list_filters_by_balance(facilitator, locality, signed_in):
    balanced, lost = CommitteeFactory(locality=locality), CommitteeFactory(locality=locality)
    empty = CommitteeFactory(locality=locality)
    for committee in (balanced, lost):
        for side in (Side.GOVERNMENT, Side.GOVERNMENT, Side.CIVIL_SOCIETY):
            SeatFactory(committee=committee, side=side)
        SeatFactory(committee=committee, side=Side.GOVERNMENT, voting=False)
    seat = lost.seats.get(side=Side.CIVIL_SOCIETY)
    AppointmentFactory(seat=seat, ends_on=datetime.date(2026, 5, 1), how_ended="resigned")
    client, url = signed_in(facilitator), reverse("committee_list")
    assert set(client.get(url, {"balance": "balanced"}).context["page"]) == {balanced}
    assert set(client.get(url, {"balance": "unbalanced"}).context["page"]) == {lost, empty}
    for committee in Committee.objects.with_seats():
        assert committee.composition.is_balanced is (committee == balanced)
