"""The programme on paper: that of the page, without what a wall must not tell at high risk."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workshops.models import Workshop
from workshops.papers.heads import Head, is_guarded
from workshops.reports.programme import DayPlan, HalfDayPlan, ProgrammePlan, Share


@dataclass(frozen=True)
class PaperDay:
    """A day that has sessions; `date` is empty at high risk, and after the last day."""

    label: str
    date: str
    halves: list[HalfDayPlan]


@dataclass(frozen=True)
class Programme:
    """All days, and how much time goes to which kind of session (F19)."""

    head: Head
    days: list[PaperDay]
    shares: list[Share]
    minutes: int  # without breaks
    time: str

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, as_of: datetime.date) -> Self:
        """One query."""
        plan = ProgrammePlan.from_workshop(workshop)
        return cls(
            head=Head.from_workshop(workshop, as_of=as_of),
            days=[_day(workshop, day) for day in plan.days if day.has_sessions],
            shares=plan.shares,
            minutes=plan.minutes,
            time=plan.time,
        )

    @property
    def is_led(self) -> bool:
        """A column that nobody filled is not printed."""
        return any(slot.item.facilitator for day in self.days for half in day.halves for slot in half.slots)


def _day(workshop: Workshop, day: DayPlan) -> PaperDay:
    date = workshop.starts_on + datetime.timedelta(days=day.number - 1)
    has_date = not (day.is_over or is_guarded(workshop))
    return PaperDay(
        _("Day %(number)s") % {"number": day.number},
        date_format(date, "DATE_FORMAT") if has_date else "",
        [half for half in day.halves if half.slots],
    )
