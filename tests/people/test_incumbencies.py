import datetime

import pytest

from accounts.models import AuditEvent
from people.incumbencies import (
    HeldByAnother,
    HoldingRefused,
    Next,
    change_holding,
    days_of,
    end_holding,
    hold,
    remove_holding,
)
from people.merging import merge_people, undo_merge
from people.models import HowEnded, Incumbency
from people.services import forget
from tests.factories.people import ElectionFactory, IncumbencyFactory, PersonFactory, PositionFactory

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


@pytest.fixture
def followed(monkeypatch):
    """What those who follow the change of an office are told, in order."""
    told = []
    monkeypatch.setattr("people.turnover.WHEN_LEFT", [lambda row, by: told.append(("left", row.ends_on))])
    monkeypatch.setattr("people.turnover.WHEN_CAME", [lambda row, by: told.append(("came", row.starts_on))])
    return told


def test_hold_without_a_name(mayor, facilitator):
    row = hold(mayor, person=None, starts_on=DAY, term_ends_on=LATER, by=facilitator)
    assert (row.person, row.term_ends_on) == (None, LATER)
    assert AuditEvent.objects.get(verb="recorded holder").detail == {"person": "", "ended": 0}


def test_hold_without_a_name_asks_about_the_other(mayor, facilitator):
    hold(mayor, person=None, starts_on=DAY, by=facilitator)
    with pytest.raises(HeldByAnother):
        hold(mayor, person=None, starts_on=LATER, by=facilitator)
    hold(mayor, person=None, starts_on=LATER, by=facilitator, others="share")
    assert mayor.incumbencies.current().count() == 2


def test_hold_names_the_one_who_was_not_named(mayor, facilitator, followed):
    row = hold(mayor, person=None, starts_on=DAY, term_ends_on=LATER, by=facilitator)
    person = PersonFactory()
    same = hold(mayor, person=person, starts_on=None, by=facilitator, others="same")
    assert (same.pk, same.person, same.starts_on, same.term_ends_on) == (row.pk, person, DAY, LATER)
    assert followed == [("came", DAY)]
    with pytest.raises(HoldingRefused, match="without a name"):
        hold(mayor, person=PersonFactory(), starts_on=DAY, by=facilitator, others="same")


def test_hold_tells_who_left_and_who_came(mayor, facilitator, followed):
    hold(mayor, person=None, starts_on=DAY, by=facilitator)
    hold(mayor, person=None, starts_on=LATER, by=facilitator, others="end")
    assert followed == [("came", DAY), ("left", LATER), ("came", LATER)]


def test_hold_in_the_past_tells_nobody(mayor, facilitator, followed):
    hold(mayor, person=None, starts_on=DAY, ends_on=LATER, by=facilitator)
    assert followed == []


def test_change_holding_tells_of_an_end_and_of_its_correction(mayor, facilitator, followed):
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    change_holding(row, starts_on=DAY, ends_on=None, how_ended="", by=facilitator)
    assert followed == []
    change_holding(row, starts_on=DAY, ends_on=LATER, how_ended="", by=facilitator)
    change_holding(row, starts_on=DAY, ends_on=LATER, how_ended="transfer", by=facilitator)
    change_holding(row, starts_on=DAY, ends_on=None, how_ended="", by=facilitator)
    assert followed == [("left", LATER), ("came", DAY)]


def test_remove_holding_tells_only_of_who_held_it(mayor, facilitator, followed):
    remove_holding(IncumbencyFactory(position=mayor, ends_on=DAY, how_ended="transfer"), by=facilitator)
    assert followed == []
    remove_holding(IncumbencyFactory(position=mayor, starts_on=DAY), by=facilitator)
    assert followed == [("left", None)]


def test_what_follows_fails_with_the_whole(mayor, facilitator, monkeypatch):
    def refuse(row, by):
        raise RuntimeError("no")

    monkeypatch.setattr("people.turnover.WHEN_LEFT", [refuse])
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    with pytest.raises(RuntimeError):
        end_holding(row, ends_on=LATER, how_ended="transfer", by=facilitator)
    row.refresh_from_db()
    assert row.ends_on is None


