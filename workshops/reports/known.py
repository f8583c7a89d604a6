"""Who somebody at the desk might be: people known already and people invited, with the evidence.

Only people that the user may see are asked about, and of each only what helps to tell: what she did
when she last took part, where and when, and the end of the phone number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from people.matching import Likeness
from people.models import Person
from people.names import name_key
from workshops.forms import written
from workshops.models import Invitation, Participation, Workshop

PHONE_SHOWN = 3
MOST_INVITED = 3


@dataclass(frozen=True)
class Known:
    """One card of "Is this the same person?"."""

    code: str  # of the person; of the invitation where nobody of that name is known yet
    name: str
    reasons: list[str]
    person: Person | None = None
    last: Participation | None = None
    here: Participation | None = None
    invitation: Invitation | None = None
    filled: dict[str, Any] = field(default_factory=dict)  # for the form's fields

    @classmethod
    def from_likenesses(
        cls, likenesses: Sequence[Likeness], *, workshop: Workshop, user: User, invited_as: str = ""
    ) -> list[Self]:
        """Best first. `invited_as` is the name that was typed: who is invited under it comes along."""
        people = [likeness.person for likeness in likenesses]
        seen = _last_seen(people, workshop=workshop, user=user)
        invitations = _open_invitations(people, workshop=workshop, user=user, name=invited_as)
        cards = []
        for likeness in likenesses:
            invitation = _invitation_of(likeness.person, invitations)
            if invitation in invitations:
                invitations.remove(invitation)
            last, here = seen.get(likeness.person.pk, (None, None))
            cards.append(
                cls(
                    code=likeness.person.code,
                    name=likeness.person.full_name,
                    reasons=likeness.reasons,
                    person=likeness.person,
                    last=last,
                    here=here,
                    invitation=invitation,
                    filled=_of_person(likeness.person, last, invitation),
                )
            )
        return cards + [cls.from_invitation(each) for each in invitations[:MOST_INVITED]]

    @classmethod
    def from_person(cls, person: Person, *, workshop: Workshop, user: User) -> Self:
        return cls.from_likenesses([Likeness(person, 100, [], is_sure=True)], workshop=workshop, user=user)[0]

    @classmethod
    def from_invitation(cls, invitation: Invitation) -> Self:
        return cls(
            code=invitation.code,
            name=invitation.full_name,
            reasons=[],
            invitation=invitation,
            filled=_of_invitation(invitation),
        )

    @property
    def office(self) -> str:
        """What she does: as when she last took part, else as invited."""
        if self.last:
            office = self.last.position or self.last.organization
            return str(office or self.last.get_category_display())
        if self.invitation:
            parts = [self.invitation.position, self.invitation.organization]
            named = ", ".join(part for part in parts if part)
            return named or self.invitation.get_category_display()
        return ""

    @property
    def occasion(self) -> str:
        """Where and when she was last seen."""
        if self.here:
            return _("already registered in this workshop")
        if not self.last:
            return ""
        workshop = self.last.workshop
        return f"{workshop.locality}, {date_format(workshop.starts_on, 'DATE_FORMAT')}"

    @property
    def phone(self) -> str:
        """The end of the number: enough to be told "yes, mine ends in 678", no use to who reads along."""
        digits = [
            character for character in (self.person.phone if self.person else "") if character.isdigit()
        ]
        return "…" + "".join(digits[-PHONE_SHOWN:]) if len(digits) > PHONE_SHOWN else ""


def _last_seen(
    people: Sequence[Person], *, workshop: Workshop, user: User
) -> dict[int, tuple[Participation, Participation | None]]:
    """For each person the latest registration that `user` may see by name, and the one in `workshop`."""
    if not people:
        return {}
    rows = (
        Participation.objects.with_names_for(user)
        .filter(person__in=people)
        .select_related("position__organization", "organization", "locality", "workshop__locality")
        .order_by("workshop__starts_on", "pk")
    )
    latest: dict[int, Participation] = {}
    here: dict[int, Participation] = {}
    for row in rows:
        latest[row.person_id] = row
        if row.workshop_id == workshop.pk:
            here[row.person_id] = row
    return {pk: (here.get(pk, row), here.get(pk)) for pk, row in latest.items()}


def _open_invitations(
    people: Iterable[Person], *, workshop: Workshop, user: User, name: str
) -> list[Invitation]:
    """Of this workshop, not come yet: of these people, or under this very name."""
    keys = {key for key in [name_key(name), *(person.key for person in people)] if key}
    invitations = Invitation.objects.visible_to(user).filter(workshop=workshop, participation=None)
    return list(invitations.filter(Q(key__in=keys) | Q(person__in=people)).select_related("locality")[:20])


def _invitation_of(person: Person, invitations: Sequence[Invitation]) -> Invitation | None:
    theirs = (each for each in invitations if each.person_id == person.pk or each.key == person.key)
    return next(theirs, None)


def _of_person(person: Person, last: Participation | None, invitation: Invitation | None) -> dict[str, Any]:
    filled = {"full_name": person.full_name, "sex": person.sex, "age_band": person.age_band}
    if last:
        organization = last.organization or (last.position and last.position.organization)
        filled |= {
            "category": last.category,
            "position": last.position.title if last.position else "",
            "organization": organization.name if organization else "",
            "comes_from": written(last.locality) if last.locality else "",
            "residence": last.residence,
            "standing": last.standing,
        }
    if invitation:
        filled |= {name: value for name, value in _of_invitation(invitation).items() if not filled.get(name)}
        filled["full_name"] = person.full_name
    return filled


def _of_invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "full_name": invitation.full_name,
        "category": invitation.category,
        "position": invitation.position,
        "organization": invitation.organization,
        "sex": invitation.sex,
        "age_band": invitation.age_band,
        "comes_from": written(invitation.locality) if invitation.locality else "",
        "phone": invitation.phone,
        "email": invitation.email,
    }
