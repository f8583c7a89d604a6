"""Between the two halves of an import: what was confirmed is made ready to be inserted.

Names are encrypted and indexed here, before the transaction begins, so that nobody waits for it. What
is ready lies in a file without a name, as it will lie in the database: a list of any length takes the
same memory.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from core.bulk import ready
from localities.models import Locality
from people.consent import Given, Purpose
from people.models import AgeBand, Consent, Person, Sex
from people.names import name_key
from people.services import contact_ended
from workshops.models import Entry, ImportRow, ParticipantImport, Participation, Verdict, Workshop
from workshops.services.import_reading import rows_in_order
from workshops.spreadsheets.vocabulary import NAME

OF_A_PERSON = ("full_name", "phone", "email", "sex", "age_band")


@dataclass
class Ready:
    """One row of the list that may be written: values as core.bulk inserts them, without their keys."""

    row: int
    office: dict[str, str]
    participation: list[Any]
    consents: list[list[Any]]
    person: list[Any] = field(default_factory=list)  # of somebody new, with code and hashes
    code: str = ""
    tokens: list[tuple[str, str]] = field(default_factory=list)
    adds: bool = False  # the row knows something of the person that was not known


def choice_for(verdict: str, decision: str) -> str:
    """What becomes of a row: "new", "same" or "leave"; empty for one that is wrong."""
    return decision or {Verdict.NEW: "new", Verdict.SAME: "same"}.get(Verdict(verdict), "")


@dataclass
class Preparation:
    """An import on its way into the register, before anything is written."""

    of: ParticipantImport
    by: User
    file: IO[str]
    decided: dict[int, tuple[str, str, int | None]] = field(default_factory=dict)  # as it was then
    keys: dict[int, str] = field(default_factory=dict)  # of the names of new rows
    counted: dict[int, tuple[str, ...]] = field(default_factory=dict)  # rows without a name
    offices: set[tuple[str, str]] = field(default_factory=set)
    authorities: dict[str, bool] = field(default_factory=dict)
    localities: dict[str, int] = field(default_factory=dict)

    @property
    def workshop(self) -> Workshop:
        return self.of.workshop

    def make(self, tell: Callable[[int], None]) -> None:
        """All rows, part by part; `tell` is told how many are ready."""
        for part in rows_in_order(self.of):
            self._make_part(part)
            tell(len(self.decided))

    def parts(self) -> Iterator[list[Ready]]:
        """What is ready, in the order of the list."""
        self.file.seek(0)
        for line in self.file:
            yield [Ready(**values) for values in json.loads(line)]

    def wanted_offices(self) -> list[dict[str, str]]:
        return [{"organization": each, "position": title} for each, title in sorted(self.offices)]

    def counts(self, category: str, sex: str, age_band: str) -> dict[str, Any]:
        """With the country's rule of who is a local authority copied as of today."""
        if category not in self.authorities:
            country = self.workshop.locality.country
            self.authorities[category] = country.counts_as_local_authority(category)
        return {
            "category": category,
            "counted_as_local_authority": self.authorities[category],
            "sex": sex,
            "age_band": age_band,
        }

    def _make_part(self, part: list[ImportRow]) -> None:
        values = {row.pk: json.loads(row.values) for row in part}
        self.decided |= {row.pk: (row.verdict, row.decision, row.person_id) for row in part}
        named = []
        for row in part:
            choice, words = choice_for(row.verdict, row.decision), values[row.pk]
            if row.verdict == Verdict.WRONG or choice == "leave":
                continue
            if NAME not in words:
                self.counted[row.pk] = tuple(words.get(name, "") for name in ("category", "sex", "age_band"))
            else:
                named.append(row)
        self._load_localities({values[row.pk].get("locality", "") for row in named})
        people = Person.objects.in_bulk([row.person_id for row in named if row.person_id])
        ended = contact_ended(people)
        made = []
        for row in named:
            is_new = choice_for(row.verdict, row.decision) == "new"
            known = None if is_new else people.get(row.person_id or 0)
            words = words_of(values[row.pk], has_ended=known is not None and known.pk in ended)
            made.append(asdict(self._ready(row, words, known)))
        self.file.write(json.dumps(made, default=str) + "\n")

    def _load_localities(self, codes: set[str]) -> None:
        wanted = codes - set(self.localities) - {""}
        if wanted:
            found = Locality.objects.filter(country=self.workshop.locality.country, code__in=wanted)
            self.localities |= dict(found.order_by().values_list("code", "pk"))

    def _ready(self, row: ImportRow, words: dict[str, Any], known: Person | None) -> Ready:
        office = {name: words[name] for name in ("organization", "position")}
        self.offices.add((office["organization"], office["position"]))
        made = Ready(
            row=row.pk,
            office=office,
            participation=ready(self._participation(row, words)),
            consents=[ready(consent) for consent in self._consents(words)],
        )
        if row.verdict == Verdict.NEW:
            self.keys[row.pk] = name_key(words[NAME])
        if choice_for(row.verdict, row.decision) == "new":
            person = Person(country=self.workshop.locality.country, is_demo=self.workshop.is_demo)
            for name in OF_A_PERSON:
                setattr(person, name, words[name])
            made.tokens = person.take_index()
            made.person, made.code = ready(person), person.code
        elif known is not None:
            made.adds = add_to_person(known, words)
        return made

    def _participation(self, row: ImportRow, words: dict[str, Any]) -> Participation:
        return Participation(
            workshop=self.workshop,
            locality_id=self.localities.get(words.get("locality", "")),
            entry=Entry.IMPORT,
            residence=words["residence"],
            standing=words["standing"],
            submission=uuid5(NAMESPACE_URL, f"{self.of.code}/{row.number}"),
            recorded_by=self.by,
            is_demo=self.workshop.is_demo,
            **self.counts(words["category"], words["sex"], words["age_band"]),
        )

    def _consents(self, words: dict[str, Any]) -> list[Consent]:
        """To stand in the list; to be contacted, with a contact; of a guardian, under 18."""
        ticked = {
            Purpose.REGISTER: True,
            Purpose.CONTACT: words["phone"] or words["email"],
            Purpose.GUARDIAN: words.get("guardian") and words["age_band"] == AgeBand.UNDER_18,
        }
        return [
            Consent(
                purpose=purpose,
                how=Given.PAPER,
                language=self.workshop.language,
                recorded_by=self.by,
                is_demo=self.workshop.is_demo,
            )
            for purpose, agreed in ticked.items()
            if agreed
        ]


def words_of(values: dict[str, Any], *, has_ended: bool) -> dict[str, Any]:
    """What the row says of a person. A list, which may be an old one, takes back no withdrawal."""
    return values | {"phone": "", "email": ""} if has_ended else values


def add_to_person(person: Person, words: dict[str, Any]) -> bool:
    """Fill in what was not known of the person; tells whether anything was."""
    unknown = {"phone": "", "email": "", "sex": Sex.UNSTATED, "age_band": AgeBand.UNSTATED}
    changed = False
    for name, nothing in unknown.items():
        if getattr(person, name) == nothing and words[name] not in ("", nothing):
            setattr(person, name, words[name])
            changed = True
    return changed