def test_end_holding_with_who_follows(mayor, facilitator, followed):
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    term = datetime.date(2031, 3, 2)
    following = end_holding(
        row, ends_on=LATER, how_ended="transfer", follows=Next(LATER, term), by=facilitator
    )
    row.refresh_from_db()
    assert (row.ends_on, row.how_ended) == (LATER, HowEnded.TRANSFER)
    assert (following.person, following.starts_on, following.term_ends_on) == (None, LATER, term)
    assert followed == [("left", LATER), ("came", LATER)]


def test_end_holding_twice_is_refused(mayor, facilitator, followed):
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    end_holding(row, ends_on=LATER, how_ended="transfer", by=facilitator)
    with pytest.raises(HoldingRefused, match="already"):
        end_holding(row, ends_on=LATER, how_ended="election", by=facilitator)


def test_end_holding_leaves_who_shares_the_position(mayor, facilitator):
    other = IncumbencyFactory(position=mayor, starts_on=DAY)
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    end_holding(row, ends_on=LATER, how_ended="transfer", follows=Next(LATER), by=facilitator)
    other.refresh_from_db()
    assert other.ends_on is None
    assert mayor.incumbencies.current().count() == 2


def test_end_holding_by_an_election_that_came_later_is_refused(mayor, facilitator):
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    election = ElectionFactory(country=mayor.locality.country, held_on=LATER, state="held")
    with pytest.raises(HoldingRefused, match="The election was on"):
        end_holding(
            row, ends_on=LATER - datetime.timedelta(1), how_ended="", election=election, by=facilitator
        )
    end_holding(row, ends_on=LATER, how_ended="unknown", election=election, by=facilitator)
    assert row.how_ended == HowEnded.ELECTION
    assert AuditEvent.objects.get(verb="ended holder").detail["election"] == election.code


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"ends_on": DAY - datetime.timedelta(1)}, "ends_on"),
        ({"ends_on": LATER, "follows": Next(DAY)}, "next_starts_on"),
        ({"ends_on": LATER, "follows": Next(LATER, DAY)}, "term_ends_on"),
    ],
)
def test_end_holding_refuses_days_out_of_order(mayor, facilitator, days, field):
    row = IncumbencyFactory(position=mayor, starts_on=DAY)
    with pytest.raises(HoldingRefused) as refusal:
        end_holding(row, how_ended="", by=facilitator, **days)
    assert refusal.value.field == field
    row.refresh_from_db()
    assert row.ends_on is None


def test_term_that_ends_before_it_begins_is_refused(mayor, facilitator):
    with pytest.raises(HoldingRefused, match="before it began"):
        hold(mayor, person=None, starts_on=LATER, term_ends_on=DAY, by=facilitator)


def test_erasing_the_person_keeps_the_history_of_the_office(mayor, facilitator):
    person = PersonFactory()
    row = IncumbencyFactory(position=mayor, person=person, starts_on=DAY)
    IncumbencyFactory(position=mayor, person=None, starts_on=DAY)
    assert forget(person, by=facilitator)
    row.refresh_from_db()
    assert (row.person, row.starts_on) == (None, DAY)


def test_merging_takes_the_offices_along_and_back(mayor, facilitator, country):
    kept, gone = PersonFactory(country=country), PersonFactory(country=country)
    IncumbencyFactory(position=mayor, person=kept, starts_on=DAY)
    row = IncumbencyFactory(position=mayor, person=gone, starts_on=DAY)
    unnamed = IncumbencyFactory(position=mayor, person=None, starts_on=DAY)
    merge = merge_people(kept, gone, fields=[], by=facilitator)
    assert sorted(mayor.incumbencies.values_list("person", flat=True), key=str) == [kept.pk, None]
    undo_merge(merge, by=facilitator)
    assert mayor.incumbencies.get(pk=row.pk).person.code == gone.code
    assert mayor.incumbencies.get(pk=unnamed.pk).person is None
