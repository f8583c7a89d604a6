import datetime

import pytest

from people.retention import months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ((2026, 11, 22), 24, (2024, 11, 22)),
        ((2024, 2, 29), 24, (2022, 2, 28)),
        ((2026, 8, 31), 6, (2026, 2, 28)),
        ((2026, 1, 15), 1, (2025, 12, 15)),
        ((2026, 12, 31), 12, (2025, 12, 31)),
    ],
)
def test_months_before(day, months, before):
    assert months_before(datetime.date(*day), months) == datetime.date(*before)
