import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AuditEvent
from people.consent import Purpose
from people.merging import merge_people
from people.models import Merge, NameToken, Person
from people.retention import months_before
from tests.factories.people import ConsentFactory, PersonFactory
from tests.factories.workshops import (
    InvitationFactory,
    ParticipationFactory,
    SelfRegistrationFactory,
    WorkshopFactory,
)
from workshops.models import Invitation, SelfRegistration
from workshops.services.retention import Erased, erase_kept_too_long, kept_too_long

TODAY = datetime.date(2026, 11, 22)
LONG_AGO = datetime.date(2024, 11, 21)  # one day more than 24 months


def held(on, **values):
    return WorkshopFactory(starts_on=on, ends_on=on, **values)


def contactable(workshop=None, **values):
    """Written down long ago, with a phone number and the consent to be called."""
    person = PersonFactory(phone="0812345678", email="m@test.example", **values)
    Person.objects.filter(pk=person.pk).update(created_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    ConsentFactory(person=person, purpose=Purpose.CONTACT)
    ConsentFactory(person=person, purpose=Purpose.REGISTER)
    if workshop:
        ParticipationFactory(workshop=workshop, person=person)
    return person


@pytest.mark.django_db
def test_erase_kept_too_long_empties_contacts_and_ends_the_consent():
    old = contactable(held(LONG_AGO), full_name="Marie Kabongo")
    kept = contactable(held(LONG_AGO + datetime.timedelta(days=1)))
    back = contactable(held(LONG_AGO))
    ParticipationFactory(workshop=held(TODAY), person=back)
    never = contactable()
    assert erase_kept_too_long(TODAY) == Erased(people=2, invitations=0, waiting=0, merges=0)
    for person in (old, never):
        person.refresh_from_db()
        assert (person.phone, person.email) == ("", "")
        assert person.consents.get(purpose="contact").withdrawn_at
        assert person.consents.get(purpose="register").withdrawn_at is None
        assert not NameToken.objects.filter(person=person, kind="phone").exists()
    for person in (kept, back):
        person.refresh_from_db()
        assert person.phone == "0812345678"
        assert person.consents.get(purpose="contact").withdrawn_at is None
    assert Person.objects.with_name_parts("kabongo").get() == old
    assert AuditEvent.objects.get(verb="erased old contacts").detail == {"people": 2, "months": 24}
    assert erase_kept_too_long(TODAY) == Erased(0, 0, 0, 0)


@pytest.mark.django_db
def test_erase_kept_too_long_empties_invitations_and_drops_who_waits():
    old, new = held(LONG_AGO), held(TODAY)
    invitation = InvitationFactory(workshop=old, full_name="Awa Diop", phone="0812345678")
    InvitationFactory(workshop=new, full_name="Awa Diop")
    SelfRegistrationFactory(workshop=old)
    SelfRegistrationFactory(workshop=new)
    found = kept_too_long(TODAY)
    assert (found.invitations, found.waiting) == (1, 1)
    assert erase_kept_too_long(TODAY) == found
    invitation.refresh_from_db()
    assert (invitation.full_name, invitation.phone, invitation.key) == ("", "", "")
    assert Invitation.objects.count() == 2
    assert SelfRegistration.objects.get().workshop == new


@pytest.mark.django_db
def test_erase_kept_too_long_forgets_old_merges():
    merge = Merge.objects.create(kept=PersonFactory(), merged_code="P-GONE222", snapshot="{}")
    Merge.objects.filter(pk=merge.pk).update(created_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    assert erase_kept_too_long(TODAY).merges == 1
    merge.refresh_from_db()
    assert merge.snapshot == ""


@pytest.mark.django_db
def test_erase_contacts_dry_run_only_counts(capsys):
    person = contactable(held(months_before(timezone.localdate(), 25)))
    call_command("erase_contacts", dry_run=True)
    assert "To be erased: contacts of 1 people" in capsys.readouterr().out
    person.refresh_from_db()
    assert person.phone
    call_command("erase_contacts")
    person.refresh_from_db()
    assert not person.phone


@pytest.mark.django_db
def test_erase_kept_too_long_leaves_no_copy_of_a_contact(facilitator):
    """In an invitation to an event that is still to come, or in a merge that can still be undone."""
    old = contactable(held(LONG_AGO))
    gone = PersonFactory(country=old.country, phone="0998877665")
    merge = merge_people(old, gone, fields=(), by=facilitator)
    invitation = InvitationFactory(workshop=held(TODAY), person=old, phone=old.phone)
    erase_kept_too_long(TODAY)
    merge.refresh_from_db()
    invitation.refresh_from_db()
    assert invitation.phone == ""
    assert "0998877665" not in merge.snapshot
    assert "0812345678" not in merge.snapshot
