"""plans.lights"""

import datetime
from types import SimpleNamespace

import pytest

from plans.lights import TONES, Light, is_expected, light_of
from plans.models import ActivityState

TODAY = datetime.date(2026, 7, 1)
START, END = datetime.date(2026, 3, 1), datetime.date(2026, 12, 31)


def activity(state="planned", starts_on=START, ends_on=END):
    return SimpleNamespace(state=state, starts_on=starts_on, ends_on=ends_on)


def light(row, *, was_due=True, is_missing=False, is_reported=True):
    return light_of(row, today=TODAY, was_due=was_due, is_missing=is_missing, is_reported=is_reported)


@pytest.mark.parametrize("state", ["done", "dropped", "suspended", "blocked"])
def test_light_of_what_was_reported_goes_before_the_calendar(state):
    assert light(activity(state, ends_on=START), is_missing=True) == state


@pytest.mark.parametrize("state", ["planned", "ongoing", "delayed"])
def test_light_of_an_activity_after_its_end_is_late(state):
    assert light(activity(state, ends_on=TODAY - datetime.timedelta(days=1))) == Light.LATE
    assert light(activity(state, ends_on=TODAY), was_due=False) != Light.LATE


def test_light_of_silence_is_not_reported():
    assert light(activity("ongoing"), is_missing=True) == Light.NOT_REPORTED


def test_light_of_what_goes_on():
    assert light(activity("ongoing")) == Light.ON_TIME
    assert light(activity("delayed")) == Light.DELAYED


def test_light_of_what_should_have_begun_is_late_once_it_is_reported():
    assert light(activity("planned")) == Light.LATE
    assert light(activity("planned"), was_due=False, is_reported=False) == Light.UPCOMING
    assert light(activity("planned", starts_on=END)) == Light.UPCOMING
    assert light(activity("planned", starts_on=None, ends_on=None)) == Light.UPCOMING


def test_every_state_has_a_light_and_every_light_a_tone():
    assert {light(activity(state)) for state in ActivityState.values} <= set(Light)
    assert set(TONES) == set(Light)


@pytest.mark.parametrize(
    ("starts_on", "finished_on", "expected"),
    [
        (None, None, True),
        (datetime.date(2026, 6, 30), None, True),
        (datetime.date(2026, 7, 1), None, False),
        (START, datetime.date(2026, 4, 1), True),  # done in this very quarter
        (START, datetime.date(2026, 1, 1), False),  # done in the one before
    ],
)
def test_is_expected_from_the_quarter_of_its_start_to_that_of_its_end(starts_on, finished_on, expected):
    quarter = {"start": datetime.date(2026, 4, 1), "end": datetime.date(2026, 6, 30)}
    assert is_expected(activity(starts_on=starts_on), **quarter, finished_on=finished_on) is expected
