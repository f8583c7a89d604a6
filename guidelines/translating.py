"""How far a translation is, section by section: what its source says now, and what of that is in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from guidelines.copying import relinked
from guidelines.markers import kinds_in
from guidelines.models import Guidelines, Section
from guidelines.outline import Entry, outline_of


class TranslationState(models.TextChoices):
    NOT_YET = "not_yet", _("Not translated")
    BEGUN = "begun", _("Begun")
    CURRENT = "current", _("Up to date")
    CHANGED = "changed", _("Source changed")
    NEW = "new", _("New in the source")
    GONE = "gone", _("Gone from the source")
    OWN = "own", _("Only here")


TONES = {
    TranslationState.NOT_YET: "stop",
    TranslationState.BEGUN: "going",
    TranslationState.CURRENT: "done",
    TranslationState.CHANGED: "warn",
    TranslationState.NEW: "warn",
    TranslationState.GONE: "warn",
    TranslationState.OWN: "",
}


def state_of(section: Section) -> TranslationState:
    """Of a section of a translation. `source_version` is 0 until somebody said that it is up to date."""
    if section.source is None:
        return TranslationState.OWN if section.source_version is None else TranslationState.GONE
    if section.source_version:
        is_current = section.source_version >= section.source.row_version
        return TranslationState.CURRENT if is_current else TranslationState.CHANGED
    return TranslationState.NOT_YET if section.row_version == 1 else TranslationState.BEGUN


@dataclass(frozen=True)
class TranslationLine:
    """A section of the source with its translation, or one that only one of them has."""

    state: TranslationState
    section: Section | None = None
    source: Section | None = None
    number: str = ""  # in the source, or in the translation where it is only there
    level: int = 1
    missing: tuple[str, ...] = ()  # kinds of blocks that stand in the source alone
    added: tuple[str, ...] = ()  # and in the translation alone

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class Translation:
    """All lines in the order of the source; then what only the translation has."""

    lines: tuple[TranslationLine, ...]

    @classmethod
    def from_guidelines(cls, guidelines: Guidelines) -> "Translation":
        """Two queries. `guidelines` is a translation."""
        sections = list(guidelines.sections.select_related("source"))
        sources = list(Section.objects.filter(guidelines=guidelines.translation_of_id))
        by_source = {section.source_id: section for section in sections if section.source_id}
        lines = [_line(entry, by_source.get(entry.section.pk)) for entry in outline_of(sources)]
        known = {source.pk for source in sources}
        for entry in outline_of(sections):
            if entry.section.source_id not in known:
                state = state_of(entry.section)
                lines.append(TranslationLine(state, entry.section, None, entry.number, entry.level))
        return cls(tuple(lines))

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """How many sections are in each state, in words, with the tone; states without one left out."""
        found = Counter(line.state for line in self.lines)
        return [(str(state.label), found[state], TONES[state]) for state in TranslationState if found[state]]

    @property
    def next_section(self) -> Section | None:
        """The first that is not translated as its source stands."""
        waiting = (line for line in self.lines if line.source and line.state != TranslationState.CURRENT)
        return next((line.section for line in waiting if line.section), None)

    @property
    def total(self) -> int:
        return sum(line.source is not None for line in self.lines)

    @property
    def current(self) -> int:
        return sum(line.state == TranslationState.CURRENT for line in self.lines)


def _line(entry: Entry, section: Section | None) -> TranslationLine:
    source = entry.section
    if section is None:
        return TranslationLine(TranslationState.NEW, None, source, entry.number, entry.level)
    missing, added = blocks_apart(source.body, section.body) if section.body.strip() else ((), ())
    return TranslationLine(
        state_of(section), section, source, entry.number, entry.level, missing=missing, added=added
    )


def blocks_apart(source: str, translation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kinds of blocks that only the source has, and that only the translation has."""
    there, here = kinds_in(source), kinds_in(translation)
    return (
        tuple(kind for kind in there if kind not in here),
        tuple(kind for kind in here if kind not in there),
    )


def source_text(section: Section, *, pictures: Mapping[str, str]) -> str:
    """The text of the source as it can be pasted into the translation: its references lead to the
    translated sections. `pictures` are the codes of the translation's own."""
    source: Any = section.source
    pairs = Section.objects.filter(guidelines=section.guidelines_id, source__isnull=False)
    codes = dict(pairs.values_list("source__code", "code"))
    return relinked(source.body, sections=codes, pictures=pictures)
