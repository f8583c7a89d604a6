"""What the pages about people, positions and organisations show, each as far as its reader may see."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from localities.languages import language_name
from people.consent import WORDINGS, Purpose, wording
from people.corrections import NEEDED_TO_BE_LISTED
from people.incumbencies import days_of
from people.matching import alike
from people.models import Consent, Incumbency, Organization, Person, Position, TrainingNeed, registered_by
from people.parts import First, Part

MOST_FOUND = 50


def registrations() -> Any:
    """All registrations; a later app holds them (workshops.Participation)."""
    return Person._meta.get_field("participations").related_model._default_manager


def people_seen_by(user: User) -> QuerySet:
    """Keys (`person`) of those whom `user` may see, with `last_on` and `events` of the workshops that
    he or she runs; the latest first. Only keys are grouped: names are read for one page.

    `key` is the person once more, to be filtered by after grouping: before it, a database would look
    for each of thousands of people in each of the user's workshops."""
    return (
        registrations()
        .with_names_for(user)
        .order_by()
        .values("person")
        .annotate(last_on=Max("workshop__ends_on"), events=Count("pk"), key=Max("person"))
        .order_by("-last_on", "person")
    )


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    person: Person
    events: int
    last: Any  # the last Participation that the reader may see
    may_contact: bool
    reasons: str = ""  # why somebody of another name is shown

    @classmethod
    def from_keys(cls, keys: Iterable[dict[str, Any]], *, user: User) -> list[Self]:
        """Three queries, whatever the number of rows."""
        rows = list(keys)
        people = Person.objects.in_bulk([row["person"] for row in rows])
        agreed = Consent.objects.filter(person__in=people, purpose=Purpose.CONTACT, withdrawn_at=None)
        may_contact = set(agreed.values_list("person", flat=True))
        last = last_seen(people, user=user)
        return [
            cls(people[key], row["events"], last.get(key), key in may_contact)
            for row in rows
            if (key := row["person"]) in people
        ]


def last_seen(people: dict[int, Person], *, user: User) -> dict[int, Any]:
    """The last registration of each, in workshops that `user` runs."""
    if not people:
        return {}
    found = (
        registrations()
        .with_names_for(user)
        .filter(person__in=people)
        .select_related("workshop", "position", "organization")
        .order_by("workshop__ends_on", "pk")
    )
    return {each.person_id: each for each in found}


def people_called(text: str, *, user: User) -> list[PersonRow]:
    """Those with every part of `text` in their name, then those whose name is spelt much like it."""
    seen = people_seen_by(user)
    named = Person.objects.with_name_parts(text).order_by()
    rows = PersonRow.from_keys(seen.filter(key__in=named.values("pk"))[:MOST_FOUND], user=user)
    known = {row.person.pk for row in rows}
    found = {each.person.pk: each for each in alike(text, among=Person.objects.visible_to(user))}
    others = [pk for pk in found if pk not in known]
    more = PersonRow.from_keys(seen.filter(key__in=others), user=user) if others else []
    more.sort(key=lambda row: -found[row.person.pk].score)
    return rows + [replace(row, reasons=" · ".join(found[row.person.pk].reasons)) for row in more]


@dataclass(frozen=True)
class ConsentLine:
    """One consent with the words that were said, in the language in which they were said."""

    consent: Consent
    words: str
    recorded_by: str
    ends_listing: bool

    @property
    def language(self) -> str:
        return language_name(self.consent.language)

    @classmethod
    def from_person(cls, person: Person, *, user: User) -> list[Self]:
        """Those in force first. A recorder is named to those who run a workshop together with her."""
        colleagues = set(User.objects.filter(workshops__in=user.workshops.all()).values_list("pk", flat=True))
        lines = [
            cls(
                consent=each,
                words=words_of(each),
                recorded_by=recorder(each.recorded_by, colleagues | {user.pk}),
                ends_listing=each.purpose in NEEDED_TO_BE_LISTED,
            )
            for each in person.consents.select_related("recorded_by")
        ]
        return sorted(lines, key=lambda line: line.consent.withdrawn_at is not None)


def words_of(consent: Consent) -> str:
    """What the person was told; empty for a wording that came from elsewhere."""
    if consent.wording_version not in WORDINGS:
        return ""
    with override(consent.language):
        return wording(Purpose(consent.purpose), consent.wording_version)


def recorder(user: User | None, known: set[int]) -> str:
    if user is None:
        return ""
    return str(user) if user.pk in known else user.code


@dataclass(frozen=True)
class HolderLine:
    """Somebody's time in a position: the days for everybody, the person for who may see her."""

    incumbency: Incumbency
    person: Person | None
    days: str

    @classmethod
    def from_rows(cls, rows: Iterable[Incumbency], *, user: User) -> list[Self]:
        rows = list(rows)
        keys = {row.person_id for row in rows if row.person_id}
        known = Person.objects.visible_to(user).in_bulk(keys) if keys else {}
        return cls.knowing(rows, known)

    @classmethod
    def knowing(cls, rows: Iterable[Incumbency], known: dict[int, Person]) -> list[Self]:
        """No query: `known` are the people whom the reader may see."""
        return [cls(row, known.get(row.person_id or 0), days_of(row)) for row in rows]


