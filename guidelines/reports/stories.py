"""Where an impact story stands although it was withdrawn: frozen blocks and editions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from guidelines.models import Block, Edition, FrozenBlock, Guidelines, ImpactStory, Section


@dataclass(frozen=True)
class WhereKept:
    """Found by the title of the story, which a block shows as it is."""

    sections: list[Section]
    editions: list[Edition]

    @classmethod
    def from_story(cls, story: ImpactStory, *, user: Any) -> Self:
        """In the guidelines that `user` may read."""
        guidelines = Guidelines.objects.visible_to(user).filter(country=story.locality.country_id)
        frozen = FrozenBlock.objects.filter(kind=Block.PRACTICES, section__guidelines__in=guidelines)
        editions = Edition.objects.filter(guidelines__in=guidelines).select_related("guidelines")
        return cls(
            [
                row.section
                for row in frozen.select_related("section__guidelines").order_by("section")
                if tells(row.content, story.title)
            ],
            [
                edition
                for edition in editions.order_by("guidelines", "number")
                if any(tells(block, story.title) for block in _blocks(edition.content))
            ],
        )

    @property
    def is_kept(self) -> bool:
        return bool(self.sections or self.editions)


def tells(block: Any, title: str) -> bool:
    """Whether a block's value, as JSON, has a part of that title."""
    parts = block.get("parts", []) if isinstance(block, dict) else []
    return any(isinstance(part, dict) and part.get("title") == title for part in parts)


def _blocks(content: Any) -> Iterator[Any]:
    """The blocks of good practices in the content of an edition (guidelines.document)."""
    for section in content.get("sections", []) if isinstance(content, dict) else []:
        for part in section.get("parts", []):
            block = part.get("block")
            if block and block.get("kind") == Block.PRACTICES:
                yield block
