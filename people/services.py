"""Writing people down, what they agreed to, and forgetting them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User, record
from people.consent import WORDING_VERSION, Given, Purpose
from people.merging import forget_contacts
from people.models import Consent, Person


def agree(
    person: Person,
    *,
    purposes: Iterable[Purpose],
    how: Given,
    language: str,
    by: User,
    witness: str = "",
    version: str = WORDING_VERSION,
) -> None:
    """Note what the person agreed to. What was agreed before and not withdrawn stays as it is."""
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose=purpose,
                how=how,
                language=language,
                witness=witness,
                wording_version=version,
                recorded_by=by,
                is_demo=person.is_demo,
            )
            for purpose in purposes
        ],
        ignore_conflicts=True,
    )


def end_consents(person: Person, *, purposes: Iterable[Purpose]) -> None:
    """The person does not agree any more: what was agreed to stays on record, withdrawn as of now."""
    given = person.consents.filter(purpose__in=list(purposes), withdrawn_at=None)
    given.update(withdrawn_at=timezone.now())


def withdraw_contact(person: Person) -> None:
    """The person is not to be contacted any more: the consent ends and the contacts go."""
    with transaction.atomic():
        person.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).update(withdrawn_at=timezone.now())
        person.phone = person.email = ""
        person.save_with_index()
        forget_contacts(person)


def contact_ended(people: Iterable[int]) -> set[int]:
    """Keys of those who agreed to be contacted once, and do not any more."""
    contact = Consent.objects.filter(person__in=list(people), purpose=Purpose.CONTACT).order_by()
    still = contact.filter(withdrawn_at=None).values("person")
    return set(contact.exclude(person__in=still).values_list("person", flat=True))


def forget(person: Person, *, by: User) -> bool:
    """Delete a person who is registered nowhere any more, with index and consents. Tells whether."""
    with transaction.atomic():
        if person.participations.exists():
            return False
        record(by, "forgot", person)
        person.delete()
        return True
