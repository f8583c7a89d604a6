"""Taking an old state of a section back, as a new version; also of a section that was removed."""

import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from core.conflicts import EditConflict, save_unless_changed
from guidelines.blocks.frozen import forget_missing
from guidelines.models import Guidelines, Section, SectionRevision
from guidelines.services.holding import held_open
from guidelines.tracking import keep_baseline, keep_revision, lead_here_again, links_of, revisions_of

SAME_STEP = datetime.timedelta(minutes=1)  # what was removed with a section was remembered just before it
DEEPEST = 3  # levels of sections


@transaction.atomic
def restore_section(revision: SectionRevision, *, opened_version: int, by: User) -> Section:
    """The section as that revision holds it, as its next version. `opened_version` is that of the section
    as it stands, 0 when it is gone. Raises GuidelinesClosed or EditConflict."""
    guidelines = held_open(revision.guidelines)
    section = guidelines.sections.select_for_update().filter(code=revision.section_code).first()
    if section is None:
        section = _recreate(guidelines, revision, parent=_parent(guidelines, revision), by=by)
    else:
        note = f"restored {revision.version}"
        rewrite(section, revision, opened_version=opened_version, by=by, note=note)
    guidelines.touch(by)
    record(
        by,
        "restored section",
        section,
        guidelines=guidelines.code,
        version=revision.version,
    )
    return section


def rewrite(section: Section, revision: SectionRevision, *, opened_version: int, by: User, note: str) -> None:
    """Heading and text, with what of its origin and its source this text says. Its place among the others
    stays: that is moved, not written."""
    if section.row_version != opened_version:
        raise EditConflict(section)
    keep_baseline(section)
    section.heading, section.body = revision.heading, revision.body
    links = links_of(revision)
    for name, version in (("origin", "origin_version"), ("source", "source_version")):
        is_same = links[name] is not None and links[name] == getattr(section, name)
        if is_same and links[version] is not None:  # older revisions do not say it
            setattr(section, version, links[version])
    save_unless_changed(section, opened_version=opened_version, by=by)
    keep_revision(section, by=by, note=note)
    forget_missing(section)


def _recreate(
    guidelines: Guidelines, revision: SectionRevision, *, parent: Section | None, by: User
) -> Section:
    """A removed section again, and what was removed with it."""
    section = again(guidelines, revision, parent=parent, by=by, note=f"restored {revision.version}")
    for part in removed_with(revision):
        _recreate(guidelines, part, parent=section, by=by)
    return section


def again(
    guidelines: Guidelines, revision: SectionRevision, *, parent: Section | None, by: User, note: str
) -> Section:
    """A removed section as that revision holds it, behind the others: with its code, and with what it was
    taken from and what was made of it."""
    beside = guidelines.sections.filter(parent=parent).aggregate(last=Max("order"))
    last = revisions_of(guidelines, revision.section_code).values_list("version", flat=True).first() or 0
    section = Section(
        code=revision.section_code,
        guidelines=guidelines,
        parent=parent,
        order=(beside["last"] or 0) + 1,
        heading=revision.heading,
        body=revision.body,
        row_version=last + 1,
        updated_by=by,
        is_demo=guidelines.is_demo,
        **links_of(revision),
    )
    section.save(force_insert=True)
    lead_here_again(section)
    keep_revision(section, by=by, note=note)
    return section


def removed_with(revision: SectionRevision) -> list[SectionRevision]:
    """The parts that went in the same step, when `revision` is the removal of a section that had some.
    One that stands again since then is not among them."""
    if not revision.removed:
        return []
    standing = Section.objects.filter(guidelines=revision.guidelines_id).values("code")
    return list(
        SectionRevision.objects.filter(
            guidelines=revision.guidelines_id,
            parent_code=revision.section_code,
            removed=True,
            note__in=[revision.section_code, revision.note or revision.section_code],
            pk__lt=revision.pk,
            at__gte=revision.at - SAME_STEP,
        )
        .exclude(section_code__in=standing)
        .order_by("pk")
    )


def _parent(guidelines: Guidelines, revision: SectionRevision) -> Section | None:
    """What it stood under, if that is still there and not so deep by now that a part would be too deep."""
    parent = guidelines.sections.filter(code=revision.parent_code).first() if revision.parent_code else None
    above, level = parent, _height(revision)
    while above is not None and level < DEEPEST:
        above, level = above.parent, level + 1
    return parent if above is None else None


def _height(revision: SectionRevision) -> int:
    """How many levels come back with it."""
    return 1 + max((_height(part) for part in removed_with(revision)), default=0)
