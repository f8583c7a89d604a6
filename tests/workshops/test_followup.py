"""When it is time to ask: by date alone, without a database."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.followup import (
    Milestone,
    committee_was_due_before,
    due_milestone,
    last_days_of,
    next_milestone,
    reached,
)

LAST = datetime.date(2026, 3, 3)


def after(days):
    return LAST + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "heard", "due"),
    [
        (-1, set(), None),
        (0, set(), None),
        (29, set(), None),
        (30, set(), Milestone.DAY_30),
        (30, {30}, None),
        (89, set(), Milestone.DAY_30),
        (90, {30}, Milestone.DAY_90),
        (90, set(), Milestone.DAY_90),
        (90, {90}, None),
        (179, {90}, None),
        (180, {30, 90}, Milestone.DAY_180),
        (5000, {30, 90}, Milestone.DAY_180),
        (5000, {180}, None),
    ],
)
def test_due_milestone(days, heard, due):
    assert due_milestone(LAST, heard=heard, today=after(days)) == due


@pytest.mark.parametrize(
    ("days", "coming"), [(0, 30), (29, 30), (30, 90), (90, 180), (179, 180), (180, None)]
)
def test_next_milestone(days, coming):
    found = next_milestone(LAST, today=after(days))
    assert found == (None if coming is None else (Milestone(coming), after(coming)))


@given(st.integers(-400, 4000))
def test_last_days_of_is_the_same_question_asked_of_the_database(days):
    """A workshop's latest milestone is the one whose span of last days holds its own."""
    today = after(days)
    came = reached(LAST, today=today)
    for milestone in Milestone:
        first, last = last_days_of(milestone, today=today)
        inside = last >= LAST and (first is None or first <= LAST)
        assert inside == bool(came and came[-1] == milestone)


def test_committee_is_due_after_ninety_days():
    assert not committee_was_due_before(after(90)) > LAST
    assert committee_was_due_before(after(91)) > LAST
