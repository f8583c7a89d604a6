"""A section as it will read, while it is written; and what can be put into its text."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.rich_text import Shown, pieces_to_html, problems_in, read
from guidelines.blocks.frozen import block_for
from guidelines.blocks.values import BlockValue
from guidelines.languages import in_language_of
from guidelines.markers import MOST_BLOCKS, Mark, Text, mark_of, parts_of
from guidelines.models import LONGEST_SECTION, Block, Guidelines, Section
from guidelines.outline import Entry, outline_of

INLINE_MARK = re.compile(r"\{\{[^{}\n]{1,60}\}\}")


@dataclass(frozen=True)
class PreviewPart:
    """A piece of text, or a block of data; a block that the portal does not know is only named."""

    html: SafeString | str = ""
    block: BlockValue | None = None
    unknown: str = ""


@dataclass(frozen=True)
class SectionPreview:
    heading: str
    parts: list[PreviewPart]
    problems: list[str]

    @classmethod
    def from_text(
        cls, section: Section, desk: "WritingDesk", *, heading: str, body: str, today: datetime.date
    ) -> Self:
        """The text as typed; it need not be right, and it is shown as far as it may be long."""
        guidelines, parts = section.guidelines, parts_of(body[:LONGEST_SECTION])
        texts = [*(part.text for part in parts if isinstance(part, Text)), ""]  # the notes: below all
        with in_language_of(guidelines.language):
            written = iter(
                pieces_to_html(
                    texts,
                    pictures=desk.pictures,
                    sections=desk.sections,
                    prefix=section.code,
                )
            )
            marks = [part for part in parts if isinstance(part, Mark)]
            blocks = _blocks(section, marks[:MOST_BLOCKS], today)
            shown = [
                PreviewPart(html=next(written)) if isinstance(part, Text) else _block(part, blocks)
                for part in parts
                if isinstance(part, Text) or part in marks[:MOST_BLOCKS]
            ]
            shown += [PreviewPart(html=html) for html in written if html]
        return cls(heading, shown, text_problems(body[:LONGEST_SECTION], desk))


def _blocks(section: Section, marks: list[Mark], today: datetime.date) -> dict[str, BlockValue]:
    """Each kind is gathered once, however often its mark stands in the text."""
    kinds = dict.fromkeys(mark.kind for mark in marks if mark.is_known)
    return {kind: block_for(section, kind, today=today) for kind in kinds}


def _block(mark: Mark, blocks: Mapping[str, BlockValue]) -> PreviewPart:
    if not mark.is_known:
        return PreviewPart(unknown=mark.kind)
    return PreviewPart(block=blocks[mark.kind])


def text_problems(body: str, desk: "WritingDesk") -> list[str]:
    """What the text refers to that is not there. It can be saved like this, but not be published well."""
    texts = [part.text for part in parts_of(body) if isinstance(part, Text)]
    found = problems_in(texts, pictures=desk.pictures, sections=desk.sections)
    return found + [
        _("%(mark)s stands inside a line: give it a line of its own, or no data are shown.") % {"mark": mark}
        for mark in dict.fromkeys(_marks_in_lines(texts))
    ]


def _marks_in_lines(texts: list[str]) -> list[str]:
    """In code they stand for themselves."""
    if not any(INLINE_MARK.search(text) for text in texts):
        return []
    words = (child.content for child in read(texts).children() if child.type == "text")
    return [mark for line in words for mark in INLINE_MARK.findall(line)]


@dataclass(frozen=True)
class Insert:
    """Something that can be put into a text, and what stands there for it."""

    words: str
    mark: str


@dataclass(frozen=True)
class WritingDesk:
    """What the texts of one document may refer to."""

    outline: list[Entry]
    pictures: Mapping[str, Shown]

    @classmethod
    def of(cls, guidelines: Guidelines) -> Self:
        """Two queries."""
        return cls(outline_of(guidelines.sections.all()), shown_pictures(guidelines))

    @property
    def sections(self) -> dict[str, str]:
        return {each.section.code: f"{each.number} {each.section.heading}" for each in self.outline}

    @property
    def blocks_to_insert(self) -> list[Insert]:
        return [Insert(str(block.label), mark_of(block.value)) for block in Block]

    @property
    def pictures_to_insert(self) -> list[Insert]:
        return [Insert(shown.alt, f"![](picture:{code})") for code, shown in self.pictures.items()]

    @property
    def sections_to_insert(self) -> list[Insert]:
        return [Insert(words, f"[](#{code})") for code, words in self.sections.items()]

    def number_of(self, section: Section) -> str:
        return next((each.number for each in self.outline if each.section.pk == section.pk), "")

    def offers(self, mark: str) -> bool:
        every = (*self.blocks_to_insert, *self.pictures_to_insert, *self.sections_to_insert)
        return any(insert.mark == mark for insert in every)


def shown_pictures(guidelines: Guidelines) -> dict[str, Shown]:
    """The pictures of the document by code, as a page of the portal shows them; none of a workshop at high
    risk (F36)."""
    return {
        row.code: Shown(
            url=reverse("picture_file", args=[guidelines.code, row.code]),
            alt=row.alt,
            caption=row.caption,
            credit=row.credit,
            width=row.width,
            height=row.height,
        )
        for row in guidelines.pictures.drawable()
    }
