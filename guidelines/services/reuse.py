"""Taking sections of another document over. Where they come from stays with them, and is printed."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from guidelines.languages import in_language_of
from guidelines.models import Guidelines, Picture, Section
from guidelines.reports.reuse import Offer
from guidelines.services.copying import copy_pictures, relink
from guidelines.services.holding import held_open
from guidelines.tracking import keep_baseline, keep_beginnings


@transaction.atomic
def reuse_sections(
    guidelines: Guidelines, groups: list[list[Offer]], *, after: Section | None, by: User
) -> list[Picture]:
    """Each group, a section with its parts, behind the section `after` of the top level, or at the end.
    Blocks follow the country of their new document. Returns the pictures whose people have to be asked
    again. Raises GuidelinesClosed."""
    row = held_open(guidelines)
    top = list(row.sections.select_for_update().filter(parent=None))
    place = top.index(after) + 1 if after in top else len(top)
    to_ask: list[Picture] = []
    added: list[Section] = []
    for group in groups:
        made, pictures = _take_over(row, group, by=by)
        added.append(made)
        to_ask += pictures
    for order, section in enumerate([*top[:place], *added, *top[place:]], start=1):
        section.order = order
        section.save(update_fields=["order"])
    row.touch(by)
    return to_ask


def _take_over(row: Guidelines, group: list[Offer], *, by: User) -> tuple[Section, list[Picture]]:
    origins = Section.objects.in_bulk([offer.code for offer in group], field_name="code")
    by_number: dict[str, Section] = {}
    codes: dict[str, str] = {}
    for order, offer in enumerate(group, start=1):
        origin = origins.get(offer.code)
        if origin is not None and offer.version is not None:
            keep_baseline(origin)
        section = Section.objects.create(
            guidelines=row,
            parent=by_number.get(offer.number.rpartition(".")[0]),
            order=order,
            heading=offer.heading,
            body=offer.body,
            origin=origin,
            origin_version=offer.version,
            origin_note=_note(offer, language=row.language),
            updated_by=by,
            is_demo=row.is_demo,
        )
        by_number[offer.number], codes[offer.code] = section, section.code
    sections = list(by_number.values())
    source = group[0].guidelines
    bodies = [offer.body for offer in group]
    # Who takes from an edition does not read the draft: no heading and no picture comes from there.
    edition = group[0].edition
    pictures = copy_pictures(bodies, source=source, to=row, by=by, only_publishable=edition is not None)
    relink(sections, codes=codes, pictures=pictures.codes, headings=_headings(source, edition))
    keep_beginnings(sections, by=by, note="reused")
    record(
        by,
        "reused section",
        sections[0],
        guidelines=row.code,
        origin=group[0].code,
        parts=len(group) - 1,
    )
    return sections[0], pictures.to_ask


def _headings(source: Guidelines, number: int | None) -> dict[str, str]:
    """Of the edition with that number, or of the text as it stands."""
    if number is None:
        return dict(source.sections.values_list("code", "heading"))
    sections = source.editions.get(number=number).content.get("sections", [])
    return {section["code"]: section["heading"] for section in sections}


def _note(offer: Offer, *, language: str) -> str:
    """In the language of the document that it is printed in."""
    with in_language_of(language):
        if offer.edition is not None:
            said = gettext("Guidelines of %(country)s, edition %(edition)s, section %(number)s")
        else:
            said = gettext("Guidelines of %(country)s, version %(version)s, section %(number)s")
        return said % {
            "country": offer.guidelines.country,
            "version": offer.guidelines.version,
            "edition": offer.edition,
            "number": offer.number,
        }


@transaction.atomic
def note_origin_seen(section: Section, *, version: int, by: User) -> None:
    """Somebody read what changed in the text that this one was taken from, up to `version`."""
    held_open(section.guidelines)
    if section.origin is not None:
        keep_baseline(section.origin)
    section.origin_version = version
    section.save(update_fields=["origin_version"])
    record(by, "looked at origin of section", section, guidelines=section.guidelines.code, version=version)
