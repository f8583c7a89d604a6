"""What is changed of a person after the registration: name and contacts, and each consent."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEvent, User, record
from people.consent import WORDING_VERSION, Given, Purpose
from people.models import Consent, Person
from people.services import withdraw_contact

# Without these nobody may be on a list: to withdraw one is to be erased.
NEEDED_TO_BE_LISTED = frozenset({Purpose.REGISTER, Purpose.GUARDIAN})
PERSONAL = ("full_name", "phone", "email", "sex", "age_band")


class PersonGone(Exception):
    """The person was merged with another record, or erased, since the form was opened."""


class PersonChanged(Exception):
    """Somebody saved this person since the form was opened; `current` is as it stands now."""

    def __init__(self, current: Person) -> None:
        super().__init__("changed by somebody else")
        self.current = current


class ConsentRefused(Exception):
    """A consent that cannot be written down now, in words that people can act on."""


def correct_person(
    person: Person, *, values: dict[str, str], opened_at: datetime.datetime, by: User
) -> Person:
    """Write `values` of PERSONAL fields, if nobody saved the person since it was opened."""
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person.pk).first()
        if row is None:
            raise PersonGone
        if row.updated_at != opened_at:
            raise PersonChanged(row)
        changed = [name for name in PERSONAL if name in values and getattr(row, name) != values[name]]
        for name in changed:
            setattr(row, name, values[name])
        row.save_with_index()
        record(by, "corrected person", row, fields=changed)
    return row


def record_consent(
    person: Person,
    *,
    purpose: Purpose,
    how: Given,
    language: str,
    witness: str,
    given_on: datetime.date,
    by: User,
    phone: str = "",
    email: str = "",
) -> Consent:
    """Write down that the person agreed, on a day, to the words as they are now.

    Raises PersonGone, and ConsentRefused where the person agreed to the same already."""
    noon = datetime.datetime.combine(given_on, datetime.time(12), timezone.get_current_timezone())
    try:
        with transaction.atomic():
            row = Person.objects.select_for_update().filter(pk=person.pk).first()
            if row is None:
                raise PersonGone
            if purpose == Purpose.CONTACT:
                row.phone, row.email = phone, email
                row.save_with_index()
            consent = Consent.objects.create(
                person=row,
                purpose=purpose,
                how=how,
                language=language,
                witness=witness,
                wording_version=WORDING_VERSION,
                given_at=min(noon, timezone.now()),
                recorded_by=by,
                is_demo=row.is_demo,
            )
            record(by, "recorded consent", row, purpose=str(purpose.value))
    except IntegrityError:
        raise ConsentRefused(_("The person agreed to this already, and has not withdrawn it.")) from None
    return consent


def withdraw_consent(consent: Consent, *, by: User) -> None:
    """The person does not agree any more. Without the consent to be contacted, the contacts go.

    To be listed at all is withdrawn by erasing the person (workshops.services.erasure)."""
    if consent.purpose in NEEDED_TO_BE_LISTED:
        raise ValueError("withdrawn by erasing the person")
    with transaction.atomic():
        if consent.purpose == Purpose.CONTACT:
            withdraw_contact(consent.person)
        Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
        record(by, "withdrew consent", consent.person, purpose=consent.purpose)


def note_names_read(subject: Person | str, *, by: User) -> None:
    """Somebody looks at names: one audit line for each account, subject and day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    code = getattr(subject, "code", subject)
    if not AuditEvent.objects.filter(by=by, verb="read names", subject=code, at__gte=today).exists():
        record(by, "read names", subject)
