"""What changed in the sections of guidelines, when and by whom, word by word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from core.differences import SAME, Piece, pieces
from guidelines.models import SectionRevision

AROUND = 120  # characters of a text left as it was, before and after what changed


@dataclass(frozen=True)
class TextChange:
    """What was taken out of a heading or a text, and what came in."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class SectionSave:
    """One save of one section. `changes` names what it changed, in full where the page asks for it."""

    revision: SectionRevision
    is_first: bool
    labels: list[str]
    changes: list[TextChange]
    who: str


def with_previous(revisions: QuerySet[SectionRevision]) -> QuerySet[Any]:
    """Each with `previous_pk`, the save of the same section before it."""
    before = SectionRevision.objects.filter(
        guidelines=OuterRef("guidelines"),
        section_code=OuterRef("section_code"),
        version__lt=OuterRef("version"),
    ).order_by("-version")
    return revisions.select_related("by").annotate(previous_pk=Subquery(before.values("pk")[:1]))


def saves_of(rows: Iterable[Any], *, may_know: bool, in_full: bool = False) -> list[SectionSave]:
    """The entries of a page, of one query more than the rows."""
    found = list(rows)
    before = SectionRevision.objects.in_bulk({row.previous_pk for row in found if row.previous_pk})
    saves = []
    for row in found:
        old = before.get(row.previous_pk)
        labels = [] if row.removed else changed(old, row)
        changes = changes_of(old, row) if in_full and not row.removed else []
        saves.append(SectionSave(row, old is None, labels, changes, who(row, may_know=may_know)))
    return saves


def changed(old: SectionRevision | None, new: SectionRevision) -> list[str]:
    """In words, what a save changed. The first changed nothing: it is the beginning."""
    if old is None:
        return []
    places = {
        gettext("heading"): old.heading != new.heading,
        gettext("text"): old.body != new.body,
        gettext("place"): old.parent_code != new.parent_code,
    }
    return [label for label, differs in places.items() if differs]


def changes_of(old: Any, new: Any) -> list[TextChange]:
    """The differences of two states of a section, or of a section and one of its states. From nothing,
    all of it is new."""
    before = (old.heading, old.body) if old is not None else ("", "")
    after = (new.heading, new.body)
    labels = (gettext("Heading"), gettext("Text"))
    return [
        TextChange(label, shortened(pieces(was, now)))
        for label, was, now in zip(labels, before, after, strict=True)
        if was != now
    ]


def shortened(found: list[Piece]) -> list[Piece]:
    """Without the long runs that stayed the same: twenty pages are read for the words that changed."""
    last = len(found) - 1
    return [
        Piece(SAME, _cut(piece.text, begins=place == 0, ends=place == last)) if piece.kind == SAME else piece
        for place, piece in enumerate(found)
    ]


def _cut(text: str, *, begins: bool, ends: bool) -> str:
    if len(text) <= 3 * AROUND:
        return text
    head = "" if begins else text[:AROUND].rsplit(" ", 1)[0]
    tail = "" if ends else text[-AROUND:].split(" ", 1)[-1]
    return f"{head} … {tail}"


def who(revision: SectionRevision, *, may_know: bool) -> str:
    """The account's name for whoever writes with it; nobody else needs to know who it was."""
    if not may_know:
        return gettext("the writers")
    return str(revision.by) if revision.by else gettext("not known")


@dataclass(frozen=True)
class Comparison:
    """Two versions of one section that somebody chose."""

    before: SectionRevision
    after: SectionRevision
    changes: list[TextChange]

    @classmethod
    def from_versions(cls, revisions: QuerySet[Any], first: str, second: str) -> "Comparison | None":
        """The older is what the other is compared with, in whichever order they came. None without two."""
        wanted = {
            int(each) for each in (first, second) if each.isascii() and each.isdecimal() and len(each) < 10
        }
        rows = list(revisions.filter(version__in=wanted).order_by("version"))
        if len(rows) != 2:
            return None
        return cls(rows[0], rows[1], changes_of(rows[0], rows[1]))
