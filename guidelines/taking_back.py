"""Where a text under revision departs from the edition that holds."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from guidelines.markers import Text, parts_of
from guidelines.models import Edition, FrozenBlock, Guidelines, Section
from guidelines.outline import outline_of

Content = tuple[str, ...]
FrozenSection = dict[str, Any]  # one of those that an edition holds


@dataclass(frozen=True)
class Departure:
    """A section that is not as the edition has it; `section` is None when it is gone."""

    code: str
    heading: str
    words: str
    section: Section | None = None


def last_edition(guidelines: Guidelines) -> Edition | None:
    return guidelines.editions.order_by("-number").first()


def departures(guidelines: Guidelines) -> list[Departure]:
    """What was written, added, removed or moved since the last edition; nothing where there is none."""
    edition = last_edition(guidelines)
    return list(_departures(guidelines, edition.content.get("sections", []))) if edition else []


def _departures(guidelines: Guidelines, frozen: list[dict[str, Any]]) -> Iterator[Departure]:
    entries = outline_of(guidelines.sections.all())
    standing = {entry.section.code: entry for entry in entries}
    for was in frozen:
        entry = standing.pop(was["code"], None)
        if entry is None:
            yield Departure(was["code"], was["heading"], gettext("removed since the edition"))
        elif content_of(entry.section.heading, entry.section.body) != frozen_content(was):
            yield _departed(entry.section, gettext("rewritten since the edition"))
        elif entry.number != was["number"]:
            yield _departed(entry.section, gettext("moved since the edition"))
    for entry in standing.values():
        yield _departed(entry.section, gettext("added since the edition"))


@dataclass(frozen=True)
class BlockDeparture:
    """Data that was frozen or let follow since the edition. `content` is what the edition keeps of it; None
    where it followed the data."""

    section: Section
    kind: str
    content: dict[str, Any] | None


def block_departures(guidelines: Guidelines) -> list[BlockDeparture]:
    """Two queries, however many sections."""
    edition = last_edition(guidelines)
    return list(_block_departures(guidelines, edition.content.get("sections", []))) if edition else []


def _block_departures(guidelines: Guidelines, frozen: list[FrozenSection]) -> Iterator[BlockDeparture]:
    rows = guidelines.sections.prefetch_related("frozen_blocks")
    standing = {section.code: section for section in rows}
    for was in frozen:
        section = standing.get(was["code"])
        kept = {block.kind: block.content for block in section.frozen_blocks.all()} if section else {}
        blocks = {part["block"]["kind"]: part["block"] for part in was["parts"] if "block" in part}
        for kind, block in blocks.items():
            wanted = block | {"is_frozen": False} if block.get("is_frozen") else None
            now = kept[kind] | {"is_frozen": False} if kind in kept else None
            if section is not None and wanted != now:
                yield BlockDeparture(section, kind, wanted)


def fingerprint(guidelines: Guidelines) -> str:
    """Of the text with its order and its frozen data: another one as soon as somebody changed any of it."""
    sections = guidelines.sections.order_by("pk").values_list("code", "row_version", "parent_id", "order")
    blocks = FrozenBlock.objects.filter(section__guidelines=guidelines).order_by("pk")
    states = [*sections, *blocks.values_list("section_id", "kind", "as_of")]
    return hashlib.sha256(repr(states).encode()).hexdigest()[:20]


def _departed(section: Section, words: str) -> Departure:
    return Departure(section.code, section.heading, words, section)


def content_of(heading: str, body: str) -> Content:
    """A text as it is compared: heading, pieces of text, and the kinds of blocks between them."""
    parts = (part.text if isinstance(part, Text) else f"{{{{{part.kind}}}}}" for part in parts_of(body))
    return heading, *parts


def frozen_content(was: dict[str, Any]) -> Content:
    """The same of a section of an edition."""
    parts = (part["text"] if "text" in part else f"{{{{{part['block']['kind']}}}}}" for part in was["parts"])
    return was["heading"], *parts
