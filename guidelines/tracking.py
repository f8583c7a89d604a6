"""Remembering a section as each save left it (models.SectionRevision; decision 0013)."""

from typing import Any

from django.db import models

from accounts.models import User
from core.conflicts import RowRemoved
from guidelines.models import Guidelines, Section, SectionRevision


def keep_baseline(section: Section) -> None:
    """Remember the section as it stands in the database, if that version is not remembered yet: sections
    that are older than their history begin with it. Call before the row is written."""
    linked = Section.objects.select_related("parent", "guidelines", "origin", "source")
    current = linked.filter(pk=section.pk).first()
    if current is not None and not _kept(current).filter(version=current.row_version).exists():
        revision = _revision(current, by=current.updated_by_id)
        revision.save()
        SectionRevision.objects.filter(pk=revision.pk).update(at=current.updated_at)


def keep_revision(section: Section, *, by: User | None, note: str = "") -> SectionRevision:
    """Remember the section as it is now. Call after it is written."""
    revision = _revision(section, by=by.pk if by else None, note=note)
    revision.save()
    return revision


def keep_beginnings(sections: list[Section], *, by: User | None, note: str = "") -> None:
    """Remember sections that were just made, all at once."""
    SectionRevision.objects.bulk_create(
        _revision(section, by=by.pk if by else None, note=note) for section in sections
    )


def keep_removal(section: Section, *, by: User, note: str = "") -> None:
    """Remember that the section was taken away, as it was then, and with it its parts. Call before it is
    deleted, with its guidelines held. `note` is the code of the section that it went with.

    Raises RowRemoved when somebody was faster."""
    try:
        section.refresh_from_db()
    except Section.DoesNotExist:
        raise RowRemoved from None
    for part in section.parts.select_related("guidelines", "origin", "source").order_by("order", "pk"):
        keep_removal(part, by=by, note=note or section.code)
    keep_baseline(section)
    revision = _revision(section, by=by.pk, note=note)
    revision.version, revision.removed = section.row_version + 1, True
    revision.save()


def _revision(section: Section, *, by: int | None, note: str = "") -> SectionRevision:
    return SectionRevision(
        guidelines=section.guidelines,
        section_code=section.code,
        version=section.row_version,
        heading=section.heading,
        body=section.body,
        parent_code=section.parent.code if section.parent else "",
        origin_code=section.origin.code if section.origin else "",
        origin_version=section.origin_version,
        origin_note=section.origin_note,
        source_code=section.source.code if section.source else "",
        source_version=section.source_version,
        by_id=by,
        note=note,
        is_demo=section.is_demo,
    )


def links_of(revision: SectionRevision) -> dict[str, Any]:
    """Where the text of that state came from. A section that is gone by now is none."""
    found = Section.objects.in_bulk({revision.origin_code, revision.source_code} - {""}, field_name="code")
    return {
        "origin": found.get(revision.origin_code),
        "origin_version": revision.origin_version,
        "origin_note": revision.origin_note,
        "source": found.get(revision.source_code),
        "source_version": revision.source_version,
    }


def lead_here_again(section: Section) -> None:
    """What was made of a section that stands again leads to it again: to translations and later versions
    its removal had looked like its end."""
    for link in ("origin", "source"):
        made = SectionRevision.objects.filter(**{f"{link}_code": section.code}).values("section_code")
        cut = Section.objects.filter(**{link: None, f"{link}_version__isnull": False}, code__in=made)
        cut.update(**{link: section})


def revision_of(section: Section, version: int) -> SectionRevision | None:
    """The section as that version was saved; None when nothing is remembered of it."""
    return _kept(section).filter(version=version).first()


def revisions_of(guidelines: Guidelines, section_code: str) -> models.QuerySet[SectionRevision]:
    """What is remembered of a section that stands or stood in these guidelines, newest first."""
    of_section = SectionRevision.objects.filter(guidelines=guidelines, section_code=section_code)
    return of_section.order_by("-version")


def _kept(section: Section) -> models.QuerySet[SectionRevision]:
    return SectionRevision.objects.filter(guidelines=section.guidelines_id, section_code=section.code)
