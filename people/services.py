"""Writing people down, what they agreed to, and forgetting them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User, record
from people.consent import Given, Purpose
from people.models import Consent, Person


def agree(person: Person, *, purposes: Iterable[Purpose], how: Given, language: str, by: User) -> None:
    """Note what the person agreed to. What was agreed before and not withdrawn stays as it is."""
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose=purpose,
                how=how,
                language=language,
                recorded_by=by,
                is_demo=person.is_demo,
            )
            for purpose in purposes
        ],
        ignore_conflicts=True,
    )


def withdraw_contact(person: Person) -> None:
    """The person is not to be contacted any more: the consent ends and the contacts go."""
    with transaction.atomic():
        person.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).update(withdrawn_at=timezone.now())
        person.phone = person.email = ""
        person.save(update_fields=["phone", "email", "updated_at"])


def forget(person: Person, *, by: User) -> bool:
    """Delete a person who is registered nowhere any more, with index and consents. Tells whether."""
    with transaction.atomic():
        if person.participations.exists():
            return False
        record(by, "forgot", person)
        person.delete()
        return True
