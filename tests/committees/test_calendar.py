"""committees.calendar: when a committee should meet, what is late, what was left out (F72, F73)."""

import datetime

import pytest

from committees.calendar import (
    MeetingCalendar,
    due_days,
    expected_meetings,
    missed_days,
    overdue_committees,
    suggested_day,
)
from committees.states import MeetingFrequency
from tests.factories.committees import CommitteeFactory, MeetingFactory

MARCH = datetime.date(2026, 3, 3)


def day(text):
    return datetime.date.fromisoformat(text)


def test_due_days_keep_the_end_of_the_month():
    days = due_days(day("2026-10-31"), MeetingFrequency.MONTHLY)
    assert [next(days).isoformat() for _ in range(5)] == [
        "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("frequency", "count"),
    [
        ("monthly", 12),
        ("two_months", 6),
        ("quarterly", 4),
        ("half_yearly", 2),
        ("yearly", 1),
        ("as_needed", 0),
    ],
)
def test_expected_meetings_of_a_year(frequency, count):
    days = [each.day for each in expected_meetings(MARCH, frequency, today=day("2026-03-03"))]
    assert len(days) == count
    assert days == sorted(days)


def test_expected_meetings_keep_the_end_of_the_month():
    days = [each.day for each in expected_meetings(day("2026-10-31"), "monthly", today=day("2026-11-01"))]
    assert [each.isoformat() for each in days[:4]] == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]


def test_expected_meetings_begin_anew_where_the_committee_is_late():
    """Two weeks from now, so that an invitation can go out; from there every quarter."""
    days = [each.day for each in expected_meetings(MARCH, "quarterly", today=day("2026-07-01"))]
    assert [each.isoformat() for each in days] == ["2026-07-15", "2026-10-15", "2027-01-15", "2027-04-15"]


def test_expected_meetings_count_from_what_is_planned():
    near, far = (MeetingFactory.build(committee=None, day=day(each)) for each in ("2026-06-10", "2026-12-01"))
    found = expected_meetings(MARCH, "quarterly", today=day("2026-05-01"), planned=[near, far])
    assert [(each.day.isoformat(), each.planned) for each in found] == [
        ("2026-06-03", near),
        ("2026-09-10", None),
        ("2026-12-10", far),
        ("2027-03-01", None),
    ]


def test_missed_days_are_the_quarters_left_out():
    assert missed_days(MARCH, "quarterly", today=day("2026-06-03")) == []
    assert missed_days(MARCH, "quarterly", today=day("2026-06-04")) == [day("2026-06-03")]
    assert len(missed_days(MARCH, "quarterly", today=day("2027-03-04"))) == 4


@pytest.fixture
def quarterly(committee):
    committee.meeting_frequency = MeetingFrequency.QUARTERLY
    committee.save()
    return committee


def test_from_committee_counts_from_the_day_it_was_set_up(quarterly):
    calendar = MeetingCalendar.from_committee(quarterly, today=day("2026-06-03"))
    assert (calendar.due_on, calendar.overdue_days) == (day("2026-06-03"), 0)
    assert not calendar.is_overdue
    late = MeetingCalendar.from_committee(quarterly, today=day("2026-06-13"))
    assert (late.is_overdue, late.overdue_days, len(late.missed)) == (True, 10, 1)


def test_from_committee_counts_from_the_last_meeting(quarterly):
    MeetingFactory(committee=quarterly, day=day("2026-05-20"), held=True)
    assert MeetingCalendar.from_committee(quarterly, today=day("2026-06-13")).due_on == day("2026-08-20")


def test_from_committee_says_for_which_days_nothing_is_planned(quarterly):
    planned = MeetingFactory.build(committee=quarterly, day=day("2026-06-10"))
    calendar = MeetingCalendar.from_committee(quarterly, today=day("2026-05-01"), planned=[planned])
    assert calendar.without_meeting == [day("2026-09-10"), day("2026-12-10"), day("2027-03-10")]


def test_suggested_day_follows_the_rule_and_leaves_time_for_the_invitation(quarterly, committee):
    assert suggested_day(quarterly, today=day("2026-04-01")) == day("2026-06-03")
    assert suggested_day(quarterly, today=day("2026-07-01")) == day("2026-07-15")
    assert suggested_day(quarterly, today=day("2026-04-01"), after=day("2026-06-10")) == day("2026-09-10")
    as_needed = CommitteeFactory(locality=committee.locality)
    assert suggested_day(as_needed, today=day("2026-04-01")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 5])
def test_overdue_committees_take_one_query(rows, locality, coordinator, outsider, django_assert_num_queries):
    for _ in range(rows):
        committee = CommitteeFactory(locality=locality, meeting_frequency="quarterly")
    met = CommitteeFactory(locality=locality, meeting_frequency="quarterly")
    MeetingFactory(committee=met, day=day("2026-08-01"), held=True)
    CommitteeFactory(locality=locality, state="proposed", established_on=None, meeting_frequency="quarterly")
    coordinator.scope  # noqa: B018 - its own query, once a request
    with django_assert_num_queries(1):
        late = overdue_committees(coordinator, day("2026-08-02"))
    assert len(late) == rows
    assert committee in late
    assert overdue_committees(outsider, day("2026-08-02")) == []


@pytest.mark.django_db
def test_overdue_committees_begin_with_the_longest(locality, coordinator):
    half_yearly = CommitteeFactory(locality=locality, meeting_frequency="half_yearly")
    monthly = CommitteeFactory(locality=locality, meeting_frequency="monthly")
    assert overdue_committees(coordinator, day("2026-10-01")) == [monthly, half_yearly]
