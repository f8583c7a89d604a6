"""Registering people by name or by head-count, correcting and taking back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User, record
from people.consent import Given, Purpose
from people.models import AgeBand, Organization, Person, Position, Sex
from people.names import name_key
from people.services import agree, forget, withdraw_contact
from workshops.models import Participation, Tally, Workshop
from workshops.services.refusals import AlreadyRegistered, RegistrationClosed, RegistrationGone


@dataclass(frozen=True)
class Details:
    """What is written down of a participant, as it comes from a valid form."""

    full_name: str
    category: str
    position: str = ""
    organization: str = ""
    sex: str = Sex.UNSTATED
    age_band: str = AgeBand.UNSTATED
    phone: str = ""
    email: str = ""


def register(
    workshop: Workshop,
    *,
    details: Details,
    person: Person | None,
    submission: UUID,
    purposes: list[Purpose],
    how: Given,
    by: User,
) -> Participation:
    """Register somebody by name: a `person` known already, or a new one.

    The form's submission key is unique: sent twice over a weak link, it counts once. Raises
    RegistrationClosed, or AlreadyRegistered for the same form or the same person again.
    """
    if not workshop.accepts_registrations:
        raise RegistrationClosed
    try:
        with transaction.atomic():
            position, organization = _office(workshop, details)
            participant = _write_person(workshop, details, person)
            agree(participant, purposes=purposes, how=how, language=workshop.language, by=by)
            participation = Participation.objects.create(
                workshop=workshop,
                person=participant,
                position=position,
                organization=organization,
                submission=submission,
                recorded_by=by,
                is_demo=workshop.is_demo,
                **_counted(workshop, details),
            )
            record(by, "registered", participant, workshop=workshop.code)
    except IntegrityError:
        again = Q(submission=submission) | Q(workshop=workshop, person=person)
        twin = Participation.objects.filter(again).select_related("person", "workshop").first()
        if twin is None:
            raise
        raise AlreadyRegistered(twin) from None
    return participation


def count_people(workshop: Workshop, *, details: Details, count: int, submission: UUID, by: User) -> Tally:
    """Enter a head-count: people of one category, without names."""
    if not workshop.accepts_registrations:
        raise RegistrationClosed
    try:
        with transaction.atomic():
            tally = Tally.objects.create(
                workshop=workshop,
                count=count,
                submission=submission,
                recorded_by=by,
                is_demo=workshop.is_demo,
                **_counted(workshop, details),
            )
            record(by, "counted", workshop, people=count)
    except IntegrityError:
        twin = Tally.objects.filter(submission=submission).first()
        if twin is None:
            raise
        raise AlreadyRegistered(twin) from None
    return tally


def correct_registration(
    participation: Participation, *, details: Details, purposes: list[Purpose], how: Given, by: User
) -> Participation:
    """Change what was written down. Who counts as authority is asked again only for a new category."""
    workshop, person = participation.workshop, participation.person
    if not workshop.accepts_registrations:
        raise RegistrationClosed
    with transaction.atomic():
        if Participation.objects.select_for_update().filter(pk=participation.pk).first() is None:
            raise RegistrationGone
        participation.position, participation.organization = _office(workshop, details)
        if details.category != participation.category:
            participation.counted_as_local_authority = _is_authority(workshop, details.category)
        participation.category = details.category
        participation.sex, participation.age_band = details.sex, details.age_band
        participation.recorded_by = by
        participation.save()
        agree(person, purposes=purposes, how=how, language=workshop.language, by=by)
        if Purpose.CONTACT in purposes:
            person.phone, person.email = details.phone, details.email
        else:
            withdraw_contact(person)
        _write_person(workshop, details, person)
        record(by, "corrected registration", person, workshop=workshop.code)
    return participation


def remove_participation(participation: Participation, *, by: User) -> bool:
    """Take somebody off the list; tells whether the person, registered nowhere else, was forgotten."""
    person = participation.person
    with transaction.atomic():
        record(by, "removed registration", person, workshop=participation.workshop.code)
        participation.delete()
        return forget(person, by=by)


def remove_tally(tally: Tally, *, by: User) -> None:
    """Take a head-count back."""
    with transaction.atomic():
        record(by, "removed head-count", tally.workshop, people=tally.count)
        tally.delete()


def _is_authority(workshop: Workshop, category: str) -> bool:
    return workshop.locality.country.counts_as_local_authority(category)


def _counted(workshop: Workshop, details: Details) -> dict[str, Any]:
    """What is counted, with the country's rule of who is a local authority copied as of today."""
    return {
        "category": details.category,
        "counted_as_local_authority": _is_authority(workshop, details.category),
        "sex": details.sex,
        "age_band": details.age_band,
    }


def _office(workshop: Workshop, details: Details) -> tuple[Position | None, Organization | None]:
    """The position and organisation that were typed, made where they are new."""
    locality, is_demo = workshop.locality, workshop.is_demo
    organization = position = None
    if details.organization:
        organization = Organization.named(details.organization, country=locality.country, is_demo=is_demo)
    if details.position:
        position = Position.titled(
            details.position, locality=locality, organization=organization, is_demo=is_demo
        )
    return position, organization


def _write_person(workshop: Workshop, details: Details, person: Person | None) -> Person:
    """A new person, or a known one with what is new about her: contacts are added, not emptied."""
    if person is None:
        person = Person(country=workshop.locality.country, is_demo=workshop.is_demo)
    person.full_name = details.full_name
    person.sex, person.age_band = details.sex, details.age_band
    person.phone = details.phone or person.phone
    person.email = details.email or person.email
    if person.pk and person.key == name_key(details.full_name):
        person.save()
    else:
        person.save_with_index()
    return person
