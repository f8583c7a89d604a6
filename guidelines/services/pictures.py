"""Pictures of guidelines come and go: encrypted in the store, never while something shows them."""

import hashlib

from django.db import DatabaseError, transaction
from django.utils.translation import gettext

from accounts.models import User, record
from core.stored_files import encrypted
from core.uploads import CheckedFile
from guidelines.models import Edition, Picture, Section
from guidelines.services.holding import GuidelinesClosed, held


class PictureInUse(Exception):
    """A text or an edition shows the picture; the message says which."""


@transaction.atomic
def add_picture(picture: Picture, checked: CheckedFile, *, by: User) -> Picture:
    """Store the checked content with its row. A picture may be added in any state but the last: it belongs to
    no text yet."""
    picture.content_type, picture.size = checked.content_type, len(checked.content)
    picture.width, picture.height = checked.width, checked.height
    picture.digest = hashlib.sha256(checked.content).hexdigest()
    picture.added_by, picture.is_demo = by, picture.guidelines.is_demo
    picture.file.save("", encrypted(checked.content), save=False)
    try:
        picture.save()
    except DatabaseError:
        picture.file.delete(save=False)  # no file without a row that leads to it
        raise
    record(by, "added picture", picture, guidelines=picture.guidelines.code)
    return picture


@transaction.atomic
def save_picture(picture: Picture, *, by: User) -> Picture:
    """Its words; what an edition says of it stays. Raises GuidelinesClosed while a closed text shows it."""
    guidelines = held(picture.guidelines)
    if not guidelines.is_open and sections_showing(picture):
        raise GuidelinesClosed(guidelines)
    picture.save()
    record(by, "changed picture", picture, guidelines=guidelines.code)
    return picture


@transaction.atomic
def withdraw_consent(picture: Picture, *, by: User) -> Picture:
    """Who is shown does not agree any more (F36). In any state: the public must not go on seeing it until a
    text is opened."""
    held(picture.guidelines)
    picture.consent = ""
    picture.save(update_fields=["consent"])
    record(by, "withdrew consent", picture, guidelines=picture.guidelines.code)
    return picture


@transaction.atomic
def remove_picture(picture: Picture, *, by: User) -> None:
    """Take it away with its file. Raises PictureInUse, saying where it stands."""
    guidelines = held(picture.guidelines)
    if sections := sections_showing(picture):
        headings = ", ".join(f"“{section.heading}”" for section in sections)
        raise PictureInUse(
            gettext("The picture stands in the text: %(headings)s. Take it out there first.")
            % {"headings": headings}
        )
    if editions := editions_showing(picture):
        numbers = ", ".join(str(edition.number) for edition in editions)
        raise PictureInUse(
            gettext("The picture belongs to what was published: edition %(numbers)s. It stays.")
            % {"numbers": numbers}
        )
    record(by, "removed picture", picture, guidelines=guidelines.code)
    stored = picture.file
    picture.delete()
    transaction.on_commit(lambda: stored.delete(save=False))


def sections_showing(picture: Picture) -> list[Section]:
    """The sections in whose text it stands."""
    mark = f"picture:{picture.code}"
    return list(picture.guidelines.sections.filter(body__icontains=mark))


def editions_showing(picture: Picture) -> list[Edition]:
    """The editions that were frozen with it."""
    editions = picture.guidelines.editions.filter(content__pictures__has_key=picture.code)
    return list(editions.order_by("number"))
