"""Sections of other documents that may be taken over: of drafts that the user reads, and of the last
editions that everybody may read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import User
from guidelines.markers import mark_of
from guidelines.models import Edition, Guidelines, Section
from guidelines.outline import outline_of

MARKS = re.compile(r"\{\{.*?\}\}|\|[-:| ]+\||[#*|]")  # of the markup, in a few words of it


@dataclass(frozen=True)
class Offer:
    """A section as it can be taken over. `level` is 1 at the top; `version` is that of the section's row,
    None of a text that is frozen in an edition."""

    guidelines: Guidelines
    code: str
    number: str
    level: int
    heading: str
    body: str
    version: int | None = None
    edition: int | None = None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.guidelines.code}.{self.code}"

    @property
    def start(self) -> str:
        """The first words, for the list."""
        words = " ".join(MARKS.sub(" ", self.body).split())
        return f"{words[:160]}…" if len(words) > 161 else words

    def has(self, words: str) -> bool:
        return words.casefold() in f"{self.heading}\n{self.body}".casefold()


def sources_for(user: User, guidelines: Guidelines) -> QuerySet[Guidelines]:
    """Documents whose texts `user` may take over into `guidelines`: drafts that he or she reads, and what is
    published for everybody."""
    public = Edition.objects.public().values("guidelines")
    readable = Guidelines.objects.with_draft_for(user).values("pk")
    found = Guidelines.objects.filter(Q(pk__in=readable) | Q(pk__in=public)).exclude(pk=guidelines.pk)
    return found.select_related("country").order_by("country__name", "-version", "language", "pk")


def offers_of(documents: Iterable[Guidelines], *, user: User) -> list[Offer]:
    """All their sections, in reading order: as they stand where the user reads the draft, else as the last
    edition has them. Three queries, however many documents."""
    wanted = list(documents)
    drafts = set(
        Guidelines.objects.with_draft_for(user)
        .filter(pk__in=[each.pk for each in wanted])
        .values_list("pk", flat=True)
    )
    sections: dict[int, list[Section]] = {}
    for section in Section.objects.filter(guidelines__in=drafts).select_related("parent"):
        sections.setdefault(section.guidelines_id, []).append(section)
    editions: dict[int, Edition] = {}
    for edition in _public_editions(each.pk for each in wanted if each.pk not in drafts):
        editions[edition.guidelines_id] = edition
    found: list[Offer] = []
    for each in wanted:
        if each.pk in drafts:
            found += _drafted(each, sections.get(each.pk, []))
        elif each.pk in editions:
            found += _published(each, editions[each.pk])
    return found


def _public_editions(documents: Iterable[int]) -> QuerySet[Edition]:
    """Of each the last one comes last."""
    return Edition.objects.public().filter(guidelines__in=list(documents)).order_by("number")


def _drafted(guidelines: Guidelines, sections: list[Section]) -> list[Offer]:
    return [
        Offer(
            guidelines,
            entry.section.code,
            entry.number,
            entry.level,
            entry.section.heading,
            entry.section.body,
            version=entry.section.row_version,
        )
        for entry in outline_of(sections)
    ]


def _published(guidelines: Guidelines, edition: Edition) -> list[Offer]:
    return [
        Offer(
            guidelines,
            section["code"],
            section["number"],
            section["level"],
            section["heading"],
            _body_of(section["parts"]),
            edition=edition.number,
        )
        for section in edition.content.get("sections", [])
    ]


def _body_of(parts: list[dict[str, Any]]) -> str:
    """The text that the parts of a frozen document were cut from."""
    return "\n\n".join(
        part["text"] if "text" in part else mark_of(part["block"].get("kind", "")) for part in parts
    )


def with_parts(offers: list[Offer], chosen: Iterable[str]) -> list[list[Offer]]:
    """Each chosen section with the parts below it; one that comes with a chosen section comes once."""
    wanted = set(chosen)
    groups: list[list[Offer]] = []
    for offer in offers:
        last = groups[-1] if groups else None
        if last and last[0].guidelines == offer.guidelines and offer.number.startswith(f"{last[0].number}."):
            last.append(offer)
        elif offer.key in wanted:
            groups.append([offer])
    return groups


def moved_on(guidelines: Guidelines, *, user: User) -> QuerySet[Section]:
    """Sections whose text changed where they were taken from, as far as the user reads it there."""
    readable = Guidelines.objects.with_draft_for(user).values("pk")
    changed = guidelines.sections.filter(origin__row_version__gt=F("origin_version"))
    return changed.filter(origin__guidelines__in=readable).order_by("order", "pk")
