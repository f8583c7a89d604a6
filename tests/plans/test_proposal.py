"""plans.proposal"""

import datetime

import pytest

from plans.proposal import proposed_period
from tests.factories.plans import LocalActionPlanFactory

D = datetime.date


@pytest.mark.parametrize(
    ("before", "today", "proposed"),
    [
        (None, D(2026, 5, 1), (D(2026, 1, 1), D(2029, 12, 31))),
        ((D(2022, 1, 1), D(2026, 12, 31)), D(2026, 5, 1), (D(2027, 1, 1), D(2031, 12, 31))),
        ((D(2015, 7, 1), D(2020, 6, 30)), D(2020, 5, 1), (D(2020, 7, 1), D(2025, 6, 30))),
        ((D(2010, 1, 1), D(2012, 12, 31)), D(2026, 5, 1), (D(2026, 1, 1), D(2028, 12, 31))),
        ((D(2026, 1, 1), D(2026, 3, 31)), D(2026, 5, 1), (D(2026, 4, 1), D(2027, 3, 31))),
        ((D(2027, 3, 1), D(2028, 2, 28)), D(2026, 5, 1), (D(2028, 2, 29), D(2029, 2, 27))),
    ],
)
def test_proposed_period(before, today, proposed):
    follows = None
    if before:
        follows = LocalActionPlanFactory.build(committee=None, locality=None)
        follows.period_start, follows.period_end = before
    assert proposed_period(follows, today=today) == proposed
