import datetime

import pytest

from accounts.models import AuditEvent
from people.incumbencies import HeldByAnother, HoldingRefused, change_holding, days_of, hold, remove_holding
from people.models import HowEnded, Incumbency
from tests.factories.people import IncumbencyFactory, PersonFactory, PositionFactory

DAY = datetime.date(2024, 5, 1)
LATER = datetime.date(2026, 3, 2)


@pytest.fixture
def mayor(db, locality):
    return PositionFactory(locality=locality, title="Mayor")


def test_hold_writes_down_the_holder(mayor, facilitator):
    row = hold(mayor, person=PersonFactory(), starts_on=DAY, by=facilitator)
    assert (row.starts_on, row.ends_on, row.how_ended, row.recorded_by) == (DAY, None, "", facilitator)
    assert AuditEvent.objects.get(verb="recorded holder").subject == mayor.code


def test_hold_of_a_position_still_held_asks(mayor, facilitator):
    other = IncumbencyFactory(position=mayor, starts_on=DAY)
    with pytest.raises(HeldByAnother):
        hold(mayor, person=PersonFactory(), starts_on=LATER, by=facilitator)
    hold(mayor, person=PersonFactory(), starts_on=LATER, by=facilitator, others="share")
    other.refresh_from_db()
    assert other.ends_on is None


def test_hold_can_end_the_time_of_the_other(mayor, facilitator):
    other = IncumbencyFactory(position=mayor, starts_on=DAY)
    hold(mayor, person=PersonFactory(), starts_on=LATER, by=facilitator, others="end")
    other.refresh_from_db()
    assert (other.ends_on, other.how_ended) == (LATER, HowEnded.UNKNOWN)


@pytest.mark.parametrize("starts_on", [None, datetime.date(2020, 1, 1)])
def test_hold_cannot_end_the_other_on_no_day_or_before_it_began(mayor, facilitator, starts_on):
    other = IncumbencyFactory(position=mayor, starts_on=DAY)
    with pytest.raises(HoldingRefused):
        hold(mayor, person=PersonFactory(), starts_on=starts_on, by=facilitator, others="end")
    other.refresh_from_db()
    assert other.ends_on is None
    assert Incumbency.objects.count() == 1


def test_hold_in_the_past_asks_nothing(mayor, facilitator):
    IncumbencyFactory(position=mayor, starts_on=LATER)
    row = hold(mayor, person=PersonFactory(), starts_on=DAY, ends_on=LATER, by=facilitator)
    assert row.how_ended == HowEnded.UNKNOWN


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [
        (datetime.date(2010, 1, 1), datetime.date(2019, 1, 1), True),
        (datetime.date(2010, 1, 1), datetime.date(2020, 1, 1), True),  # the day on which the next began
        (datetime.date(2010, 1, 1), datetime.date(2020, 6, 1), False),
        (datetime.date(2021, 1, 1), datetime.date(2021, 6, 1), False),
        (datetime.date(2024, 1, 1), None, True),
        (datetime.date(2023, 1, 1), None, False),
        (None, None, False),
        (None, datetime.date(2019, 1, 1), True),
        (datetime.date(2025, 1, 1), datetime.date(2024, 6, 1), False),
    ],
)
def test_hold_twice_by_the_same_person(mayor, facilitator, first, last, allowed):
    person = PersonFactory()
    IncumbencyFactory(
        position=mayor,
        person=person,
        starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(2024, 1, 1),
    )
    if allowed:
        assert hold(mayor, person=person, starts_on=first, ends_on=last, by=facilitator).pk
    else:
        with pytest.raises(HoldingRefused):
            hold(mayor, person=person, starts_on=first, ends_on=last, by=facilitator)
        assert Incumbency.objects.count() == 1


def test_change_holding_ends_and_opens_again(mayor, facilitator):
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    change_holding(row, starts_on=DAY, ends_on=LATER, how_ended="election", by=facilitator)
    row.refresh_from_db()
    assert (row.ends_on, row.how_ended) == (LATER, "election")
    change_holding(row, starts_on=DAY, ends_on=None, how_ended="election", by=facilitator)
    row.refresh_from_db()
    assert (row.ends_on, row.how_ended) == (None, "")


def test_remove_holding_leaves_position_and_person(mayor, facilitator):
    row = IncumbencyFactory(position=mayor)
    remove_holding(row, by=facilitator)
    assert not Incumbency.objects.exists()
    assert type(row.person).objects.filter(pk=row.person_id).exists()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (DAY, None, "since 1 May 2024"),
        (DAY, LATER, "1 May 2024 to 2 March 2026"),
        (None, LATER, "until 2 March 2026"),
        (None, None, "since a day that is not known"),
    ],
)
def test_days_of(first, last, words):
    assert days_of(Incumbency(starts_on=first, ends_on=last)) == words
