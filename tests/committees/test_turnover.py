import datetime

import pytest

from committees.models import Appointment
from committees.services.states import dissolve
from committees.turnover import seat_left, seat_taken, seat_term_moved
from people.elections import stay
from people.handovers import let_stay
from people.incumbencies import change_holding, remove_holding
from people.models import HowEnded
from people.turnover import WHEN_CAME, WHEN_LEFT, WHEN_TERM_MOVED
from tests.factories.committees import AppointmentFactory, AttendanceFactory, SeatFactory
from tests.factories.people import ElectionFactory, HandoverFactory, IncumbencyFactory, PersonFactory

MARCH = datetime.date(2026, 3, 3)
AUGUST = datetime.date(2026, 8, 1)
SEPTEMBER = datetime.date(2026, 9, 1)


@pytest.fixture
def seat(committee):
    return SeatFactory(committee=committee)


def left(row, on=AUGUST, how=HowEnded.ELECTION, by=None):
    row.ends_on, row.how_ended = on, how
    row.save()
    seat_left(row, by)


def is_vacant(seat, day):
    return type(seat).objects.with_vacancy(day).get(pk=seat.pk).is_vacant


def test_followers_are_wired():
    assert seat_left in WHEN_LEFT
    assert seat_taken in WHEN_CAME
    assert seat_term_moved in WHEN_TERM_MOVED


def test_seat_left_ends_who_sat_by_that_office(seat, facilitator):
    mayor = IncumbencyFactory(position=seat.position, starts_on=MARCH)
    sitting = AppointmentFactory(seat=seat, incumbency=mayor)
    named = AppointmentFactory(seat__committee=seat.committee)
    left(mayor, by=facilitator)
    sitting.refresh_from_db()
    named.refresh_from_db()
    assert (sitting.ends_on, sitting.how_ended) == (AUGUST, "election")
    assert named.ends_on is None
    assert is_vacant(seat, AUGUST)
    assert not is_vacant(seat, AUGUST - datetime.timedelta(days=1))


def test_seat_left_writes_down_who_held_a_seat_of_which_nothing_was_known(seat):
    left(IncumbencyFactory(position=seat.position, starts_on=datetime.date(2024, 1, 1)))
    row = Appointment.objects.get()
    assert (row.starts_on, row.ends_on) == (MARCH, AUGUST)  # not before the committee
    assert is_vacant(seat, AUGUST)


def test_seat_left_by_one_of_two_holders_is_not_vacant(seat):
    IncumbencyFactory(position=seat.position)
    left(IncumbencyFactory(position=seat.position))
    assert not Appointment.objects.exists()


def test_seat_taken_seats_who_comes(seat):
    mayor = IncumbencyFactory(position=seat.position, starts_on=MARCH)
    AppointmentFactory(seat=seat, incumbency=mayor)
    left(mayor)
    person = PersonFactory(sex="woman", age_band="18_to_29")
    term = datetime.date(2030, 9, 1)
    row = IncumbencyFactory(position=seat.position, person=person, starts_on=SEPTEMBER, term_ends_on=term)
    seat_taken(row, None)
    now = seat.appointments.get(ends_on=None)
    assert (now.incumbency, now.starts_on, now.term_ends_on) == (row, SEPTEMBER, term)
    assert (now.sex, now.age_band) == ("woman", "18_to_29")
    assert not is_vacant(seat, SEPTEMBER)


@pytest.mark.parametrize("way", ["corrected", "prolonged", "elected again"])
def test_seat_keeps_to_the_term_of_its_office(way, seat, facilitator):
    """Nobody asks who follows on a seat whose holder stays."""
    term = datetime.date(2031, 9, 1)
    mayor = IncumbencyFactory(position=seat.position, starts_on=MARCH, term_ends_on=SEPTEMBER)
    sitting = AppointmentFactory(seat=seat, incumbency=mayor, starts_on=MARCH, term_ends_on=SEPTEMBER)
    if way == "corrected":
        change_holding(mayor, starts_on=MARCH, ends_on=None, how_ended="", term_ends_on=term, by=facilitator)
    elif way == "prolonged":
        handover = HandoverFactory(position=seat.position, outgoing=mayor, due_on=SEPTEMBER)
        let_stay(handover, reason="Prolonged", term_ends_on=term, today=AUGUST, by=facilitator)
    else:
        stay(mayor, ElectionFactory(), term_ends_on=term, today=AUGUST, by=facilitator)
    sitting.refresh_from_db()
    assert (sitting.ends_on, sitting.term_ends_on) == (None, term)


def test_seat_taken_by_somebody_not_named(seat):
    seat_taken(IncumbencyFactory(position=seat.position, person=None, starts_on=SEPTEMBER), None)
    assert (Appointment.objects.get().person, Appointment.objects.get().sex) == (None, "unstated")


def test_seat_taken_leaves_who_sits_there(seat):
    AppointmentFactory(seat=seat)
    seat_taken(IncumbencyFactory(position=seat.position, starts_on=SEPTEMBER), None)
    assert Appointment.objects.count() == 1


def test_seat_taken_starts_when_the_last_left(seat):
    AppointmentFactory(seat=seat, ends_on=SEPTEMBER, how_ended="term")
    seat_taken(IncumbencyFactory(position=seat.position, starts_on=AUGUST), None)
    assert seat.appointments.get(ends_on=None).starts_on == SEPTEMBER


def test_seat_taken_of_a_holder_of_the_past_changes_nothing(seat):
    seat_taken(IncumbencyFactory(position=seat.position, starts_on=MARCH, ends_on=AUGUST), None)
    assert not Appointment.objects.exists()


def test_seat_of_a_dissolved_committee_follows_no_more(seat, facilitator):
    dissolve(seat.committee, on=AUGUST, reason="Merged.", by=facilitator, today=SEPTEMBER)
    seat_taken(IncumbencyFactory(position=seat.position, starts_on=SEPTEMBER), None)
    assert not Appointment.objects.exists()


def test_holder_taken_back_takes_the_seat_along(seat, facilitator):
    row = IncumbencyFactory(position=seat.position, starts_on=SEPTEMBER)
    seat_taken(row, facilitator)
    remove_holding(row, by=facilitator)
    assert not Appointment.objects.exists()
    assert not is_vacant(seat, SEPTEMBER)


def test_holder_taken_back_leaves_what_a_meeting_counted(seat, facilitator):
    row = IncumbencyFactory(position=seat.position, starts_on=MARCH)
    seat_taken(row, facilitator)
    AttendanceFactory(meeting__committee=seat.committee, seat=seat, appointment=Appointment.objects.get())
    remove_holding(row, by=facilitator)
    assert Appointment.objects.get().incumbency is None
