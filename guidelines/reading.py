"""A section's text as it reads where it is only looked at: blocks of data are named, not drawn."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.prose import to_html
from guidelines.markers import Text, parts_of
from guidelines.models import Block


@dataclass(frozen=True)
class ReadPart:
    """A piece of a text: HTML, or the name of a block."""

    html: SafeString | str = ""
    block: str = ""


def read_parts(body: str, *, top_heading: int = 4) -> list[ReadPart]:
    return [
        ReadPart(html=to_html(part.text, top_heading=top_heading))
        if isinstance(part, Text)
        else ReadPart(block=block_name(part.kind))
        for part in parts_of(body)
    ]


def block_name(kind: str) -> str:
    """In words; a kind that the portal does not know, as it was typed."""
    return str(Block(kind).label) if kind in Block.values else kind
