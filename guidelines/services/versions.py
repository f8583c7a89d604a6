"""A new document made of one that stands: the next version, or a translation."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from frameworks.models import Framework
from guidelines.models import Guidelines, Section
from guidelines.outline import outline_of
from guidelines.services.copying import copy_pictures, relink
from guidelines.services.documents import next_version
from guidelines.services.holding import held, held_country
from guidelines.tracking import keep_baseline, keep_beginnings

NOTHING_YET = 0  # of `Section.source_version`: it has a source, and nothing is translated yet


class AlreadyTranslated(Exception):
    """The document has a translation into that language."""

    field = "language"

    def __init__(self, language: str) -> None:
        super().__init__(
            gettext("There is a translation into this language already: %(language)s.")
            % {"language": language}
        )


@transaction.atomic
def new_version(guidelines: Guidelines, *, title: str, nap: Framework | None, by: User) -> Guidelines:
    """The next version in the same language, with all sections as they stand. Frozen data follow again."""
    _hold(guidelines)
    made = _document(
        guidelines,
        title=title,
        language=guidelines.language,
        nap=nap,
        predecessor=guidelines,
        updated_by=by,
    )
    pairs = _copy_sections(guidelines, made, by=by)
    for origin, section in pairs:
        section.body = origin.body
        section.origin, section.origin_version = origin, origin.row_version
        section.origin_note = origin.origin_note  # of a text that came from elsewhere
    _finish(guidelines, made, pairs, fields=["body", "origin", "origin_version", "origin_note"], by=by)
    record(by, "started version", made, guidelines=guidelines.code, version=made.version)
    return made


@transaction.atomic
def start_translation(
    guidelines: Guidelines, *, language: str, title: str, with_texts: bool, by: User
) -> Guidelines:
    """The same sections in another language, to be translated. With `with_texts` each begins with the text
    of its source, to be written over; else it is empty. Raises AlreadyTranslated."""
    _hold(guidelines)
    standing = guidelines.translations.filter(language=language).first()
    if standing is not None or language == guidelines.language:
        raise AlreadyTranslated((standing or guidelines).language_name)
    made = _document(
        guidelines,
        title=title,
        language=language,
        nap=guidelines.nap,
        translation_of=guidelines,
        updated_by=by,
    )
    pairs = _copy_sections(guidelines, made, by=by)
    for source, section in pairs:
        section.body = source.body if with_texts else ""
        section.source, section.source_version = source, NOTHING_YET
    _finish(guidelines, made, pairs, fields=["body", "source", "source_version"], by=by)
    record(by, "started translation", made, guidelines=guidelines.code, language=language)
    return made


def _hold(guidelines: Guidelines) -> None:
    """Two at once would take the same number; and nobody writes what is being copied."""
    held_country(guidelines.country)
    held(guidelines)


def _document(guidelines: Guidelines, **values: object) -> Guidelines:
    language = str(values["language"])
    return Guidelines.objects.create(
        country=guidelines.country,
        version=_version(guidelines, language),
        level=guidelines.level,
        is_public=guidelines.is_public,
        is_demo=guidelines.is_demo,
        **values,
    )


def _version(guidelines: Guidelines, language: str) -> int:
    """A translation has the number of its source, where that is free."""
    if language != guidelines.language:
        others = Guidelines.objects.filter(country=guidelines.country, language=language)
        if not others.filter(version=guidelines.version).exists():
            return guidelines.version
    return next_version(guidelines.country, language)


def _copy_sections(guidelines: Guidelines, made: Guidelines, *, by: User) -> list[tuple[Section, Section]]:
    """Of each section of `guidelines` the new one, in the same place, with nothing but its heading."""
    sections = list(guidelines.sections.all())
    copies: dict[int, Section] = {}
    for entry in outline_of(sections):  # what a section is a part of comes before it
        section = entry.section
        copies[section.pk] = Section.objects.create(
            guidelines=made,
            parent=copies.get(section.parent_id) if section.parent_id else None,
            order=section.order,
            heading=section.heading,
            updated_by=by,
            is_demo=made.is_demo,
        )
    by_pk = {section.pk: section for section in sections}
    return [(by_pk[pk], copy) for pk, copy in copies.items()]


def _finish(
    guidelines: Guidelines,
    made: Guidelines,
    pairs: list[tuple[Section, Section]],
    *,
    fields: list[str],
    by: User,
) -> None:
    """Texts, pictures and references of the new document, and where its history begins."""
    Section.objects.bulk_update([copy for _was, copy in pairs], fields)
    pictures = copy_pictures([was.body for was, _copy in pairs], source=guidelines, to=made, by=by)
    codes = {was.code: copy.code for was, copy in pairs}
    copies = [copy for _was, copy in pairs]
    relink(copies, codes=codes, pictures=pictures.codes)
    for was, _copy in pairs:
        keep_baseline(was)
    keep_beginnings(copies, by=by)
