"""Launching guidelines: every required institution stands behind the text, and it is frozen as an edition."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from guidelines.gates import missing_for_endorsement, refuse_launch_day, refuse_unless_ready
from guidelines.models import Edition, Guidelines
from guidelines.services.editions import publish
from guidelines.services.moving import MoveRefused, settle_endorsement
from guidelines.services.news import tell_of_launch
from guidelines.states import SIGNING_STATES


@transaction.atomic
def launch_guidelines(
    guidelines: Guidelines,
    *,
    on: datetime.date,
    reason: str = "",
    by: User,
    today: datetime.date | None = None,
) -> Edition:
    """Freeze the text as the next edition. Raises MoveRefused, FieldRefused (a day that cannot be)
    or NotReady (who has not signed, by name)."""
    row, today = settle_endorsement(guidelines, by=by), today or timezone.localdate()
    if row.state not in SIGNING_STATES:
        raise MoveRefused(row)
    refuse_unless_ready(missing_for_endorsement(row))
    refuse_launch_day(row, on=on, today=today)
    edition = publish(row, on=on, by=by, reason=reason.strip(), today=today)
    tell_of_launch(edition, but=by)
    return edition
