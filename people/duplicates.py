"""What the pages about duplicates show: pairs with their evidence, and what a merge would bring."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from people.consent import Purpose
from people.merging import CONTACTS, FIELDS
from people.models import Consent, Person, Resemblance

EVENTS_SHOWN = 3


def participations_seen_by(user: User) -> QuerySet[Any]:
    """Registrations in the workshops that `user` runs: the workshops app stands later in the story."""
    model: Any = Person._meta.get_field("participations").related_model
    seen: QuerySet[Any] = model.objects.with_names_for(user)
    return seen.select_related("workshop__locality", "position", "organization", "locality")


@dataclass(frozen=True)
class Side:
    """One record of a pair, with where it took part, the latest first."""

    person: Person
    events: Sequence[Any]
    elsewhere: int  # events that the reader does not run

    @property
    def last(self) -> Sequence[Any]:
        return self.events[:EVENTS_SHOWN]

    @property
    def further(self) -> int:
        return max(0, len(self.events) - EVENTS_SHOWN) + self.elsewhere

    @classmethod
    def of_people(cls, people: Iterable[Person], *, user: User) -> dict[int, Self]:
        """Two queries, whatever the number of people."""
        rows = {person.pk: person for person in people}
        seen: dict[int, list[Any]] = defaultdict(list)
        registrations = participations_seen_by(user).filter(person__in=rows)
        for each in registrations.order_by("-workshop__starts_on", "pk"):
            seen[each.person_id].append(each)
        model: Any = Person._meta.get_field("participations").related_model
        every: dict[int, int] = defaultdict(int)
        for person in model.objects.filter(person__in=rows).order_by().values_list("person_id", flat=True):
            every[person] += 1
        return {pk: cls(person, seen[pk], elsewhere=every[pk] - len(seen[pk])) for pk, person in rows.items()}


@dataclass(frozen=True)
class PairRow:
    """One line of the report of duplicates."""

    resemblance: Resemblance
    first: Side
    second: Side

    @classmethod
    def from_page(cls, pairs: Iterable[Resemblance], *, user: User) -> list[Self]:
        rows = list(pairs)
        sides = Side.of_people([person for row in rows for person in (row.first, row.second)], user=user)
        return [cls(row, sides[row.first_id], sides[row.second_id]) for row in rows]


@dataclass(frozen=True)
class Agreed:
    """What becomes of the consent to one purpose."""

    purpose: str
    given_at: datetime.datetime | None
    withdrawn_at: datetime.datetime | None

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @classmethod
    def from_consents(cls, consents: Iterable[Consent]) -> list[Self]:
        """The latest agreement stands, unless a withdrawal came after it: never is consent widened."""
        rows = sorted(consents, key=lambda consent: (consent.given_at, consent.pk))
        found = []
        for purpose in Purpose:
            same = [row for row in rows if row.purpose == purpose]
            if not same:
                continue
            ends = [row.withdrawn_at for row in same if row.withdrawn_at]
            active = [row for row in same if row.withdrawn_at is None]
            last = active[-1] if active else same[-1]
            ended = max(ends) if ends and (not active or max(ends) > last.given_at) else None
            found.append(cls(str(purpose.label), last.given_at, ended))
        return found


@dataclass(frozen=True)
class Together:
    """One event of both records."""

    kept: Any
    gone: Any


@dataclass(frozen=True)
class MergePreview:
    """What one record would be after the merge."""

    kept: Person
    gone: Person
    values: dict[str, str]
    events: Sequence[Any]
    together: Sequence[Together]
    elsewhere: int
    consents: Sequence[Agreed]
    contacts_go: bool

    @classmethod
    def from_sides(cls, kept: Side, gone: Side, *, fields: Iterable[str]) -> Self:
        fields = set(fields)
        consents = list(Consent.objects.filter(person__in=[kept.person, gone.person]))
        agreed = Agreed.from_consents(consents)
        contact = [each for each in agreed if each.purpose == str(Purpose.CONTACT.label)]
        contacts_go = bool(contact) and not contact[0].stands
        values = {name: getattr(gone.person if name in fields else kept.person, name) for name in FIELDS}
        if contacts_go:
            values |= dict.fromkeys(CONTACTS, "")
        own = {each.workshop_id: each for each in kept.events}
        both = [Together(own[each.workshop_id], each) for each in gone.events if each.workshop_id in own]
        events = [*kept.events, *(each for each in gone.events if each.workshop_id not in own)]
        events.sort(key=lambda each: each.workshop.starts_on, reverse=True)
        return cls(
            kept=kept.person,
            gone=gone.person,
            values=values,
            events=events,
            together=both,
            elsewhere=kept.elsewhere + gone.elsewhere,
            consents=agreed,
            contacts_go=contacts_go,
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The values as they are called and shown."""
        shown = Person(**self.values)
        return [
            (_("Name"), shown.full_name),
            (_("Sex"), shown.get_sex_display()),
            (_("Age"), shown.get_age_band_display()),
            (_("Phone"), shown.phone),
            (_("E-mail"), shown.email),
        ]
