"""Quarters of a plan's period: when an update about each is due and when it locks (BR16)."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

MONTHS_IN_QUARTER = 3

# Two weeks bring together what members did in a quarter; committees meet once in that time as a rule.
DUE_AFTER = datetime.timedelta(days=15)
# From the due day. The last reminder goes to the coordinator 30 days after it; two weeks to act remain.
LOCKS_AFTER = datetime.timedelta(days=45)


@dataclass(frozen=True)
class Quarter:
    """Three months of a calendar year, or what lies of them in a plan's period."""

    start: datetime.date
    end: datetime.date

    @property
    def key(self) -> tuple[int, int]:
        """Year and quarter, whatever the plan's period cuts off."""
        return self.start.year, quarter_of(self.start)

    @property
    def label(self) -> str:
        """In the language that is active: "Q1 2026"."""
        return gettext("Q%(quarter)s %(year)s") % {"quarter": quarter_of(self.start), "year": self.start.year}

    @property
    def due_on(self) -> datetime.date:
        return self.end + DUE_AFTER

    @property
    def locks_on(self) -> datetime.date:
        return self.due_on + LOCKS_AFTER


def quarter_of(day: datetime.date) -> int:
    return (day.month - 1) // MONTHS_IN_QUARTER + 1


def quarters_between(start: datetime.date, end: datetime.date) -> Iterator[Quarter]:
    """The quarters that the period touches, the first and the last cut at its ends."""
    first = start
    while first <= end:
        last = quarter_end(first)
        yield Quarter(first, min(last, end))
        first = last + datetime.timedelta(days=1)


def quarter_end(day: datetime.date) -> datetime.date:
    """The last day of the quarter in which `day` lies."""
    month = quarter_of(day) * MONTHS_IN_QUARTER
    next_month = datetime.date(day.year + month // 12, month % 12 + 1, 1)
    return next_month - datetime.timedelta(days=1)
