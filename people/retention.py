"""How long contacts are kept: 24 months after the last event that somebody came to (BR20, ICRC)."""

import calendar
import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from accounts.models import record
from people.consent import Purpose
from people.merging import forget_contacts, forget_copies
from people.models import Consent, Merge, NameToken, Person, TokenKind

MONTHS_KEPT = 24
AT_ONCE = 500


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier; the last day of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def kept_too_long(today: datetime.date) -> QuerySet[Person]:
    """Those with a contact, or with the consent for one, whose last event ended too long ago.

    Lengths are asked for, not contents: nothing is decrypted to find them."""
    cutoff = months_before(today, MONTHS_KEPT)
    agreed = Consent.objects.filter(purpose=Purpose.CONTACT, withdrawn_at=None).values("person")
    later = Person.objects.filter(participations__workshop__ends_on__gte=cutoff).values("pk")
    old = Person.objects.filter(created_at__date__lt=cutoff).exclude(pk__in=later)
    with_contact = old.annotate(letters=Length("phone") + Length("email")).filter(letters__gt=0)
    return old.filter(pk__in=with_contact.values("pk")) | old.filter(pk__in=agreed)


def erase_old_contacts(today: datetime.date) -> int:
    """Empty the contacts of those, and end the consents; tells of how many people."""
    erased = 0
    while keys := list(kept_too_long(today).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            now = timezone.now()
            Consent.objects.filter(person__in=keys, purpose=Purpose.CONTACT, withdrawn_at=None).update(
                withdrawn_at=now
            )
            Person.objects.filter(pk__in=keys).update(phone="", email="", indexed="", updated_at=now)
            NameToken.objects.filter(person__in=keys, kind=TokenKind.PHONE).delete()
            forget_copies(keys)
            merged = Merge.objects.filter(kept__in=keys, undone_at=None).values("kept")
            for person in Person.objects.filter(pk__in=merged):
                forget_contacts(person)
            record(None, "erased old contacts", "people", people=len(keys), months=MONTHS_KEPT)
        erased += len(keys)
    return erased


def old_merges(today: datetime.date) -> QuerySet[Merge]:
    """Merges that can still be undone, because the record that went is kept, contacts and all."""
    cutoff = months_before(today, MONTHS_KEPT)
    with_record = Merge.objects.annotate(letters=Length("snapshot")).filter(letters__gt=0)
    return with_record.filter(created_at__date__lt=cutoff)


def erase_old_merges(today: datetime.date) -> int:
    """Forget what went in merges long ago: they cannot be undone any more. Tells how many."""
    with transaction.atomic():
        erased = old_merges(today).update(snapshot="")
        if erased:
            record(None, "erased old merges", "people", merges=erased, months=MONTHS_KEPT)
    return erased
