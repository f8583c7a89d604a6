"""Taking texts and pictures of one document over into another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from core.stored_files import FileLost, encrypted, read_encrypted
from guidelines.copying import pictures_in, relinked
from guidelines.models import Guidelines, Picture, Section


@dataclass(frozen=True)
class CopiedPictures:
    """The code that each has in the new document, and those whose people are to be asked again."""

    codes: dict[str, str] = field(default_factory=dict)
    to_ask: list[Picture] = field(default_factory=list)


def copy_pictures(
    texts: Iterable[str], *, source: Guidelines, to: Guidelines, by: User, only_publishable: bool = False
) -> CopiedPictures:
    """The pictures of `source` that the texts show; `only_publishable` leaves out those whose people do not
    agree any more to be shown outside. What a workshop at high risk shows stays in its country. Consent to be
    shown in the document of one country is not consent for that of another (F36): it is left out there, and
    has to be asked again.

    Codes of pictures of a third document stay as they are: they are not shown."""
    copied = CopiedPictures()
    pictures = Picture.objects.filter(guidelines=source, code__in=pictures_in(*texts))
    if only_publishable or source.country_id != to.country_id:
        pictures = pictures.drawable()
    for picture in pictures.publishable() if only_publishable else pictures:
        standing = to.pictures.filter(digest=picture.digest).first()
        if standing is None:
            standing = _copy(picture, to=to, by=by)
            if standing is not None and standing.shows_people and not standing.consent:
                copied.to_ask.append(standing)
        if standing is not None:
            copied.codes[picture.code] = standing.code
    return copied


def _copy(picture: Picture, *, to: Guidelines, by: User) -> Picture | None:
    """None when the file is lost: the text then says that the picture is not there."""
    try:
        content = read_encrypted(picture.file)
    except FileLost:
        return None
    same_country = picture.guidelines.country_id == to.country_id
    copy = Picture(
        guidelines=to,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        shows_people=picture.shows_people,
        consent=picture.consent if same_country else "",
        workshop=picture.workshop,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        size=picture.size,
        digest=picture.digest,
        added_by=by,
        is_demo=to.is_demo,
    )
    copy.file.save("picture", encrypted(content), save=False)
    copy.save()
    return copy


def relink(
    sections: Iterable[Section],
    *,
    codes: Mapping[str, str],
    pictures: Mapping[str, str],
    headings: Mapping[str, str] | None = None,
) -> None:
    """Let copied texts lead to the sections (old code → new) and pictures of their own document."""
    changed = []
    for section in sections:
        body = relinked(section.body, sections=codes, pictures=pictures, headings=headings)
        if body != section.body:
            section.body = body
            changed.append(section)
    Section.objects.bulk_update(changed, ["body"])
