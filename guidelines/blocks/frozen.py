"""Blocks of a text, each as it was kept on a day, or following the data."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from guidelines.blocks.gather import broken, gather, gather_all
from guidelines.blocks.values import BlockValue
from guidelines.markers import kinds_in
from guidelines.models import FrozenBlock, Guidelines, Section

Blocks = dict[tuple[int, str], BlockValue]  # by the section's primary key, and kind


def block_for(section: Section, kind: str, *, today: datetime.date) -> BlockValue:
    """The block as the text shows it; after `prefetch_related("frozen_blocks")` a frozen one asks nothing."""
    frozen = frozen_in(section).get(kind) if section.pk else None
    return value_of(frozen) if frozen else gather(kind, section.guidelines, today=today)


def blocks_of(guidelines: Guidelines, sections: Iterable[Section], *, today: datetime.date) -> Blocks:
    """Every block of these sections, for a whole document: one question for what is frozen, and each kind
    that follows is gathered once. Sections that are not saved have nothing frozen."""
    sections = list(sections)
    frozen = FrozenBlock.objects.filter(section__in=[each.pk for each in sections if each.pk])
    kept = {(row.section_id, row.kind): value_of(row) for row in frozen}
    wanted = [(section.pk, kind) for section in sections for kind in kinds_in(section.body)]
    follow = [kind for key, kind in wanted if (key, kind) not in kept]
    now = gather_all(follow, guidelines, today=today)
    return {key: kept.get(key) or now[key[1]] for key in wanted}


def problems_of(guidelines: Guidelines, today: datetime.date) -> list[tuple[Section, BlockValue]]:
    """The blocks that cannot be shown, with their sections: no document is made of them."""
    sections = list(guidelines.sections.all())
    blocks = blocks_of(guidelines, sections, today=today)
    return [
        (section, blocks[section.pk, kind])
        for section in sections
        for kind in kinds_in(section.body)
        if blocks[section.pk, kind].problem
    ]


def frozen_in(section: Section) -> dict[str, FrozenBlock]:
    return {row.kind: row for row in section.frozen_blocks.all()}


def value_of(frozen: FrozenBlock) -> BlockValue:
    """What was kept; a problem where it can no longer be read."""
    try:
        return replace(BlockValue.from_json(frozen.content), is_frozen=True)
    except (AttributeError, KeyError, TypeError, ValueError):
        problem = _("What was frozen here cannot be read any more. Let it follow the data again.")
        return broken(frozen.kind, frozen.as_of, problem)


def forget_missing(section: Section) -> None:
    """Frozen data whose mark is no longer in the text goes. Called when a text was saved."""
    section.frozen_blocks.exclude(kind__in=kinds_in(section.body)).delete()
