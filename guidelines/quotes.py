"""The words of a section that a comment is about, and whether they still stand there."""

import html
import re

from core.rich_text import pieces_to_html
from guidelines.markers import Text, parts_of
from guidelines.models import ReviewComment, Section

TAG = re.compile(r"<[^>]+>")


def spaced(text: str) -> str:
    """With single spaces: a selection over several lines or cells brings line breaks along."""
    return " ".join(text.split())


def plain_words(body: str) -> str:
    """The text as it is read, without markup; what a reader selects with the mouse is found in it."""
    pieces = pieces_to_html([part.text for part in parts_of(body) if isinstance(part, Text)])
    return spaced(html.unescape(TAG.sub(" ", " ".join(pieces))))


def stands_in(quote: str, section: Section) -> bool:
    """As it is read or as it is written. Spaces do not count: “**bold**, then” has one in the middle when
    it is read piece by piece."""
    wanted = _bare(quote)
    return wanted in _bare(plain_words(section.body)) or wanted in _bare(section.body)


def is_outdated(comment: ReviewComment) -> bool:
    """The words it is about were rewritten, or the section is gone."""
    if comment.section is None:
        return True
    return bool(comment.quote) and not stands_in(comment.quote, comment.section)


def _bare(text: str) -> str:
    return "".join(text.split())
