"""Inviting people, by name or by the position that they hold."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User, record
from people.consent import Purpose
from people.models import Consent
from people.names import name_key, text_key
from workshops.models import Invitation, Participation, Workshop
from workshops.services.refusals import AlreadyRegistered, RegistrationClosed


def invite(workshop: Workshop, *, facts: dict[str, Any], submission: UUID, by: User) -> Invitation:
    """Write one invitation down; the same form again is AlreadyRegistered."""
    _may_invite(workshop)
    try:
        with transaction.atomic():
            invitation = _save(Invitation(workshop=workshop, submission=submission), facts, by=by)
            record(by, "invited", invitation, workshop=workshop.code)
    except IntegrityError:
        twin = Invitation.objects.filter(submission=submission, workshop=workshop).first()
        if twin is None:
            raise
        raise AlreadyRegistered(twin) from None
    return invitation


def change_invitation(invitation: Invitation, *, facts: dict[str, Any], by: User) -> Invitation:
    """Correct what was written down."""
    _may_invite(invitation.workshop)
    with transaction.atomic():
        _save(invitation, facts, by=by)
        record(by, "changed invitation", invitation, workshop=invitation.workshop.code)
    return invitation


def remove_invitation(invitation: Invitation, *, by: User) -> None:
    """Take somebody off the list of those invited."""
    with transaction.atomic():
        record(by, "removed invitation", invitation, workshop=invitation.workshop.code)
        invitation.delete()


def invite_again(workshop: Workshop, *, participations: Iterable[Participation], by: User) -> int:
    """Invite people from an earlier event, with what was written down of them there. Who is invited
    already, or registered, is left out; contacts only of those who agreed to be contacted."""
    _may_invite(workshop)
    with transaction.atomic():
        here = set(workshop.participations.values_list("person", flat=True))
        here |= set(workshop.invitations.exclude(person=None).values_list("person", flat=True))
        chosen = {each.person_id: each for each in participations if each.person_id not in here}
        reachable = set(
            Consent.objects.filter(
                person__in=list(chosen), purpose=Purpose.CONTACT, withdrawn_at=None
            ).values_list("person", flat=True)
        )
        Invitation.objects.bulk_create(
            _as_before(workshop, each, may_contact=each.person_id in reachable, by=by)
            for each in chosen.values()
        )
        if chosen:
            record(by, "invited again", workshop, people=len(chosen))
    return len(chosen)


def invited_twice(workshop: Workshop, *, facts: dict[str, Any]) -> list[Invitation]:
    """Invitations of the same name, or, without a name, of the same position in the same organisation."""
    if facts["full_name"]:
        return list(workshop.invitations.filter(key=name_key(facts["full_name"])))
    office = (text_key(facts["position"]), text_key(facts["organization"]))
    return [
        each
        for each in workshop.invitations.all()
        if (text_key(each.position), text_key(each.organization)) == office
    ]


def invitation_of(key: str, *, among: Sequence[Invitation]) -> Invitation | None:
    """The one open invitation of this name; none when two have it."""
    found = [each for each in among if key and each.key == key and each.participation_id is None]
    return found[0] if len(found) == 1 else None


def _may_invite(workshop: Workshop) -> None:
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)


def _save(invitation: Invitation, facts: dict[str, Any], *, by: User) -> Invitation:
    for name, value in facts.items():
        setattr(invitation, name, value)
    workshop = invitation.workshop
    invitation.key = name_key(invitation.full_name)
    invitation.counted_as_local_authority = workshop.locality.country.counts_as_local_authority(
        invitation.category
    )
    invitation.recorded_by = by
    invitation.is_demo = workshop.is_demo
    invitation.save()
    return invitation


def _as_before(workshop: Workshop, earlier: Participation, *, may_contact: bool, by: User) -> Invitation:
    person = earlier.person
    return Invitation(
        workshop=workshop,
        person=person,
        full_name=person.full_name,
        key=person.key,
        position=earlier.position.title if earlier.position else "",
        organization=earlier.organization.name if earlier.organization else "",
        phone=person.phone if may_contact else "",
        email=person.email if may_contact else "",
        category=earlier.category,
        counted_as_local_authority=workshop.locality.country.counts_as_local_authority(earlier.category),
        sex=earlier.sex,
        age_band=earlier.age_band,
        locality=earlier.locality,
        recorded_by=by,
        is_demo=workshop.is_demo,
    )
