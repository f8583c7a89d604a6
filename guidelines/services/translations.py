"""Writing a translation: a section with the version of its source that it says, and sections added since."""

from django.db import transaction

from accounts.models import User
from guidelines.models import Guidelines, Section
from guidelines.outline import outline_of
from guidelines.services.copying import copy_pictures, relink
from guidelines.services.holding import held_open
from guidelines.services.sections import add_section, save_section
from guidelines.services.versions import NOTHING_YET
from guidelines.tracking import keep_baseline


@transaction.atomic
def save_translation(
    section: Section, *, opened_version: int, source_version: int | None, by: User
) -> Section:
    """The text, and with `source_version` that it says all that its source said in that version. Raises
    what save_section raises."""
    if source_version is not None and section.source is not None:
        keep_baseline(section.source)
        section.source_version = source_version
    return save_section(section, opened_version=opened_version, by=by)


@transaction.atomic
def add_from_source(guidelines: Guidelines, *, sources: list[str], by: User) -> list[Section]:
    """Sections of the source, by code, that are not in the translation yet: each in its place there. One
    that somebody added meanwhile is left out. Raises GuidelinesClosed."""
    row = held_open(guidelines)
    there = outline_of(Section.objects.filter(guidelines=row.translation_of))
    here = {each.source_id: each for each in row.sections.filter(source__isnull=False)}
    added = []
    for place, entry in enumerate(there):
        source = entry.section
        if source.code not in sources or source.pk in here:
            continue
        section = Section(
            guidelines=row,
            heading=source.heading,
            body=source.body,
            source=source,
            source_version=NOTHING_YET,
        )
        parent = here.get(source.parent_id)
        before = [each.section for each in there[:place] if each.section.parent_id == source.parent_id]
        after = next((here[each.pk] for each in reversed(before) if each.pk in here), None)
        if after is not None and after.parent_id != (parent.pk if parent else None):
            after = None
        here[source.pk] = add_section(section, after=after, parent=parent, by=by)
        added.append(section)
    _link(row, added, by=by)
    return added


def _link(row: Guidelines, added: list[Section], *, by: User) -> None:
    if row.translation_of is None or not added:
        return
    texts = [section.body for section in added]
    pictures = copy_pictures(texts, source=row.translation_of, to=row, by=by)
    pairs = row.sections.filter(source__isnull=False).values_list("source__code", "code")
    relink(added, codes=dict(pairs), pictures=pictures.codes)


def pictures_of_translation(guidelines: Guidelines) -> dict[str, str]:
    """Code in the source → code of the same picture in the translation."""
    own = dict(guidelines.pictures.values_list("digest", "code"))
    theirs = guidelines.translation_of.pictures.all() if guidelines.translation_of else []
    return {picture.code: own[picture.digest] for picture in theirs if picture.digest in own}
