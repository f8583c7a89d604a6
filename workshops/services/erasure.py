"""Somebody wants to be on no list any more: the name goes everywhere, the numbers stay."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User, record
from people.corrections import PersonGone
from people.models import Person
from people.spelling import phone_end
from workshops.models import ImportRow, Invitation, Participation, SelfRegistration, Tally

# What is personal in an invitation; how many were invited, and of whom, stays known.
OF_THE_INVITED = {"full_name": "", "key": "", "position": "", "organization": "", "phone": "", "email": ""}


def erase_person(person: Person, *, by: User) -> int:
    """Turn each registration into a head-count of one, then delete the person with all that hangs on it.

    The head-count has the same category, sex, age, place and authority as was counted that day: no
    share of local authorities changes. It is written in a closed workshop, too: a right does not
    wait. Tells how many registrations there were. Raises PersonGone.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person.pk).first()
        if row is None:
            raise PersonGone
        participations = list(row.participations.select_related("workshop"))
        Tally.objects.bulk_create(
            Tally(
                workshop=each.workshop,
                count=1,
                category=each.category,
                counted_as_local_authority=each.counted_as_local_authority,
                sex=each.sex,
                age_band=each.age_band,
                locality_id=each.locality_id,
                recorded_by=by,
                is_demo=each.is_demo,
            )
            for each in participations
        )
        row.invitations.update(**OF_THE_INVITED)
        for each in participations:
            if invitation := getattr(each, "invitation", None):
                type(invitation).objects.filter(pk=invitation.pk).update(**OF_THE_INVITED)
        _forget_same_name(row, participations)
        ImportRow.objects.filter(person=row).delete()
        if champion := getattr(row, "champion", None):
            champion.delete()
        row.participations.all().delete()
        record(by, "erased", row, head_counts=len(participations))
        row.delete()
    return len(participations)


def _forget_same_name(person: Person, participations: list[Participation]) -> None:
    """Invitations and waiting entries of this very name on the same lists, which nobody linked with the
    person. Not where somebody else of the name is registered, nor with another phone number."""
    if not person.key:
        return
    lists = {each.workshop_id for each in participations}
    others = Participation.objects.filter(workshop__in=lists, person__key=person.key).exclude(person=person)
    same = {"workshop__in": lists - set(others.values_list("workshop", flat=True)), "key": person.key}
    invited = Invitation.objects.filter(**same, person=None, participation=None)
    Invitation.objects.filter(pk__in=_of(person, invited)).update(**OF_THE_INVITED)
    SelfRegistration.objects.filter(pk__in=_of(person, SelfRegistration.objects.filter(**same))).delete()


def _of(person: Person, rows: Iterable[Any]) -> list[int]:
    """Keys of those that do not bear another phone number than the person's."""
    own = phone_end(person.phone)
    return [row.pk for row in rows if not own or phone_end(row.phone) in ("", own)]
