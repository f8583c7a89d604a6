"""Registering people by name or by head-count, correcting and taking back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.models import User, record
from localities.models import Locality
from people.consent import WORDING_VERSION, Given, Purpose
from people.functioning import derived
from people.models import AgeBand, Organization, Person, Position, Sex
from people.services import agree, end_consents, forget, withdraw_contact
from workshops.models import (
    Attendance,
    Entry,
    Invitation,
    Participation,
    Residence,
    Standing,
    Tally,
    Workshop,
)
from workshops.programme import HalfDay
from workshops.services.refusals import (
    AlreadyRegistered,
    NamesakesFound,
    PersonGone,
    RegistrationClosed,
    RegistrationGone,
)


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
    locality: Locality | None = None  # comes from
    residence: str = Residence.UNSTATED
    standing: str = Standing.UNSTATED
    functioning: dict[str, str] | None = None  # answers of people.functioning; None: not asked


def register(
    workshop: Workshop,
    *,
    details: Details,
    person: Person | None,
    submission: UUID,
    purposes: list[Purpose],
    how: Given,
    by: User,
    entry: str = Entry.DESK,
    invitation: Invitation | None = None,
    witness: str = "",
    language: str | None = None,
    wording_version: str = WORDING_VERSION,
    present: Sequence[HalfDay] = (),
    unless: Callable[[], Sequence[Any]] | None = None,
) -> Participation:
    """Register somebody by name: a `person` known already, or a new one.

    The submission key is unique: sent twice over a weak link, it counts once. `present`: half-days
    signed on paper. `unless`: asked when nobody else can register here any more; what it finds stops
    the registration. Raises RegistrationClosed, NamesakesFound, PersonGone or AlreadyRegistered.
    """
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
    said: dict[str, Any] = {"how": how, "language": language or workshop.language, "version": wording_version}
    try:
        with transaction.atomic():
            _ask_first(workshop, unless)
            participant = _write_person(workshop, details, _still_there(person))
            agree(participant, purposes=purposes, witness=witness, by=by, **said)
            participation = _write_participation(workshop, details, participant, submission, entry, by)
            _note_present(participation, present, by=by)
            _answer_invitation(invitation, participation)
            record(by, "registered", participant, workshop=workshop.code)
    except IntegrityError:
        if twin := _twin(workshop, person, submission):
            raise AlreadyRegistered(twin) from None
        raise
    return participation


def _ask_first(workshop: Workshop, unless: Callable[[], Sequence[Any]] | None) -> None:
    if unless is None:
        return
    _one_at_a_time(workshop)
    if found := unless():
        raise NamesakesFound(found)


def _still_there(person: Person | None) -> Person | None:
    """Erased or merged meanwhile: to save the row would bring the name back."""
    if person is not None and not Person.objects.select_for_update().filter(pk=person.pk).exists():
        raise PersonGone
    return person


def _twin(workshop: Workshop, person: Person | None, submission: UUID) -> Participation | None:
    """What was written the first time: by the same form, or of the same person."""
    again = Q(submission=submission) | Q(workshop=workshop, person=person)
    return Participation.objects.filter(again).select_related("person", "workshop").first()


def _one_at_a_time(workshop: Workshop) -> None:
    """Wait until nobody else registers in this workshop. SQLite lets one writer in at a time anyway."""
    if connection.features.has_select_for_update:
        Workshop.objects.select_for_update(no_key=True).order_by().values("pk").get(pk=workshop.pk)


def _write_participation(
    workshop: Workshop, details: Details, person: Person, submission: UUID, entry: str, by: User
) -> Participation:
    position, organization = _office(workshop, details)
    return Participation.objects.create(
        workshop=workshop,
        person=person,
        position=position,
        organization=organization,
        submission=submission,
        recorded_by=by,
        entry=entry,
        is_demo=workshop.is_demo,
        residence=details.residence,
        standing=details.standing,
        **_counted(workshop, details),
        **_functioning(details),
    )


def _functioning(details: Details) -> dict[str, str]:
    """The six answers, and what follows from them; nothing where they were not asked."""
    if details.functioning is None:
        return {}
    answers = {question: answer for question, answer in details.functioning.items() if answer}
    return {
        "functioning": json.dumps(answers) if answers else "",
        "disability": derived(answers),
    }


def _note_present(participation: Participation, present: Sequence[HalfDay], *, by: User) -> None:
    if present:
        Attendance.objects.bulk_create(
            [
                Attendance(participation=participation, day=each.day, half=each.half, recorded_by=by)
                for each in present
            ],
            ignore_conflicts=True,
        )


def note_signed(participation: Participation, *, present: Sequence[HalfDay], by: User) -> int:
    """Somebody registered before has signed the paper list, too: tells how many half-days that adds."""
    if not participation.workshop.accepts_registrations:
        raise RegistrationClosed(participation.workshop)
    with transaction.atomic():
        before = participation.attendances.count()
        _note_present(participation, present, by=by)
        added = participation.attendances.count() - before
        if added:
            record(by, "marked as signed", participation.person, half_days=added)
    return added


def _answer_invitation(invitation: Invitation | None, participation: Participation) -> None:
    """Whoever was invited has come: the invitation knows as whom."""
    if invitation is None:
        return
    Invitation.objects.filter(pk=invitation.pk, workshop=participation.workshop).update(
        participation=participation, person=participation.person
    )


def count_people(workshop: Workshop, *, details: Details, count: int, submission: UUID, by: User) -> Tally:
    """Enter a head-count: people of one category, without names."""
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
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
    participation: Participation,
    *,
    details: Details,
    purposes: list[Purpose],
    how: Given,
    by: User,
    witness: str = "",
    language: str | None = None,
    refused: Sequence[Purpose] = (),
) -> Participation:
    """Change what was written down; what the person agrees to no longer (`refused`) is withdrawn today.
    Who counts as authority is asked again only for a new category."""
    workshop, person = participation.workshop, participation.person
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
    said: dict[str, Any] = {"how": how, "language": language or workshop.language, "witness": witness}
    with transaction.atomic():
        now = Participation.objects.select_for_update().filter(pk=participation.pk, person=person)
        if not now.exists():
            raise RegistrationGone  # removed, or its person merged with another
        _rewrite(participation, details, by=by)
        agree(person, purposes=purposes, by=by, **said)
        end_consents(person, purposes=refused)
        if Purpose.CONTACT in purposes:
            person.phone, person.email = details.phone, details.email
        else:
            withdraw_contact(person)
        person.sex, person.age_band = details.sex, details.age_band
        _write_person(workshop, details, person)
        record(by, "corrected registration", person, workshop=workshop.code)
    return participation


def _rewrite(participation: Participation, details: Details, *, by: User) -> None:
    workshop = participation.workshop
    participation.position, participation.organization = _office(workshop, details)
    if details.category != participation.category:
        participation.counted_as_local_authority = _is_authority(workshop, details.category)
    participation.category = details.category
    participation.sex, participation.age_band = details.sex, details.age_band
    participation.locality = details.locality
    participation.residence, participation.standing = details.residence, details.standing
    participation.recorded_by = by
    participation.save()


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
        "locality": details.locality,
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
    """A new person, or a known one with what is new about her: nothing known is emptied."""
    if person is None:
        person = Person(country=workshop.locality.country, is_demo=workshop.is_demo)
    person.full_name = details.full_name
    if details.sex != Sex.UNSTATED:
        person.sex = details.sex
    if details.age_band != AgeBand.UNSTATED:
        person.age_band = details.age_band
    person.phone = details.phone or person.phone
    person.email = details.email or person.email
    person.save_with_index()
    return person
