"""How an activity stands, from its dates and its approved updates: never typed, and said in a word.

Delayed, blocked, suspended, dropped and done are what the committee reported. Late is what the
calendar says; not reported is what nobody says.
"""

import datetime
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models import ActivityState


class Light(models.TextChoices):
    DONE = "done", _("Done")
    ON_TIME = "on_time", _("On time")
    UPCOMING = "upcoming", _("Not due yet")
    LATE = "late", _("Late")
    DELAYED = "delayed", _("Delayed")
    BLOCKED = "blocked", _("Blocked")
    SUSPENDED = "suspended", _("Suspended")
    NOT_REPORTED = "not_reported", _("Not reported")
    DROPPED = "dropped", _("Dropped")


# How it looks (components/state.html).
TONES: dict[Light, str] = {
    Light.DONE: "done",
    Light.ON_TIME: "going",
    Light.UPCOMING: "",
    Light.LATE: "warn",
    Light.DELAYED: "warn",
    Light.BLOCKED: "stop",
    Light.SUSPENDED: "stop",
    Light.NOT_REPORTED: "warn",
    Light.DROPPED: "",
}

# What was reported says it all, whatever the calendar says.
REPORTED: dict[str, Light] = {
    ActivityState.DONE: Light.DONE,
    ActivityState.DROPPED: Light.DROPPED,
    ActivityState.SUSPENDED: Light.SUSPENDED,
    ActivityState.BLOCKED: Light.BLOCKED,
}

# No update is expected any more once this was approved.
FINISHED = frozenset({ActivityState.DONE, ActivityState.DROPPED})


class Dated(Protocol):
    """What the light of an activity depends on."""

    starts_on: datetime.date | None
    ends_on: datetime.date | None
    state: str


def light_of(
    activity: Dated, *, today: datetime.date, was_due: bool, is_missing: bool, is_reported: bool
) -> Light:
    """`was_due`: an update about it was due already; `is_missing`: the last one due did not come;
    `is_reported`: some update about it is approved."""
    if activity.state in REPORTED:
        return REPORTED[activity.state]
    if activity.ends_on and activity.ends_on < today:
        return Light.LATE
    if is_missing:
        return Light.NOT_REPORTED
    if activity.state == ActivityState.DELAYED:
        return Light.DELAYED
    if activity.state == ActivityState.ONGOING:
        return Light.ON_TIME
    begun = activity.starts_on is None or activity.starts_on <= today
    # Reported as not begun, although it should have.
    return Light.LATE if begun and activity.starts_on and was_due and is_reported else Light.UPCOMING


def is_expected(
    activity: Dated, *, start: datetime.date, end: datetime.date, finished_on: datetime.date | None
) -> bool:
    """Whether an update about the activity belongs to the quarter from `start` to `end`: from the quarter
    in which it begins until the one in which it is done or dropped (`finished_on` lies in that one), also
    after its own end, for then it is late. Without a start it is expected from the beginning."""
    if activity.starts_on and activity.starts_on > end:
        return False
    return finished_on is None or start <= finished_on
