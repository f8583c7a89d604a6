"""Before a part of a plan is removed: what was reported about it is never lost with it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from plans.attachments import drop_file
from plans.models import Attachment, IndicatorValue, ProgressUpdate, UpdateState
from plans.services.refusals import Reported

# What the committee sent in counts, until the secretary returns it.
REPORTED = (UpdateState.SUBMITTED, UpdateState.APPROVED)


def not_reported(updates: QuerySet[ProgressUpdate]) -> None:
    """Raises Reported. Drafts of updates hinder nobody: their files go with them."""
    if updates.filter(state__in=REPORTED).exists():
        raise Reported(
            gettext(
                "Progress was reported about this, so it cannot be removed: the reports would be lost. "
                "Report the activity as dropped instead, with the reason."
            )
        )
    drop_files(Attachment.objects.filter(update__in=updates))


def not_measured(values: QuerySet[IndicatorValue]) -> None:
    """Raises Reported."""
    if values.filter(update__state__in=REPORTED).exists():
        raise Reported(
            gettext(
                "Values were reported for this indicator, so it cannot be removed: they would be lost. "
                "Change its text instead, or add another indicator."
            )
        )


def drop_files(attachments: QuerySet[Any]) -> None:
    """The stored files as well: a row that goes with another leaves its file behind."""
    for attachment in attachments:
        drop_file(attachment)
