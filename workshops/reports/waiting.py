"""Those who registered themselves and wait, each with the people already known that it may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from accounts.models import User
from people.consent import Purpose
from people.matching import Likeness, Wanted, alike_many
from people.models import Person
from people.spelling import phone_digits, same_phone
from workshops.models import Participation, SelfRegistration, Workshop

ENDING = 3  # digits


@dataclass(frozen=True)
class Namesake:
    """Somebody known already, with where the user met her last, and whether she is on this list."""

    likeness: Likeness
    last: Participation | None
    is_here: bool
    phone_replaced: str = ""  # the end of the known number, where another one was entered
    email_replaced: bool = False


@dataclass(frozen=True)
class Waiting:
    """One entry that waits."""

    entry: SelfRegistration
    namesakes: list[Namesake]
    is_twice: bool  # another entry that waits has the same name

    @classmethod
    def from_entries(
        cls, entries: Sequence[SelfRegistration], *, workshop: Workshop, user: User
    ) -> list[Self]:
        """A fixed number of queries for any number of entries. Nobody outside the user's sight appears."""
        among = Person.objects.visible_to(user).filter(country=workshop.locality.country)
        found = alike_many([Wanted(entry.full_name, entry.phone) for entry in entries], among=among)
        people = {likeness.person.pk for likenesses in found for likeness in likenesses}
        seen = _last_seen(people, user=user, workshop=workshop)
        here = set(workshop.participations.filter(person__in=people).values_list("person", flat=True))
        names = list(workshop.self_registrations.values_list("key", flat=True))
        return [
            cls(
                entry,
                [
                    Namesake(
                        likeness,
                        seen.get(likeness.person.pk),
                        likeness.person.pk in here,
                        **_replaced(entry, likeness.person),
                    )
                    for likeness in likenesses
                ],
                is_twice=names.count(entry.key) > 1,
            )
            for entry, likenesses in zip(entries, found, strict=True)
        ]

    @property
    def is_plain(self) -> bool:
        """Nobody like this is known and nobody else of the name waits: it can be confirmed unseen."""
        return not self.namesakes and not self.is_twice

    @property
    def seen(self) -> str:
        """The codes of those shown: whoever is found besides was registered after the page was opened."""
        return ",".join(each.likeness.person.code for each in self.namesakes)

    @property
    def purposes(self) -> list[str]:
        """What was ticked, in words."""
        return [str(Purpose(value).label) for value in self.entry.purposes if value in Purpose.values]


def _replaced(entry: SelfRegistration, person: Person) -> dict[str, Any]:
    """Which contacts of the known person would go: whoever has the link can have entered the others."""
    is_other_phone = bool(entry.phone and person.phone) and not same_phone(entry.phone, person.phone)
    is_other_email = bool(entry.email and person.email) and entry.email.lower() != person.email.lower()
    return {
        "phone_replaced": phone_digits(person.phone)[-ENDING:] if is_other_phone else "",
        "email_replaced": is_other_email,
    }


def _last_seen(people: set[int], *, user: User, workshop: Workshop) -> dict[int, Participation]:
    rows = (
        Participation.objects.with_names_for(user)
        .filter(person__in=people)
        .select_related("position", "organization", "workshop__locality")
        .order_by("workshop__starts_on", "pk")
    )
    return {row.person_id: row for row in rows}