@dataclass(frozen=True)
class PersonSheet:
    """All that is kept about a person, as far as the reader may see it."""

    person: Person
    participations: list[Any]
    holdings: list[HolderLine]
    suggested: list[Any]  # registrations with a position that nobody wrote down as held
    consents: list[ConsentLine]
    commitments: list[Any]
    champion: Any
    champion_since: Any  # the workshop of the champion, where the reader runs it
    merged_codes: list[str]

    @property
    def may_contact(self) -> bool:
        return any(
            line.consent.purpose == Purpose.CONTACT and line.consent.withdrawn_at is None
            for line in self.consents
        )

    @classmethod
    def from_person(cls, person: Person, *, user: User) -> Self:
        participations = list(
            person.participations.with_names_for(user)
            .for_list()
            .with_half_days()
            .select_related("workshop__locality", "position__locality", "position__organization")
            .order_by("-workshop__starts_on", "-pk")
        )
        held = list(
            person.incumbencies.visible_to(user).select_related(
                "position__organization", "position__locality"
            )
        )
        champion = getattr(person, "champion", None)
        runs = {each.workshop_id: each.workshop for each in participations}
        return cls(
            person=person,
            participations=participations,
            holdings=[HolderLine(row, person, days_of(row)) for row in held],
            suggested=not_held(participations, {row.position_id for row in held}),
            consents=ConsentLine.from_person(person, user=user),
            commitments=promised(held, user=user),
            champion=champion,
            champion_since=runs.get(champion.workshop_id) if champion else None,
            merged_codes=list(person.merges.filter(undone_at=None).values_list("merged_code", flat=True)),
        )


def not_held(participations: list[Any], held: set[int]) -> list[Any]:
    """The last registration with each position that is not among those `held`."""
    found: dict[int, Any] = {}
    for each in participations:
        if each.position_id and each.position_id not in held:
            found.setdefault(each.position_id, each)
    return list(found.values())


def promised(held: list[Incumbency], *, user: User) -> list[Any]:
    """The commitments of the positions that are held still."""
    current = [row.position for row in held if row.ends_on is None]
    if not current:
        return []
    return list(
        current[0]
        .commitments.model._default_manager.visible_to(user)
        .filter(owner__in=current)
        .select_related("owner", "workshop")
        .order_by("due_on")
    )


def positions_seen_by(user: User) -> QuerySet[Position]:
    """The positions for a list, with what a row shows."""
    seen = Position.objects.visible_to(user).select_related("organization", "locality__country")
    needs = TrainingNeed.objects.visible_to(user).still_open().filter(position=OuterRef("pk"))
    return seen.annotate(
        was_held=Exists(Incumbency.objects.filter(position=OuterRef("pk"))), needs_training=Exists(needs)
    ).order_by("title", "pk")


@dataclass(frozen=True)
class PositionRow:
    """One line of the list of positions."""

    position: Position
    holders: list[HolderLine]
    open_commitments: int
    overdue: int

    @property
    def is_vacant(self) -> bool:
        """Somebody held it, and nobody does. Asks for `was_held` of positions_seen_by."""
        return not self.holders and getattr(self.position, "was_held", False)

    @classmethod
    def from_positions(cls, positions: Iterable[Position], *, user: User) -> list[Self]:
        """Three queries, whatever the number of rows."""
        rows = list(positions)
        if not rows:
            return []
        current = Incumbency.objects.current().filter(position__in=rows)
        holders: dict[int, list[HolderLine]] = {}
        for line in HolderLine.from_rows(current, user=user):
            holders.setdefault(line.incumbency.position_id, []).append(line)
        due = open_by_owner(rows, user=user)
        today = timezone.localdate()
        return [
            cls(
                position=row,
                holders=holders.get(row.pk, []),
                open_commitments=len(due.get(row.pk, [])),
                overdue=sum(day < today for day in due.get(row.pk, [])),
            )
            for row in rows
        ]


def open_by_owner(positions: list[Position], *, user: User) -> dict[int, list[datetime.date]]:
    """The due days of the open commitments of each position, as far as `user` may see them."""
    commitments = positions[0].commitments.model._default_manager.visible_to(user)
    found: dict[int, list[datetime.date]] = {}
    for owner, due_on in commitments.filter(owner__in=positions, state="open").values_list("owner", "due_on"):
        found.setdefault(owner, []).append(due_on)
    return found


@dataclass(frozen=True)
class OrganizationSheet:
    """An organisation, its positions, the seats and boards that it answers for, and how many of its
    people the reader knows."""

    organization: Organization
    positions: First  # of PositionRow
    people: int
    seats: First  # on which it sends somebody; those that ended last
    boards: First  # whose responsible department it is (F77)

    @classmethod
    def from_organization(cls, organization: Organization, *, user: User) -> Self:
        positions, seats, boards = (
            First.of(part.rows(organization, user=user)) for part in ORGANIZATION_PARTS.values()
        )
        positions[:] = PositionRow.from_positions(positions, user=user)
        here = Q(participations__organization=organization) & registered_by(user)
        return cls(
            organization=organization,
            positions=positions,
            people=Person.objects.filter(here).distinct().count(),
            seats=seats,
            boards=boards,
        )


def positions_in(organization: Organization, *, user: User) -> QuerySet[Any]:
    return positions_seen_by(user).filter(organization=organization)


def seats_sent_to(organization: Organization, *, user: User) -> QuerySet[Any]:
    rows = organization.seats.visible_to(user).select_related("committee__locality")
    return rows.order_by(F("ended_on").desc(nulls_first=True), "pk")


def boards_under(organization: Organization, *, user: User) -> QuerySet[Any]:
    return organization.responsible_for.visible_to(user).select_related("locality")


# By the last word of the address of the page that shows the whole list.
ORGANIZATION_PARTS = {
    "positions": Part(_("Its positions"), positions_in, ("title", "locality__name")),
    "seats": Part(_("Seats that it fills"), seats_sent_to, ("committee__name",)),
    "boards": Part(_("Boards that it is responsible for"), boards_under, ("name", "locality__name")),
}
