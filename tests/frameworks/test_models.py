"""Which National Action Plan is in force on a day."""

import datetime

import pytest
from django.utils import timezone

from frameworks.models import Framework, NapState
from tests.factories.frameworks import NapFactory

DAY = datetime.date(2026, 11, 22)


def date(year):
    return datetime.date(year, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "start", "end", "expected"),
    [
        (NapState.ACTIVE, date(2025), date(2029), True),
        (NapState.ACTIVE, date(2020), date(2024), False),
        (NapState.ACTIVE, date(2027), date(2030), False),
        (NapState.ACTIVE, None, None, True),
        (NapState.EXTENDED, date(2019), date(2023), True),
        (NapState.EXTENDED, date(2027), date(2030), False),
        (NapState.EXPIRED, date(2019), date(2023), False),
        (NapState.SUPERSEDED, date(2019), date(2023), False),
        (NapState.DRAFT, date(2025), date(2029), False),
        (NapState.SUPERSEDED, None, None, False),
    ],
)
def test_in_force_on(country, state, start, end, expected):
    nap = NapFactory(country=country, state=state, period_start=start, period_end=end)
    assert (nap in Framework.objects.in_force_on(DAY)) is expected


@pytest.mark.django_db
def test_in_force_today_leaves_out_what_was_replaced_before_its_end(country):
    today = timezone.localdate()
    period = {"period_start": today, "period_end": today, "country": country}
    NapFactory(state=NapState.SUPERSEDED, **period)
    current = NapFactory(state=NapState.ACTIVE, **period)
    assert list(Framework.objects.in_force_today()) == [current]
