import datetime

import pytest
from django.urls import reverse

from committees.models import Appointment, Seat
from tests.factories.committees import AppointmentFactory, AttendanceFactory, SeatFactory
from tests.factories.people import IncumbencyFactory, OrganizationFactory

SEAT = {
    "held_by": "position",
    "position_title": "Mayor",
    "side": "government",
    "role": "member",
    "voting": "on",
}
SENT = {"held_by": "organization", "organization": "Women's union", "side": "civil_society", "role": "member"}


def test_seat_new_of_an_organisation_that_sends_somebody(committee, facilitator, signed_in):
    client, url = signed_in(facilitator), reverse("seat_new", args=[committee.code])
    for _ in range(2):  # it may send two
        assert client.post(url, SENT | {"category": "women_leader", "since": "2026-04-01"}).status_code == 302
    seat = Seat.objects.last()
    assert (seat.position, str(seat.organization), seat.category) == (None, "Women's union", "women_leader")
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "Women&#x27;s union" in page
    assert "sends whom it likes" in page
    assert client.get(reverse("seat_detail", args=[committee.code, seat.code])).status_code == 200
    assert client.get(reverse("seat_edit", args=[committee.code, seat.code])).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (SENT | {"organization": ""}, "organization"),
        (SENT | {"position_title": "Mayor"}, "position_title"),
        (SEAT | {"held_by": "nobody"}, "held_by"),
        (SEAT | {"category": "king"}, "category"),
        (SEAT | {"since": "2026-03-02"}, "since"),
        (SEAT | {"since": "2999-01-01"}, "since"),
    ],
)
def test_seat_new_says_what_cannot_be_at_the_field(values, field, committee, facilitator, signed_in):
    response = signed_in(facilitator).post(reverse("seat_new", args=[committee.code]), values)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Seat.objects.exists()


def test_seat_edit_keeps_the_office_by_which_somebody_sat(committee, facilitator, signed_in):
    seat = SeatFactory(committee=committee)
    AppointmentFactory(seat=seat, incumbency=IncumbencyFactory(position=seat.position))
    url = reverse("seat_edit", args=[committee.code, seat.code])
    response = signed_in(facilitator).post(url, SEAT)
    assert "the seat stays with that office" in str(response.context["form"].errors["position_title"])
    younger = SEAT | {"position_title": seat.position.title, "since": "2026-05-01"}
    response = signed_in(facilitator).post(url, younger)
    assert "the seat cannot be younger" in str(response.context["form"].errors["since"])


def test_votes_stay_as_many_as_the_quorum_asks_for(committee, facilitator, signed_in):
    committee.quorum = 2
    committee.save()
    seat = SeatFactory(committee=committee)
    SeatFactory(committee=committee)
    client, address = signed_in(facilitator), [committee.code, seat.code]
    values = SEAT | {"position_title": seat.position.title, "role": "observer"}
    response = client.post(reverse("seat_edit", args=address), values)
    assert "Change the quorum first" in str(response.context["form"].errors["voting"])
    response = client.post(reverse("seat_remove", args=address))
    assert response.status_code == 422
    assert "Change the quorum first" in response.content.decode()
    assert Seat.objects.count() == 2


def test_seat_with_a_history_ends_and_stays_in_it(committee, facilitator, signed_in):
    seat = SeatFactory(committee=committee)
    AppointmentFactory(seat=seat)
    client, url = signed_in(facilitator), reverse("seat_remove", args=[committee.code, seat.code])
    assert "End this seat?" in client.get(url).content.decode()
    for day in ("2026-03-02", "2999-01-01", "soon"):
        assert client.post(url, {"ended_on": day, "reason": "Fewer seats."}).status_code == 422
    assert client.post(url, {"ended_on": "2026-09-01", "reason": ""}).status_code == 422
    assert client.post(url, {"ended_on": "2026-09-01", "reason": "Fewer seats."}).status_code == 302
    row = Appointment.objects.get()
    assert (row.ends_on, row.how_ended) == (datetime.date(2026, 9, 1), "seat_ended")
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "Earlier seats" in page
    assert "Fewer seats." in page
    assert client.get(url).url == reverse("seat_detail", args=[committee.code, seat.code])
    # The position may have a seat again.
    again = SEAT | {"position_title": seat.position.title}
    assert client.post(reverse("seat_new", args=[committee.code]), again).status_code == 302


def test_seat_counted_at_a_meeting_ends_not_before_it(facilitator, committee, signed_in):
    row = AttendanceFactory(meeting__committee=committee, meeting__day=datetime.date(2026, 6, 2))
    url = reverse("seat_remove", args=[committee.code, row.seat.code])
    response = signed_in(facilitator).post(url, {"ended_on": "2026-06-01", "reason": "Fewer seats."})
    assert "2 June 2026" in str(response.context["form"].errors["ended_on"])


def test_seat_of_a_dissolved_committee_stays(committee, facilitator, signed_in):
    committee.state, committee.dissolved_on, committee.dissolved_reason = "dissolved", "2026-09-01", "Merged."
    committee.save()
    seat = SeatFactory(committee=committee)
    client = signed_in(facilitator)
    assert client.post(reverse("seat_new", args=[committee.code]), SEAT).status_code == 422
    assert client.post(reverse("seat_remove", args=[committee.code, seat.code])).status_code == 422
    new = reverse("appointment_new", args=[committee.code, seat.code])
    response = client.post(new, {"starts_on": "2026-05-01"})
    assert "The committee was dissolved" in response.content.decode()
    assert Seat.objects.count() == 1
    assert not Appointment.objects.exists()


def test_vacant_seat_is_named_beside_the_composition(committee, member, signed_in):
    seat = SeatFactory(
        committee=committee, organization=OrganizationFactory(name="Market union"), position=None
    )
    AppointmentFactory(seat=seat, ends_on=datetime.date(2026, 4, 1), how_ended="replaced")
    page = signed_in(member).get(committee.get_absolute_url()).content.decode()
    assert "Vacant, not counted:" in page
    assert "no voting seat yet" in page


def test_seats_of_an_active_board_keep_its_balance_or_need_a_reason(committee, facilitator, signed_in):
    """What the gate asked for when it was made active is not lost by the back door (BR5)."""
    for side in ["government", "civil_society"] * 2:
        seat = SeatFactory(committee=committee, side=side)
    committee.kind, committee.state = "monitoring", "active"
    committee.responsible = OrganizationFactory(country=committee.locality.country)
    committee.save()
    client, url = signed_in(facilitator), reverse("seat_new", args=[committee.code])
    assert client.post(url, SEAT).status_code == 302  # 3 and 2: an odd total
    answer = client.post(url, SEAT | {"position_title": "Prefect"})
    assert answer.status_code == 422
    assert "4 government, 2 civil society" in answer.content.decode()
    gone = reverse("seat_remove", args=[committee.code, seat.code])
    assert client.post(gone).status_code == 422
    typed = SEAT | {"position_title": seat.position.title}
    edit = reverse("seat_edit", args=[committee.code, seat.code])
    assert client.post(edit, typed | {"organization": ""}).status_code == 422
    assert committee.seats.filter(side="civil_society").count() == 2
    committee.balance_override = "Seats are filled next month."
    committee.save()
    assert client.post(gone).status_code == 302
