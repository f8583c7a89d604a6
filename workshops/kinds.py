"""What is usual for each kind of event: length, size, place, and when a training of trainers is due."""

import calendar
import datetime
from dataclasses import dataclass

from workshops.states import WorkshopKind

# BR3, F33: a training of trainers comes about six months after the workshops; window 4 to 9 months.
TRAINING_AFTER_MONTHS = 6
TRAINING_WINDOW = (4, 9)


@dataclass(frozen=True)
class Usual:
    """Defaults that a new event of a kind starts with; `asks_why`: another length wants a reason."""

    days: int
    expected: int
    is_national: bool = False
    asks_why: bool = False


USUAL: dict[WorkshopKind, Usual] = {
    WorkshopKind.LOCALIZATION: Usual(days=2, expected=40),
    WorkshopKind.WRITESHOP: Usual(days=2, expected=25, asks_why=True),  # BR2, F27
    WorkshopKind.TRAINING_OF_TRAINERS: Usual(days=2, expected=25, is_national=True),  # F34
    WorkshopKind.ROLLOUT: Usual(days=1, expected=30),
    WorkshopKind.COMMITTEE_TRAINING: Usual(days=1, expected=15),
    WorkshopKind.CONSULTATION: Usual(days=1, expected=30),
    WorkshopKind.CONFERENCE: Usual(days=2, expected=100, is_national=True),
    WorkshopKind.REVIEW: Usual(days=1, expected=25),
}


def usual(kind: str) -> Usual:
    return USUAL[WorkshopKind(kind)]


def needs_length_reason(kind: str, days: int) -> bool:
    """Whether this length is to be explained: a writeshop has two days (BR2)."""
    found = usual(kind)
    return found.asks_why and days != found.days


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of a shorter month: 31 August → 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def suggested_training(last_workshop: datetime.date) -> datetime.date:
    """When a training of trainers may begin: last workshop on 15 January → 15 July (F33)."""
    return add_months(last_workshop, TRAINING_AFTER_MONTHS)


def is_outside_training_window(starts_on: datetime.date, last_workshop: datetime.date) -> bool:
    """Sooner than four or later than nine months after the last workshop: a warning, never a bar (BR3)."""
    earliest, latest = (add_months(last_workshop, months) for months in TRAINING_WINDOW)
    return not earliest <= starts_on <= latest
