"""Who was at a meeting: seats as of the day, quorum, corrections, and what is refused."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.models import Attendance, Meeting, Vote
from tests.factories.committees import (
    AppointmentFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)

DAY = datetime.date(2026, 6, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    now = datetime.datetime(2026, 6, 2, 14, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def meeting(committee):
    return MeetingFactory(committee=committee, day=DAY)


@pytest.fixture
def client(secretary, signed_in):
    return signed_in(secretary)


def page_of(meeting):
    return reverse("meeting_attendance", args=[meeting.code])


def marks(seats, *presences, day=DAY, **typed):
    chosen = {f"seat_{seat.code}": mark for seat, mark in zip(seats, presences, strict=False)}
    return {"day": day.isoformat(), **chosen, **typed}


def seats_of(meeting, count=3, **fields):
    return [SeatFactory(committee=meeting.committee, **fields) for _ in range(count)]


def test_meeting_attendance_holds_the_meeting(meeting, client):
    seats = seats_of(meeting)
    observer = SeatFactory(committee=meeting.committee, role="observer", voting=False)
    typed = marks([*seats, observer], "present", "represented", "absent", "present", guests="UN Women")
    assert client.post(page_of(meeting), typed).url == meeting.get_absolute_url()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.voting_seats, meeting.quorum) == ("held", 3, 2)
    assert Attendance.objects.count() == 4
    page = client.get(meeting.get_absolute_url()).text
    assert "2 of 3 voting seats, 2 needed: quorum reached" in page
    assert "UN Women" in page
    assert meeting.committee.last_met == DAY


def test_meeting_attendance_without_quorum_says_so(meeting, client):
    client.post(page_of(meeting), marks(seats_of(meeting), "present", "excused", "absent"))
    page = client.get(meeting.get_absolute_url()).text
    assert "1 of 3 voting seats, 2 needed: no quorum, 1 voting seat was missing" in page


@pytest.mark.parametrize("count", [1, 5])
def test_meeting_attendance_takes_the_same_queries(count, meeting, client, django_assert_num_queries):
    seats_of(meeting, count)
    with django_assert_num_queries(8):
        page = client.get(page_of(meeting))
    assert page.text.count("attendance-seat") == count


def test_meeting_attendance_all_present_is_a_shortcut(meeting, client):
    seats_of(meeting)
    assert client.get(page_of(meeting)).text.count(" checked") == 0
    assert client.get(page_of(meeting), {"all": "present"}).text.count(" checked") == 3
    assert not Attendance.objects.exists()


def test_meeting_attendance_asks_the_seats_of_that_day(meeting, client):
    here = SeatFactory(committee=meeting.committee)
    SeatFactory(committee=meeting.committee, since=DAY + datetime.timedelta(days=1))
    SeatFactory(committee=meeting.committee, ended_on=DAY)
    left = SeatFactory(committee=meeting.committee)
    AppointmentFactory(seat=left, ends_on=DAY, how_ended="resigned")
    sat = SeatFactory(committee=meeting.committee)
    appointment = AppointmentFactory(seat=sat)
    assert client.get(page_of(meeting)).context["seats"] == [here, sat]
    client.post(page_of(meeting), marks([here, sat], "present", "present"))
    assert Attendance.objects.get(seat=sat).appointment == appointment
    assert Attendance.objects.get(seat=here).appointment is None


def test_meeting_attendance_of_an_earlier_day_asks_the_seats_of_then(meeting, client):
    old, new = SeatFactory(committee=meeting.committee), SeatFactory(committee=meeting.committee, since=DAY)
    earlier = datetime.date(2026, 5, 20)
    response = client.post(page_of(meeting), marks([old, new], "present", "present", day=earlier))
    assert response.status_code == 302
    assert list(Attendance.objects.values_list("seat", flat=True)) == [old.pk]
    meeting.refresh_from_db()
    assert (meeting.day, meeting.voting_seats) == (earlier, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2026-06-03"}, "This day has not come yet"),
        ({"day": "2026-03-02"}, "The committee was set up on 3 March 2026"),
        ({"day": "yesterday"}, "Enter a valid date"),
        ({"quorum": "4"}, "had 3 voting seats on this day"),
        ({"quorum": "0"}, "greater than or equal to 1"),
        ({"guests": "x" * 100_000}, "at most 500 characters"),
    ],
)
def test_meeting_attendance_refuses_in_words(typed, said, meeting, client):
    seats = seats_of(meeting)
    response = client.post(page_of(meeting), marks(seats, "present", "present", "absent") | typed)
    assert response.status_code == 422
    assert said in response.text
    assert response.text.count(" checked") == 3
    meeting.refresh_from_db()
    assert meeting.state == "planned"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (datetime.date(2025, 6, 2), "The committee was set up on 3 March 2026"),
        (datetime.date(2026, 4, 1), "The committee had no seat on this day"),
    ],
)
def test_meeting_attendance_of_a_day_without_seats_keeps_what_was_typed(day, said, meeting, client):
    seats = seats_of(meeting, since=datetime.date(2026, 5, 1))
    response = client.post(page_of(meeting), marks(seats, "present", "present", "absent", day=day))
    assert response.status_code == 422
    assert said in response.context["form"].errors["day"][0]
    assert response.text.count(" checked") == 3


def test_meeting_attendance_needs_each_seat(meeting, client):
    response = client.post(page_of(meeting), marks(seats_of(meeting), "present", "present"))
    assert response.status_code == 422
    assert "Say whether somebody was there for this seat" in response.text


def test_meeting_attendance_takes_the_rule_of_the_committee(meeting, client):
    meeting.committee.quorum = 3
    meeting.committee.save()
    seats = seats_of(meeting)
    client.post(page_of(meeting), marks(seats, "present", "present", "absent"))
    meeting.refresh_from_db()
    assert meeting.quorum == 3


def test_meeting_attendance_of_a_second_meeting_that_day_asks_first(meeting, client):
    MeetingFactory(committee=meeting.committee, day=DAY, held=True)
    typed = marks(seats_of(meeting), "present", "present", "present")
    response = client.post(page_of(meeting), typed)
    assert response.status_code == 422
    assert "held a meeting on this day already" in response.text
    assert client.post(page_of(meeting), typed | {"is_another": "on"}).status_code == 302


def test_meeting_attendance_can_be_corrected(meeting, client):
    seats = seats_of(meeting)
    client.post(page_of(meeting), marks(seats, "present", "present", "absent"))
    client.post(page_of(meeting), marks(seats, "present", "excused", "absent"))
    assert list(Attendance.objects.order_by("seat").values_list("presence", flat=True)) == [
        "present", "excused", "absent",
    ]  # fmt: skip
    assert Meeting.objects.get().sequence == 1


def test_meeting_attendance_stands_once_the_minutes_are_approved(meeting, client):
    seats = seats_of(meeting)
    client.post(page_of(meeting), marks(seats, "present", "present", "absent"))
    Meeting.objects.update(minutes_state="approved", approved_on=DAY)
    response = client.post(page_of(meeting), marks(seats, "absent", "absent", "absent"))
    assert response.url == meeting.get_absolute_url()
    assert Attendance.objects.filter(presence="present").count() == 2


def test_meeting_attendance_of_a_seat_that_voted_stays(meeting, client):
    seats = seats_of(meeting)
    client.post(page_of(meeting), marks(seats, "present", "present", "absent"))
    Vote.objects.create(decision=DecisionFactory(meeting=meeting), seat=seats[0], choice="for")
    response = client.post(page_of(meeting), marks(seats, "absent", "present", "absent"))
    assert response.status_code == 422
    assert "voted at this meeting" in response.text
    assert Attendance.objects.get(seat=seats[0]).presence == "present"


def test_meeting_attendance_of_a_seat_that_ended_since_is_still_shown(meeting, client):
    seats = seats_of(meeting)
    client.post(page_of(meeting), marks(seats, "present", "present", "absent"))
    AppointmentFactory(
        seat=seats[0], starts_on=DAY - datetime.timedelta(9), ends_on=DAY, how_ended="resigned"
    )
    assert client.get(page_of(meeting)).context["seats"] == seats


def test_meeting_attendance_of_a_cancelled_one_is_refused(committee, client):
    cancelled = MeetingFactory(committee=committee, day=DAY, state="cancelled", cancelled_reason="Rain")
    seats = seats_of(cancelled)
    assert client.post(page_of(cancelled), marks(seats, *["present"] * 3)).status_code == 302
    assert not Attendance.objects.exists()


def test_meeting_attendance_without_seats_leads_to_them(meeting, client):
    page = client.get(page_of(meeting)).text
    assert "had no seat on this day" in page


def test_meeting_attendance_names_nobody(meeting, client, django_user_model):
    from tests.factories.people import PersonFactory

    seat = SeatFactory(committee=meeting.committee)
    person = PersonFactory(country=meeting.committee.locality.country, full_name="Hidden Kabedi")
    AppointmentFactory(seat=seat, person=person)
    client.post(page_of(meeting), marks([seat], "present"))
    for page in (page_of(meeting), meeting.get_absolute_url()):
        assert "Kabedi" not in client.get(page).text


def test_meeting_unhold_takes_it_back(committee, client):
    held = MeetingFactory(committee=committee, day=DAY, held=True)
    AttendanceFactory(meeting=held)
    client.post(reverse("meeting_unhold", args=[held.code]))
    held.refresh_from_db()
    assert (held.state, held.voting_seats, held.quorum) == ("planned", None, None)
    assert not Attendance.objects.exists()


def test_meeting_unhold_keeps_what_was_decided(committee, client):
    held = MeetingFactory(committee=committee, day=DAY, held=True)
    DecisionFactory(meeting=held)
    response = client.post(reverse("meeting_unhold", args=[held.code]), follow=True)
    assert "It has minutes or decisions" in response.text
    held.refresh_from_db()
    assert held.state == "held"


def test_meeting_attendance_corrected_leaves_no_decision_without_quorum(meeting, client):
    """What was decided by consensus or in secret was decided by enough seats, after a correction too."""
    seats = seats_of(meeting)
    client.post(page_of(meeting), marks(seats, "present", "present", "present"))
    decision = DecisionFactory(meeting=meeting)
    said = "so few voting seats (1) could not have"
    answer = client.post(page_of(meeting), marks(seats, "present", "absent", "absent"))
    assert answer.status_code == 422
    assert said in answer.text
    assert client.post(page_of(meeting), marks(seats, "present", "present", "absent")).status_code == 302
    decision.how, decision.votes_for = "secret", 2
    decision.save()
    typed = marks(seats, "present", "absent", "absent", quorum=1)
    assert said in client.post(page_of(meeting), typed).text
    assert Attendance.objects.filter(presence="present").count() == 2
    decision.result = "deferred"
    decision.save()
    assert client.post(page_of(meeting), typed).status_code == 302
