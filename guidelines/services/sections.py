"""Sections are written, come, go and move. The guidelines' row is held meanwhile."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import EditConflict, RowRemoved, save_unless_changed
from guidelines.blocks.frozen import forget_missing
from guidelines.models import Guidelines, Section
from guidelines.services.history import DEEPEST
from guidelines.services.holding import held_open
from guidelines.tracking import keep_baseline, keep_removal, keep_revision


class SectionStays(Exception):
    """The section cannot go there; the message says why."""


@transaction.atomic
def save_section(section: Section, *, opened_version: int, by: User) -> Section:
    """Heading and text. Raises GuidelinesClosed, EditConflict or RowRemoved."""
    held_open(section.guidelines)
    keep_baseline(section)
    # It may have been moved since this row was read: its place is not what is saved here.
    place = Section.objects.filter(pk=section.pk).values("order", "parent_id").first()
    for name, value in (place or {}).items():
        setattr(section, name, value)
    save_unless_changed(section, opened_version=opened_version, by=by)
    keep_revision(section, by=by)
    forget_missing(section)
    return section


@transaction.atomic
def add_section(
    section: Section, *, after: Section | None = None, parent: Section | None = None, by: User
) -> Section:
    """A new section behind `after`, or at the end of `parent`. Raises GuidelinesClosed or SectionStays."""
    guidelines = held_open(section.guidelines)
    section.parent = after.parent if after else parent
    others = _siblings(guidelines, section.parent)
    if (after and after not in others) or _level(section.parent) >= DEEPEST:
        raise SectionStays(gettext("What was chosen there was moved or removed. Choose the place again."))
    section.order = (guidelines.sections.aggregate(last=Max("order"))["last"] or 0) + 1
    section.updated_by, section.is_demo = by, guidelines.is_demo
    section.save()
    place = others.index(after) + 1 if after else len(others)
    _renumber([*others[:place], section, *others[place:]])
    keep_revision(section, by=by)
    guidelines.touch(by)
    record(by, "added section", section, guidelines=guidelines.code)
    return section


@transaction.atomic
def move_section(section: Section, *, to: str, by: User) -> bool:
    """To "up" or "down" among its siblings; "in" makes it a part of the one before, "out" lifts it behind
    what it is a part of. False when there is nowhere to go. Raises GuidelinesClosed, RowRemoved or
    SectionStays."""
    guidelines = held_open(section.guidelines)
    row = guidelines.sections.select_related("parent").filter(pk=section.pk).first()
    if row is None:
        raise RowRemoved
    moved = MOVES[to](row)
    if moved:
        guidelines.touch(by)
        record(by, "moved section", row, guidelines=guidelines.code, to=to)
    return moved


@transaction.atomic
def place_section(section: Section, *, parent: Section | None, after: Section | None, by: User) -> None:
    """With its parts, under `parent`: behind `after`, or before all others. Raises GuidelinesClosed,
    RowRemoved or SectionStays."""
    guidelines = held_open(section.guidelines)
    row = guidelines.sections.select_related("parent").filter(pk=section.pk).first()
    if row is None:
        raise RowRemoved
    others = [each for each in _siblings(guidelines, parent) if each.pk != row.pk]
    is_there = parent is None or guidelines.sections.filter(pk=parent.pk).exists()
    if not is_there or (after and after not in others) or parent in [row, *parts_below(row)]:
        raise SectionStays(gettext("What was chosen there was moved or removed. Choose the place again."))
    if _level(parent) + _height(row) > DEEPEST:
        raise SectionStays(_too_deep(row))
    row.parent = parent
    row.save(update_fields=["parent"])
    place = others.index(after) + 1 if after else 0
    _renumber([*others[:place], row, *others[place:]])
    guidelines.touch(by)
    record(by, "moved section", row, guidelines=guidelines.code, to="place")


def _too_deep(section: Section) -> str:
    return gettext("Sections go three levels deep at most: “%(heading)s” has parts that would be deeper.") % {
        "heading": section.heading
    }


def _up(section: Section) -> bool:
    return _swap(section, -1)


def _down(section: Section) -> bool:
    return _swap(section, 1)


def _swap(section: Section, step: int) -> bool:
    siblings = _siblings(section.guidelines, section.parent)
    here = siblings.index(section)
    there = here + step
    if not 0 <= there < len(siblings):
        return False
    siblings[here], siblings[there] = siblings[there], siblings[here]
    _renumber(siblings)
    return True


def _in(section: Section) -> bool:
    siblings = _siblings(section.guidelines, section.parent)
    here = siblings.index(section)
    if here == 0:
        return False
    parent = siblings[here - 1]
    if _level(parent) + _height(section) > DEEPEST:
        raise SectionStays(_too_deep(section))
    parts = _siblings(section.guidelines, parent)
    section.parent = parent
    section.save(update_fields=["parent"])
    _renumber([*parts, section])
    return True


def _out(section: Section) -> bool:
    if section.parent is None:
        return False
    above = section.parent
    siblings = _siblings(section.guidelines, above.parent)
    section.parent = above.parent
    section.save(update_fields=["parent"])
    place = siblings.index(above) + 1
    _renumber([*siblings[:place], section, *siblings[place:]])
    return True


MOVES: dict[str, Callable[[Section], bool]] = {"up": _up, "down": _down, "in": _in, "out": _out}


@transaction.atomic
def remove_section(section: Section, *, opened_version: int, by: User) -> None:
    """Take a section away with its parts; the history keeps all of them. Raises GuidelinesClosed, RowRemoved,
    or EditConflict when somebody wrote in it since the page was opened."""
    guidelines = held_open(section.guidelines)
    current = guidelines.sections.select_for_update().filter(pk=section.pk).first()
    if current is None:
        raise RowRemoved
    if current.row_version != opened_version:
        raise EditConflict(current)
    parts = parts_below(current)
    keep_removal(current, by=by)
    record(by, "removed section", section, guidelines=guidelines.code, parts=len(parts))
    guidelines.touch(by)
    parent = current.parent
    current.delete()
    _renumber(_siblings(guidelines, parent))


def _siblings(guidelines: Guidelines, parent: Section | None) -> list[Section]:
    rows = guidelines.sections.select_related("parent").filter(parent=parent)
    return list(rows.order_by("order", "pk"))


def _level(section: Section | None) -> int:
    """1 at the top, 0 for no section."""
    level = 0
    while section is not None and level <= DEEPEST:
        section, level = section.parent, level + 1
    return level


def _height(section: Section) -> int:
    """How many levels it takes with its parts."""
    return 1 + max((_height(part) for part in section.parts.all()), default=0)


def parts_below(section: Section) -> list[Section]:
    """Everything that goes with a section, in order."""
    parts = section.parts.order_by("order", "pk")
    return [each for part in parts for each in (part, *parts_below(part))]


def _renumber(sections: list[Section]) -> None:
    for order, section in enumerate(sections, start=1):
        section.order = order
    Section.objects.bulk_update(sections, ["order"])
