"""Pictures of guidelines come and go: encrypted in the store, never while something shows them."""

import hashlib
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import save_unless_changed
from core.refusals import FieldRefused
from core.stored_files import encrypted
from core.uploads import CheckedFile
from guidelines.models import Edition, Picture, Section
from guidelines.services.holding import GuidelinesClosed, held, held_country
from workshops.models import Workshop
from workshops.states import RiskLevel


class PictureInUse(Exception):
    """A text or an edition shows the picture; the message says which."""


@transaction.atomic
def add_picture(picture: Picture, checked: CheckedFile, *, by: User) -> Picture:
    """Store the checked content with its row. A picture may be added in any state but the last: it belongs to
    no text yet. Raises FieldRefused for one of a workshop at high risk."""
    _refuse_risk(picture)
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


def _refuse_risk(picture: Picture) -> None:
    """F36. The workshop as it stands now: its risk may have risen while the form was open."""
    risk = Workshop.objects.filter(pk=picture.workshop_id or 0).values_list("risk_level", flat=True).first()
    if risk == RiskLevel.HIGH:
        said = gettext("This workshop is at high risk: no picture of it is kept in guidelines.")
        raise FieldRefused("workshop", said)


@transaction.atomic
def save_picture(picture: Picture, *, opened_version: int, by: User) -> Picture:
    """Its words; what an edition says of it stays. Raises GuidelinesClosed while a closed text shows it,
    FieldRefused for one of a workshop at high risk, EditConflict or RowRemoved."""
    held_country(picture.guidelines.country)  # its copies in other documents change with it
    guidelines = held(picture.guidelines)
    if not guidelines.is_open and sections_showing(picture):
        raise GuidelinesClosed(guidelines)
    _refuse_risk(picture)
    was = Picture.objects.filter(pk=picture.pk).values_list("workshop__code", flat=True).first()
    save_unless_changed(picture, opened_version=opened_version, by=by)
    now = picture.workshop.code if picture.workshop else None
    moved: dict[str, Any] = {}
    if was != now:  # who took it out of the risk
        moved = {"workshop_was": was, "workshop": now, "copies": _move_copies(picture, was=was, by=by)}
    record(by, "changed picture", picture, guidelines=guidelines.code, **moved)
    return picture


def _move_copies(picture: Picture, *, was: str | None, by: User) -> list[str]:
    """The same file in other documents of the country, as translations and versions took it over: made at
    the same workshop, it is of the same risk. Answers their codes."""
    same = Picture.objects.filter(digest=picture.digest, guidelines__country=picture.guidelines.country_id)
    codes = sorted(same.filter(workshop__code=was).values_list("code", flat=True))
    now = {"updated_at": timezone.now(), "updated_by": by, "row_version": F("row_version") + 1}
    Picture.objects.filter(code__in=codes).update(workshop=picture.workshop, **now)
    return codes


@transaction.atomic
def withdraw_consent(picture: Picture, *, by: User) -> Picture:
    """Who is shown does not agree any more (F36). In any state: the public must not go on seeing it until a
    text is opened."""
    held(picture.guidelines)
    row = Picture.objects.select_related("guidelines").get(pk=picture.pk)  # nobody writes it meanwhile
    row.consent = ""
    save_unless_changed(row, opened_version=row.row_version, by=by)
    record(by, "withdrew consent", row, guidelines=row.guidelines.code)
    return row


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
