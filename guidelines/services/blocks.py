"""Keeping a block as it shows on a day, and letting it follow the data again."""

import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from guidelines.blocks.gather import gather
from guidelines.languages import in_language_of
from guidelines.markers import kinds_in
from guidelines.models import FrozenBlock, Section
from guidelines.services.holding import held_open


class BlockRefused(Exception):
    """It cannot be frozen: not in the text, or there is nothing whole to keep."""


@transaction.atomic
def freeze_block(section: Section, kind: str, *, today: datetime.date, by: User) -> FrozenBlock:
    """Keep what the block shows today, in the document's language. Frozen again, it is kept anew.

    Raises BlockRefused, and GuidelinesClosed when the texts may not be changed."""
    guidelines = held_open(section.guidelines)
    if kind not in kinds_in(section.body):
        raise BlockRefused(gettext("This data is not in the text any more."))
    with in_language_of(guidelines.language):
        value = gather(kind, guidelines, today=today)
    if value.problem:
        raise BlockRefused(value.problem)
    frozen, _is_new = FrozenBlock.objects.update_or_create(
        section=section,
        kind=kind,
        defaults={
            "as_of": today,
            "content": value.to_json(),
            "frozen_by": by,
            "is_demo": section.is_demo,
        },
    )
    guidelines.touch(by)
    record(by, "froze block", section, block=kind, as_of=today.isoformat())
    return frozen


@transaction.atomic
def unfreeze_block(section: Section, kind: str, *, by: User) -> None:
    """Let it follow the data again. Nothing happens when it does already."""
    guidelines = held_open(section.guidelines)
    number, _by_model = section.frozen_blocks.filter(kind=kind).delete()
    if number:
        guidelines.touch(by)
        record(by, "unfroze block", section, block=kind)
