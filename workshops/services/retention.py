"""What is not kept for longer than 24 months after a workshop, beside the people's own contacts (BR20)."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length

from accounts.models import record
from people import retention
from workshops.models import Invitation, SelfRegistration
from workshops.services.erasure import OF_THE_INVITED


@dataclass(frozen=True)
class Erased:
    """How many of each were, or would be, emptied."""

    people: int
    invitations: int
    waiting: int
    merges: int


def old_invitations(today: datetime.date) -> QuerySet[Invitation]:
    """Those with a name or a contact, of workshops that ended too long ago."""
    cutoff = retention.months_before(today, retention.MONTHS_KEPT)
    letters = Length("full_name") + Length("phone") + Length("email") + Length("position")
    return (
        Invitation.objects.filter(workshop__ends_on__lt=cutoff)
        .annotate(letters=letters + Length("organization"))
        .filter(letters__gt=0)
    )


def old_waiting(today: datetime.date) -> QuerySet[SelfRegistration]:
    """Those who registered themselves for a workshop long ago and were never confirmed."""
    cutoff = retention.months_before(today, retention.MONTHS_KEPT)
    return SelfRegistration.objects.filter(workshop__ends_on__lt=cutoff)


def kept_too_long(today: datetime.date) -> Erased:
    """What `erase_kept_too_long` would erase."""
    return Erased(
        people=retention.kept_too_long(today).count(),
        invitations=old_invitations(today).count(),
        waiting=old_waiting(today).count(),
        merges=retention.old_merges(today).count(),
    )


def erase_kept_too_long(today: datetime.date) -> Erased:
    """Empty what was kept for long enough; the audit record holds the numbers."""
    people = retention.erase_old_contacts(today)
    with transaction.atomic():
        keys = list(old_invitations(today).values_list("pk", flat=True))
        Invitation.objects.filter(pk__in=keys).update(**OF_THE_INVITED)
        waiting = old_waiting(today).delete()[0]
        if keys or waiting:
            record(None, "erased old invitations", "workshops", invitations=len(keys), waiting=waiting)
    return Erased(people, len(keys), waiting, retention.erase_old_merges(today))
