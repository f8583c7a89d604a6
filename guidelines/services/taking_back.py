"""Giving a revision up with all that was written in it: the text is again what was launched."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from guidelines.gates import Missing, NotReady
from guidelines.markers import mark_of
from guidelines.models import FrozenBlock, Guidelines, GuidelinesState, Section, SectionRevision
from guidelines.outline import outline_of
from guidelines.services.history import again, rewrite
from guidelines.services.holding import held
from guidelines.services.moving import MoveRefused, drop_revision
from guidelines.taking_back import (
    FrozenSection,
    block_departures,
    content_of,
    fingerprint,
    frozen_content,
    last_edition,
)
from guidelines.tracking import keep_removal, revisions_of


@transaction.atomic
def take_all_back(guidelines: Guidelines, *, seen: str, reason: str, by: User) -> Guidelines:
    """Every section as the last edition has it, and the revision ends. What was written since stays in the
    history, section by section. `seen` is the fingerprint of the text that was looked at before.

    Raises MoveRefused, or NotReady when somebody wrote since."""
    row = held(guidelines)
    edition = last_edition(row)
    if row.state != GuidelinesState.REVISION or edition is None:
        raise MoveRefused(row)
    if seen != fingerprint(row):
        said = gettext("Somebody wrote in the guidelines meanwhile. Below is what would change now.")
        raise NotReady([Missing(said)])
    frozen, note = edition.content.get("sections", []), f"edition {edition.number}"
    _put_back(row, frozen, by=by, note=note)
    _remove_others(row, {was["code"] for was in frozen}, by=by, note=note)
    _settle_blocks(row, by=by)
    record(by, "took revision back", row, edition=edition.number)
    return drop_revision(row, reason=reason, by=by)


def _put_back(row: Guidelines, frozen: list[FrozenSection], *, by: User, note: str) -> None:
    """Each in its place, those that were removed with their codes. What a section is a part of comes before
    it."""
    standing = {section.code: section for section in row.sections.select_related("origin", "source")}
    placed: dict[str, Section] = {}
    for was in frozen:
        above, _point, place = was["number"].rpartition(".")
        parent, section = placed.get(above), standing.get(was["code"])
        if section is None:
            section = again(row, _state(row, was), parent=parent, by=by, note=note)
        section.guidelines, section.parent, section.order = row, parent, int(place)
        if content_of(section.heading, section.body) != frozen_content(was):
            rewrite(section, _state(row, was), opened_version=section.row_version, by=by, note=note)
        placed[was["number"]] = section
    Section.objects.bulk_update(placed.values(), ["parent", "order"])


def _state(row: Guidelines, was: FrozenSection) -> SectionRevision:
    """The save that was launched, as it was typed; of a section without history what the edition says."""
    launched = frozen_content(was)
    for revision in revisions_of(row, was["code"]):
        if content_of(revision.heading, revision.body) == launched:
            return revision
    texts = [part["text"] if "text" in part else mark_of(part["block"]["kind"]) for part in was["parts"]]
    return SectionRevision(
        guidelines=row, section_code=was["code"], heading=was["heading"], body="\n\n".join(texts)
    )


def _remove_others(row: Guidelines, kept: set[str], *, by: User, note: str) -> None:
    """What was added since, with its parts: by now these are additions, too."""
    for entry in outline_of(row.sections.all()):
        if entry.section.code not in kept:
            added = row.sections.filter(pk=entry.section.pk).first()
            if added is not None:  # it may have gone with what it was a part of
                keep_removal(added, by=by)
                added.delete()


def _settle_blocks(row: Guidelines, *, by: User) -> None:
    """Data that was frozen in the edition is kept as it was, all other follows again."""
    for each in block_departures(row):
        if each.content is None:
            each.section.frozen_blocks.filter(kind=each.kind).delete()
            continue
        kept = {"as_of": each.content["as_of"], "content": each.content, "frozen_by": by}
        FrozenBlock.objects.update_or_create(
            section=each.section, kind=each.kind, defaults=kept | {"is_demo": row.is_demo}
        )
