"""What a risk level changes (domain.md §2.7): who may know when and where a workshop takes place."""

import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workshops.states import RiskLevel

DAYS_HIDDEN_AFTER = 14  # the exact days of a workshop at high risk stay hidden so long after the last one

# What each level means, in words that stand beside the choice.
WHAT_IT_CHANGES: dict[RiskLevel, str | Promise] = {
    RiskLevel.LOW: _("Everybody with a role in the place sees the days. The venue is for those who run it."),
    RiskLevel.MEDIUM: _("The same, and the pages remind you of the safety plan and the referral contacts."),
    RiskLevel.HIGH: _(
        "Until two weeks after the last day, whoever does not run it sees the month only, not the days. "
        "No photos."
    ),
}


def days_are_hidden(risk_level: str, ends_on: datetime.date, *, today: datetime.date) -> bool:
    """Whether the exact days are still hidden from whoever does not run the workshop."""
    return risk_level == RiskLevel.HIGH and ends_on >= last_day_hidden_on(today)


def last_day_hidden_on(today: datetime.date) -> datetime.date:
    """A workshop at high risk that ended on this day, or later, is still hidden."""
    return today - datetime.timedelta(days=DAYS_HIDDEN_AFTER)
