import datetime
import uuid

import pytest

from accounts.models import AuditEvent
from people.consent import Given, Purpose
from people.models import Consent, Organization, Person, Position
from tests.factories.workshops import ParticipationFactory, TallyFactory, WorkshopFactory
from workshops.models import Participation
from workshops.programme import HalfDay
from workshops.services import (
    AlreadyRegistered,
    Details,
    MoveRefused,
    PersonGone,
    RegistrationClosed,
    RegistrationGone,
    answers_of,
    correct_registration,
    count_people,
    move_workshop,
    note_names_read,
    register,
    remove_participation,
)
from workshops.states import WorkshopState

AWA = Details(full_name="Awa Ilunga", category="mayor", position="Mayor", organization="Commune of Kanshi")


def registered(workshop, by, details=AWA, person=None, submission=None):
    return register(
        workshop,
        details=details,
        person=person,
        submission=submission or uuid.uuid4(),
        purposes=["register"],
        how="spoken",
        by=by,
    )


def test_register_copies_who_counts_as_of_today(workshop, facilitator):
    country = workshop.locality.country
    country.local_authority_overrides = {"mayor": False, "religious_leader": True}
    country.save()
    mayor = registered(workshop, facilitator)
    assert not mayor.counted_as_local_authority
    imam = registered(workshop, facilitator, Details(full_name="Omar", category="religious_leader"))
    country.local_authority_overrides = {}
    country.save()
    imam.refresh_from_db()
    assert imam.counted_as_local_authority


def test_register_writes_codes_not_names_into_the_audit(workshop, facilitator):
    person = registered(workshop, facilitator).person
    event = AuditEvent.objects.get(verb="registered")
    assert (event.by, event.subject, event.detail) == (facilitator, person.code, {"workshop": workshop.code})


def test_register_same_submission_counts_once(workshop, facilitator):
    key = uuid.uuid4()
    first = registered(workshop, facilitator, submission=key)
    other = Details(full_name="Somebody Else", category="teacher", organization="New school")
    with pytest.raises(AlreadyRegistered) as refusal:
        registered(workshop, facilitator, other, submission=key)
    assert refusal.value.earlier == first
    assert Person.objects.count() == Participation.objects.count() == 1
    assert not Organization.objects.filter(name="New school").exists()


def test_register_known_person_twice_in_a_workshop(workshop, facilitator):
    person = registered(workshop, facilitator).person
    with pytest.raises(AlreadyRegistered):
        registered(workshop, facilitator, person=person)
    assert Participation.objects.count() == 1


def test_register_known_person_in_another_workshop_keeps_contacts_and_consents(workshop, facilitator):
    person = registered(
        workshop, facilitator, Details(full_name="Awa Ilunga", category="mayor", phone="+243 811")
    ).person
    second = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    registered(second, facilitator, Details(full_name="ILUNGA Awa", category="mayor"), person=person)
    person = Person.objects.get()
    assert person.phone == "+243 811"
    assert Consent.objects.filter(purpose="register").count() == 1


def test_register_known_person_keeps_what_is_known(workshop, facilitator):
    known = Details(full_name="Awa Ilunga", category="mayor", sex="woman", age_band="30_to_59")
    person = registered(workshop, facilitator, known).person
    second = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    again = registered(second, facilitator, Details(full_name="Awa Ilunga", category="mayor"), person=person)
    person.refresh_from_db()
    assert (person.sex, person.age_band) == ("woman", "30_to_59")
    assert (again.sex, again.age_band) == ("unstated", "unstated")  # as stated that day


def test_register_person_erased_meanwhile_does_not_come_back(workshop, facilitator):
    person = registered(workshop, facilitator).person
    second = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    Participation.objects.all().delete()
    Person.objects.all().delete()
    with pytest.raises(PersonGone):
        registered(second, facilitator, person=person)
    assert not Person.objects.exists()


def test_register_takes_how_it_came_in(workshop, facilitator):
    details = Details(
        full_name="Awa Ilunga",
        category="mayor",
        locality=workshop.locality,
        residence="rural",
        standing="non_elite",
        functioning={"seeing": "a_lot", "hearing": ""},
    )
    participation = register(
        workshop,
        details=details,
        person=None,
        submission=uuid.uuid4(),
        purposes=["register"],
        how="ticked",
        by=facilitator,
        entry="self",
        witness="Jean Witness",
        language="lua",
        wording_version="2026-11",
        present=[HalfDay(workshop.starts_on, "am")],
    )
    participation.refresh_from_db()
    assert (participation.entry, participation.disability, participation.residence) == (
        "self",
        "yes",
        "rural",
    )
    assert answers_of(participation) == {"seeing": "a_lot"}
    consent = participation.person.consents.get()
    assert (consent.how, consent.witness, consent.language) == ("ticked", "Jean Witness", "lua")
    assert participation.attendances.get().half == "am"


