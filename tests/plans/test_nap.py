import datetime

import pytest

from frameworks.models import Framework, NapState
from plans.nap import is_in_force, nap_warning

TODAY = datetime.date(2026, 6, 1)


def nap(state, *, ends=datetime.date(2028, 12, 31)):
    return Framework(state=state, period_start=datetime.date(2025, 1, 1), period_end=ends)


@pytest.mark.parametrize(
    ("framework", "warning", "in_force"),
    [
        (nap(NapState.ACTIVE), "", True),
        (nap(NapState.ACTIVE, ends=None), "", True),
        (nap(NapState.ACTIVE, ends=TODAY), "ends on 1 June 2026", True),
        (nap(NapState.ACTIVE, ends=TODAY + datetime.timedelta(days=180)), "ends on 28 November 2026", True),
        (nap(NapState.ACTIVE, ends=TODAY + datetime.timedelta(days=181)), "", True),
        (nap(NapState.ACTIVE, ends=datetime.date(2026, 5, 31)), "expired on 31 May 2026", False),
        (nap(NapState.EXPIRED, ends=datetime.date(2022, 12, 31)), "expired on 31 December 2022", False),
        (nap(NapState.EXPIRED, ends=None), "has expired", False),
        (nap(NapState.EXTENDED, ends=datetime.date(2022, 12, 31)), "", True),
        (nap(NapState.SUPERSEDED), "superseded", False),
        (nap(NapState.DRAFT), "draft", False),
    ],
)
def test_nap_warning(framework, warning, in_force):
    said = nap_warning(framework, today=TODAY)
    assert warning in said
    assert bool(said) is bool(warning)
    assert is_in_force(framework, today=TODAY) is in_force


def test_nap_warning_without_a_nap_is_none():
    assert nap_warning(None, today=TODAY) == ""
