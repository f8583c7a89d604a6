"""When it is time to ask again: commitments at 30, 90 and 180 days, and the missing committee.

Training without follow-up fizzles out (domain.md §2.8); F22. BR13: a committee is set up at the
workshop, so that its absence shows after 90 days. Days are counted from the last day of the workshop.
"""

import datetime
from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

COMMITTEE_DAYS = 90


class Milestone(models.IntegerChoices):
    """Days after the workshop at which each commitment is asked about."""

    DAY_30 = 30, _("30 days")
    DAY_90 = 90, _("90 days")
    DAY_180 = 180, _("180 days")


def day_of(last_day: datetime.date, milestone: Milestone) -> datetime.date:
    return last_day + datetime.timedelta(days=milestone.value)


def reached(last_day: datetime.date, *, today: datetime.date) -> list[Milestone]:
    """The milestones that have come."""
    return [each for each in Milestone if day_of(last_day, each) <= today]


def due_milestone(
    last_day: datetime.date, *, heard: Collection[int], today: datetime.date
) -> Milestone | None:
    """The milestone to ask about now: the latest that has come, unless it was heard. Earlier ones that
    nobody asked about are past: asked now, the answer would be that of today."""
    came = reached(last_day, today=today)
    return came[-1] if came and came[-1] not in heard else None


def next_milestone(
    last_day: datetime.date, *, today: datetime.date
) -> tuple[Milestone, datetime.date] | None:
    """The first milestone that is still to come, with its day."""
    coming = [(each, day_of(last_day, each)) for each in Milestone if day_of(last_day, each) > today]
    return coming[0] if coming else None


def last_days_of(milestone: Milestone, *, today: datetime.date) -> tuple[datetime.date | None, datetime.date]:
    """The last days of those workshops, from and to, whose latest milestone today is this one."""
    later = [each for each in Milestone if each > milestone]
    first = today - datetime.timedelta(days=later[0].value - 1) if later else None
    return first, today - datetime.timedelta(days=milestone.value)


def committee_was_due_before(today: datetime.date) -> datetime.date:
    """Workshops that ended before this day should have a committee by now (BR13)."""
    return today - datetime.timedelta(days=COMMITTEE_DAYS)
