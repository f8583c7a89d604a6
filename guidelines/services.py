"""Writes of guidelines that touch more than one row, are recorded, or start work."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User, record
from core.conflicts import EditConflict
from core.exports import Failure
from frameworks.models import Framework
from guidelines.documents import guidelines_digest, guidelines_html
from guidelines.models import Export, Guidelines, Section
from guidelines.section_template import section_bodies
from guidelines.tasks import make_export
from localities.models import Country


class NapOfAnotherCountry(ValueError):
    """Guidelines rest on a National Action Plan of their own country."""


@transaction.atomic
def start_guidelines(
    country: Country,
    *,
    title: str,
    language: str,
    nap: Framework | None,
    by: User | None,
    is_demo: bool = False,
) -> Guidelines:
    """New guidelines for `country` with all sections of the template."""
    if nap is not None and nap.country_id != country.pk:
        raise NapOfAnotherCountry(nap.code)
    guidelines = Guidelines.objects.create(
        country=country, title=title, language=language, nap=nap, updated_by=by, is_demo=is_demo
    )
    starts = section_bodies(nap=nap.title if nap else None)
    Section.objects.bulk_create(
        Section(
            guidelines=guidelines,
            order=order,
            heading=start.heading,
            block=start.block,
            body=body,
            updated_by=by,
            is_demo=is_demo,
        )
        for order, (start, body) in enumerate(starts, start=1)
    )
    record(by, "started guidelines", guidelines, country=country.code)
    return guidelines


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


def request_export(guidelines: Guidelines, *, by: User) -> Export:
    """The PDF of the guidelines as they stand: the one that is made or on its way, else a new one.

    Two clicks at once get the same export: the database lets only one stand for one content.
    """
    digest = guidelines_digest(guidelines_html(guidelines))
    standing = guidelines.exports.standing().filter(digest=digest).first()
    if standing is not None:
        _give_up_if_lost(standing)
        if standing.is_under_way or standing.is_done:
            return standing
    try:
        return _new_export(guidelines, digest=digest, by=by)
    except IntegrityError:
        return guidelines.exports.standing().get(digest=digest)


def _give_up_if_lost(export: Export) -> None:
    if export.is_stuck:
        export.give_up(Failure.STOPPED)
    elif export.is_done and not export.has_file:
        export.give_up(Failure.LOST)


@transaction.atomic
def _new_export(guidelines: Guidelines, *, digest: str, by: User) -> Export:
    export = Export.objects.create(
        guidelines=guidelines, digest=digest, requested_by=by, is_demo=guidelines.is_demo
    )
    record(by, "asked for PDF", export, guidelines=guidelines.code)
    transaction.on_commit(lambda: make_export.enqueue(export.code))
    return export