def test_correct_registration_of_a_person_merged_meanwhile(workshop, facilitator):
    participation = registered(workshop, facilitator)
    stale = Participation.objects.select_related("person", "workshop").get()
    other = ParticipationFactory(workshop=workshop).person
    Participation.objects.filter(person=other).delete()
    Participation.objects.filter(pk=participation.pk).update(person=other)
    with pytest.raises(RegistrationGone):
        correct_registration(stale, details=AWA, purposes=[], how="spoken", by=facilitator)
    participation.refresh_from_db()
    assert participation.person == other


def test_register_reuses_positions_and_organizations(workshop, facilitator):
    registered(workshop, facilitator)
    registered(
        workshop,
        facilitator,
        Details(full_name="B", category="mayor", position=" MAYOR ", organization="commune of  kanshi"),
    )
    assert Position.objects.count() == Organization.objects.count() == 1
    assert Position.objects.get().title == "Mayor"


def test_register_in_cancelled_workshop(workshop, facilitator):
    workshop.state = WorkshopState.CANCELLED
    with pytest.raises(RegistrationClosed):
        registered(workshop, facilitator)
    with pytest.raises(RegistrationClosed):
        count_people(workshop, details=AWA, count=2, submission=uuid.uuid4(), by=facilitator)


def test_register_marks_demo_records(locality, facilitator):
    workshop = WorkshopFactory(locality=locality, facilitators=[facilitator], is_demo=True)
    participation = registered(workshop, facilitator)
    assert participation.is_demo
    assert participation.person.is_demo
    assert participation.position.is_demo
    assert participation.organization.is_demo
    assert participation.person.consents.get().is_demo
    assert AuditEvent.objects.get(verb="registered").is_demo


def test_move_workshop_to_held_needs_its_first_day(workshop, facilitator):
    ParticipationFactory(workshop=workshop)
    workshop.starts_on = workshop.ends_on = datetime.date(2999, 1, 1)
    workshop.save()
    with pytest.raises(MoveRefused, match="still to come"):
        move_workshop(workshop, to=WorkshopState.HELD, by=facilitator)


def test_move_workshop_to_held_needs_somebody(workshop, facilitator):
    with pytest.raises(MoveRefused, match="Nobody"):
        move_workshop(workshop, to=WorkshopState.HELD, by=facilitator)
    TallyFactory(workshop=workshop)
    move_workshop(workshop, to=WorkshopState.HELD, by=facilitator)
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.HELD
    assert AuditEvent.objects.get().detail == {"was": "planned", "now": "held"}


def test_move_workshop_from_old_tab(workshop, facilitator):
    TallyFactory(workshop=workshop)
    move_workshop(workshop, to=WorkshopState.HELD, by=facilitator)
    with pytest.raises(MoveRefused, match="Held"):
        move_workshop(workshop, to=WorkshopState.CANCELLED, by=facilitator)


def test_note_names_read_once_a_day(workshop, facilitator, coordinator):
    for _ in range(3):
        note_names_read(workshop, by=facilitator)
    note_names_read(workshop, by=coordinator)
    assert AuditEvent.objects.filter(verb="read names", subject=workshop.code).count() == 2
    AuditEvent.objects.update(at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    note_names_read(workshop, by=facilitator)
    assert AuditEvent.objects.count() == 3


def test_remove_participation_leaves_no_orphan(workshop, facilitator):
    participation = registered(workshop, facilitator)
    assert remove_participation(participation, by=facilitator)
    assert not Person.objects.exists()
    assert not Consent.objects.exists()


def test_remove_participation_keeps_whoever_is_registered_elsewhere(workshop, facilitator):
    participation = registered(workshop, facilitator)
    ParticipationFactory(person=participation.person)
    assert not remove_participation(participation, by=facilitator)
    assert Person.objects.count() == 1


def test_correct_registration_does_not_bring_back_whoever_was_removed(workshop, facilitator):
    """Two who run the workshop: one corrects while the other removes."""
    opened = ParticipationFactory(workshop=workshop)
    remove_participation(Participation.objects.get(pk=opened.pk), by=facilitator)
    details = Details(full_name="Awa Ilunga", category="mayor")
    with pytest.raises(RegistrationGone):
        correct_registration(
            opened, details=details, purposes=[Purpose.CONTACT], how=Given.SPOKEN, by=facilitator
        )
    assert not Participation.objects.exists()
    assert not Person.objects.exists()
