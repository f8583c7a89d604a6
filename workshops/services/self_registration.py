"""Self-registration: the door that is opened and closed, what comes in by it, and what becomes of that."""

import datetime
import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, record
from core.codes import ALPHABET
from people.consent import WORDING_VERSION, Given, Purpose
from people.models import Person
from people.names import name_key
from workshops.models import Entry, Participation, SelfRegistration, Workshop
from workshops.services.invitations import invitation_of
from workshops.services.refusals import AlreadyRegistered, RegistrationClosed, WorkshopRefusal
from workshops.services.registration import Details, register

DOOR_LENGTH = 8  # 6 × 10¹¹ codes, of which few are open, each for some days
MOST_WAITING = 3  # times the number of people expected


class ListIsFull(WorkshopRefusal):
    """More entries are waiting than anybody can have expected."""

    def __init__(self) -> None:
        super().__init__(
            _("The list is full for now: so many people have registered. Please go to the entrance.")
        )


class NotWaiting(WorkshopRefusal):
    """Somebody else confirmed or declined it in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This entry is not waiting any more: somebody else has dealt with it."))


def open_door(workshop: Workshop, *, closes_at: datetime.datetime, by: User) -> Workshop:
    """Open self-registration. A new code each time: an old poster opens nothing."""
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
    workshop.door_code = "".join(secrets.choice(ALPHABET) for _number in range(DOOR_LENGTH))
    workshop.door_closes_at = closes_at
    with transaction.atomic():
        workshop.save(update_fields=["door_code", "door_closes_at", "updated_at"])
        record(by, "opened self-registration", workshop, until=closes_at.isoformat(timespec="minutes"))
    return workshop


def close_door(workshop: Workshop, *, by: User) -> Workshop:
    """Close it now. Who waits already, waits on."""
    workshop.door_code = workshop.door_closes_at = None
    with transaction.atomic():
        workshop.save(update_fields=["door_code", "door_closes_at", "updated_at"])
        record(by, "closed self-registration", workshop)
    return workshop


def knock(
    workshop: Workshop, *, details: Details, purposes: list[Purpose], language: str, submission: UUID
) -> None:
    """Take in what somebody entered by the link. Sent twice, it waits once, whatever became of it."""
    if has_arrived(submission):
        return
    if workshop.self_registrations.count() >= MOST_WAITING * workshop.expected:
        raise ListIsFull
    try:
        with transaction.atomic():
            SelfRegistration.objects.create(
                workshop=workshop,
                submission=submission,
                full_name=details.full_name,
                key=name_key(details.full_name),
                position=details.position,
                organization=details.organization,
                phone=details.phone,
                email=details.email,
                category=details.category,
                sex=details.sex,
                age_band=details.age_band,
                language=language,
                wording_version=WORDING_VERSION,
                purposes=[purpose.value for purpose in purposes],
                is_demo=workshop.is_demo,
            )
    except IntegrityError:  # the other of the two that were sent at once was first
        if not SelfRegistration.objects.filter(submission=submission).exists():
            raise


def has_arrived(submission: UUID) -> bool:
    """Whether what was sent by this form waits, or is registered already."""
    sent = {"submission": submission}
    return SelfRegistration.objects.filter(**sent).exists() or Participation.objects.filter(**sent).exists()


def confirm(entry: SelfRegistration, *, person: Person | None, by: User) -> Participation:
    """Register who waits: as somebody new, or as a `person` known already, who keeps the name that is
    known: anybody can have typed the other. The entry is deleted.

    Raises NotWaiting, RegistrationClosed, or AlreadyRegistered when that person is on the list: the
    entry then waits on.
    """
    with transaction.atomic():
        row = SelfRegistration.objects.select_for_update().filter(pk=entry.pk).first()
        if row is None:
            raise NotWaiting
        workshop = entry.workshop
        participation = register(
            workshop,
            details=details_of(row, person),
            person=person,
            submission=row.submission,
            purposes=[Purpose(value) for value in row.purposes if value in Purpose.values],
            how=Given.TICKED,
            by=by,
            entry=Entry.SELF,
            invitation=invitation_of(
                row.key, among=list(workshop.invitations.filter(participation=None, key=row.key))
            ),
            language=row.language,
            wording_version=row.wording_version,
        )
        row.delete()
    return participation


def confirm_all(entries: list[SelfRegistration], *, by: User) -> int:
    """Register those who wait as new people, one after the other; who cannot be registered waits on."""
    done = 0
    for entry in entries:
        try:
            confirm(entry, person=None, by=by)
        except (NotWaiting, AlreadyRegistered):
            continue
        done += 1
    return done


def decline(entry: SelfRegistration, *, by: User) -> None:
    """Delete an entry for good."""
    with transaction.atomic():
        gone, _rows = SelfRegistration.objects.filter(pk=entry.pk).delete()
        if not gone:
            raise NotWaiting
        record(by, "declined self-registration", entry, workshop=entry.workshop.code)


def details_of(entry: SelfRegistration, person: Person | None) -> Details:
    return Details(
        full_name=person.full_name if person else entry.full_name,
        category=entry.category,
        position=entry.position,
        organization=entry.organization,
        sex=entry.sex,
        age_band=entry.age_band,
        phone=entry.phone,
        email=entry.email,
    )


def door_in(written: str) -> str:
    """The code of a door as people write it: case and hyphens do not matter. Empty when it is none."""
    code = "".join(written.upper().split()).replace("-", "")
    return code if 4 <= len(code) <= 16 and set(code) <= set(ALPHABET) else ""


def workshop_behind(door: str) -> Workshop | None:
    """The workshop whose door this is, if it is open now."""
    code = door_in(door)
    if not code:
        return None
    rows = Workshop.objects.select_related("locality__country")
    workshop = rows.filter(door_code=code).first()
    return workshop if workshop and workshop.door_is_open(timezone.now()) else None
