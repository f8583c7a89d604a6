"""The life of a committee: proposed → established → active → (dormant) → dissolved (domain.md §5), and back
from there to where it stood, where it was dissolved by mistake or is needed again.

Dormant is nobody's decision: it is derived from the meetings (F72, International Alert 2020: secretariats
that existed on paper only)."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitteeState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ESTABLISHED = "established", _("Established")
    ACTIVE = "active", _("Active")
    DISSOLVED = "dissolved", _("Dissolved")


DORMANT = "dormant"  # what pages show in place of established or active

MOVES: dict[CommitteeState, frozenset[CommitteeState]] = {
    CommitteeState.PROPOSED: frozenset({CommitteeState.ESTABLISHED, CommitteeState.DISSOLVED}),
    CommitteeState.ESTABLISHED: frozenset({CommitteeState.ACTIVE, CommitteeState.DISSOLVED}),
    CommitteeState.ACTIVE: frozenset({CommitteeState.ESTABLISHED, CommitteeState.DISSOLVED}),
    # Reopened: to where it stood before, nowhere else (committees.services.reopening).
    CommitteeState.DISSOLVED: frozenset(
        {CommitteeState.PROPOSED, CommitteeState.ESTABLISHED, CommitteeState.ACTIVE}
    ),
}
# Those that meet, and whose meetings are asked for.
WORKING = frozenset({CommitteeState.ESTABLISHED, CommitteeState.ACTIVE})

DORMANT_AFTER_MONTHS = 6


class MeetingFrequency(models.TextChoices):
    """How often the committee meets, by its own rules."""

    MONTHLY = "monthly", _("Every month")
    TWO_MONTHS = "two_months", _("Every two months")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half year")
    YEARLY = "yearly", _("Every year")
    AS_NEEDED = "as_needed", _("As needed")


MONTHS_BETWEEN: dict[str, int] = {
    MeetingFrequency.MONTHLY: 1,
    MeetingFrequency.TWO_MONTHS: 2,
    MeetingFrequency.QUARTERLY: 3,
    MeetingFrequency.HALF_YEARLY: 6,
    MeetingFrequency.YEARLY: 12,
}


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    first_of_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(day.day, last))


def dormant_on(since: datetime.date) -> datetime.date:
    """The first day of dormancy of a committee that last met, or was set up, on `since`."""
    return months_later(since, DORMANT_AFTER_MONTHS) + datetime.timedelta(days=1)


def next_meeting_due(since: datetime.date, frequency: str) -> datetime.date | None:
    """By when it has to meet again, after it met or was set up on `since`; None where no rule says."""
    months = MONTHS_BETWEEN.get(frequency)
    return months_later(since, months) if months else None
