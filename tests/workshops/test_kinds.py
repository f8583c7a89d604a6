from datetime import date

import pytest

from workshops.kinds import (
    USUAL,
    add_months,
    is_outside_training_window,
    needs_length_reason,
    suggested_training,
)
from workshops.states import WorkshopKind


def test_usual_is_known_for_every_kind():
    assert set(USUAL) == set(WorkshopKind)


@pytest.mark.parametrize(
    ("last", "suggested"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),  # F33
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_suggested_training_comes_six_months_later(last, suggested):
    assert suggested_training(last) == suggested


def test_add_months_over_several_years():
    assert add_months(date(2026, 11, 30), 27) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("starts_on", "outside"),
    [
        (date(2026, 5, 14), True),
        (date(2026, 5, 15), False),
        (date(2026, 7, 15), False),
        (date(2026, 10, 15), False),
        (date(2026, 10, 16), True),
    ],
)
def test_training_window_is_four_to_nine_months(starts_on, outside):
    assert is_outside_training_window(starts_on, date(2026, 1, 15)) == outside


@pytest.mark.parametrize("kind", WorkshopKind.values)
@pytest.mark.parametrize("days", [1, 2, 3])
def test_only_a_writeshop_of_another_length_asks_why(kind, days):
    assert needs_length_reason(kind, days) == (kind == "writeshop" and days != 2)
