"""Sections come, go and move."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from core.conflicts import EditConflict
from guidelines.models import Section


@transaction.atomic
def add_section(section: Section, *, after: Section | None, by: User) -> Section:
    """Put a new section behind `after`, or at the end."""
    guidelines = section.guidelines
    others = list(guidelines.sections.select_for_update())
    place = others.index(after) + 1 if after in others else len(others)
    section.order = (guidelines.sections.aggregate(last=Max("order"))["last"] or 0) + 1
    section.updated_by, section.is_demo = by, guidelines.is_demo
    section.save()
    _renumber([*others[:place], section, *others[place:]])
    guidelines.touch(by)
    record(by, "added section", section, guidelines=guidelines.code)
    return section


@transaction.atomic
def move_section(section: Section, *, up: bool, by: User) -> bool:
    """Change places with the section before or after. False when there is none."""
    sections = list(section.guidelines.sections.select_for_update())
    here = sections.index(section)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(sections):
        return False
    sections[here], sections[there] = sections[there], sections[here]
    _renumber(sections)
    section.guidelines.touch(by)
    record(by, "moved section", section, guidelines=section.guidelines.code, place=there + 1)
    return True


@transaction.atomic
def remove_section(section: Section, *, opened_version: int, by: User) -> None:
    """Take a section away. EditConflict when somebody wrote in it since the page was opened."""
    current = Section.objects.select_for_update().get(pk=section.pk)
    if current.row_version != opened_version:
        raise EditConflict(current)
    record(by, "removed section", section, guidelines=section.guidelines.code)
    section.guidelines.touch(by)
    current.delete()
    _renumber(list(section.guidelines.sections.all()))


def _renumber(sections: list[Section]) -> None:
    for order, section in enumerate(sections, start=1):
        section.order = order
    Section.objects.bulk_update(sections, ["order"])
