"""Whether the National Action Plan that a local plan follows can still carry it (BR18)."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from frameworks.models import Framework, NapState

WARNING_DAYS = 180


def nap_warning(nap: Framework | None, *, today: datetime.date) -> str:
    """What to look out for, in words; empty while the plan is in force for another half year."""
    if nap is None or nap.state == NapState.EXTENDED:
        return ""
    if nap.state == NapState.SUPERSEDED:
        if nap.replaced_on:
            day = date_format(nap.replaced_on)
            return gettext("This National Action Plan was replaced on %(day)s by a newer one.") % {"day": day}
        return gettext("This National Action Plan is superseded: a newer one exists.")
    if nap.state == NapState.DRAFT:
        return gettext("This National Action Plan is a draft: its items may still change.")
    end = nap.period_end
    if nap.state == NapState.EXPIRED or (end and end < today):
        if end is None:
            return gettext("This National Action Plan has expired.")
        return gettext("This National Action Plan expired on %(day)s.") % {"day": date_format(end)}
    if end and (end - today).days <= WARNING_DAYS:
        return gettext("This National Action Plan ends on %(day)s.") % {"day": date_format(end)}
    return ""


def is_in_force(nap: Framework, *, today: datetime.date) -> bool:
    """As FrameworkQuerySet.in_force_on, for one row at hand that may be followed now."""
    if nap.state == NapState.EXTENDED:
        return True
    return nap.state == NapState.ACTIVE and (nap.period_end is None or nap.period_end >= today)
