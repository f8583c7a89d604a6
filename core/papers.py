"""Whose language stands where on a paper: its fixed words in one, what people wrote in another.

A voice reads each in its own language, and a Latin name on an Arabic page keeps its full stop at its
own end. The program that draws the PDF does not find a text's direction (`dir="auto"`): the portal does.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from core import french, numbers
from core.scripts import direction_of, language_of


@dataclass(frozen=True)
class Speech:
    """`words`: the language of the fixed words; `texts`: those in which people wrote, the likeliest first."""

    words: str
    texts: tuple[str, ...]
    direction: str

    def attributes(self, text: str, *, maybe_fixed: bool = False) -> str:
        """` lang="…" dir="…"` as far as `text` differs from the words around it."""
        known = [self.words, *self.texts] if maybe_fixed else [*self.texts, self.words]
        language = language_of(text, known)
        way = direction_of(text)
        said = f' lang="{language}"' if language and not _is_same(language, self.words) else ""
        return said + (f' dir="{way}"' if way and way != self.direction else "")


# Unicode's own signs for a piece of another direction.
FROM_LEFT, FROM_RIGHT, UNTIL_HERE = "\u2066", "\u2067", "\u2069"

_speech: ContextVar[Speech | None] = ContextVar("speech", default=None)


@contextmanager
def speaking(words: str, *, texts: list[str] | tuple[str, ...], direction: str = "") -> Iterator[None]:
    """While it is on, a paper is drawn: fixed words are in `words`, and `written` says of texts what differs.

    `direction` is the paper's where it is not that of its fixed words.
    """
    way = direction or ("rtl" if translation.get_language_info(words)["bidi"] else "ltr")
    codes = tuple(code for code in dict.fromkeys(texts) if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", code))
    kept = _speech.set(Speech(words, codes, way))
    try:
        with translation.override(words):
            yield
    finally:
        _speech.reset(kept)


def written(text: Any, *, maybe_fixed: bool = False) -> SafeString:
    """A text that somebody wrote, with its language and direction where they are not the paper's.

    `maybe_fixed`: it may as well be a fixed word; only another script tells that it is not.
    """
    said, speech = conditional_escape(text), _speech.get()
    if speech is None or isinstance(text, Fixed):
        return said
    said = mark_safe(numbers.in_html(said, from_right=_turns(said, speech)))  # noqa: S308 - escaped above
    plain = strip_tags(text) if isinstance(text, SafeString) else str(text)
    attributes = speech.attributes(plain, maybe_fixed=maybe_fixed)
    return format_html("<span{}>{}</span>", mark_safe(attributes), said) if attributes else said  # noqa: S308


class Fixed(str):
    """A word of the portal's own where a text could stand."""

    __slots__ = ()


def isolated(text: object) -> str:
    """The same for places that hold no markup, as the line at the head of each page: the direction only."""
    speech, way = _speech.get(), direction_of(str(text))
    if speech is None:
        return str(text)
    words = numbers.together(str(text))
    if french.is_on(speech.words):
        words = french.typeset(words)
    if way and way != speech.direction:
        return f"{FROM_RIGHT if way == 'rtl' else FROM_LEFT}{words}{UNTIL_HERE}"
    if speech.direction != "rtl":
        return words
    pieces = numbers.turning(words)
    return "".join(f"{FROM_LEFT}{piece}{UNTIL_HERE}" if turns else piece for piece, turns in pieces)


BLOCK = re.compile(r"<(p|ul|ol|li|h[1-6]|blockquote|pre|th|td|dt|dd|table)(?=[ >])")
ITEM = re.compile(r"(<li[^>]*>)(.*?)(?=</?(?:li|ul|ol|p|div|blockquote|h[1-6]|pre)[ >])", re.DOTALL)
TAGS = re.compile(r"<[^<>]*>")  # of our own HTML: quicker than reading it as anybody's
UNTIL = 1600  # letters of the block that tell


def written_prose(html: str) -> SafeString:
    """The same for HTML made of light markup: each block says its own."""
    speech = _speech.get()
    if speech is None:
        return mark_safe(html)  # noqa: S308 - made by core.prose
    parts, end = [], 0
    for block in BLOCK.finditer(html):
        closed = html.find(f"</{block[1]}>", block.end())
        inside = html[block.start() : min(closed if closed > 0 else len(html), block.end() + UNTIL)]
        attributes = speech.attributes(TAGS.sub("", inside))
        line = ITEM.match(html, block.start()) if block[1] == "li" and attributes else None
        if line:  # its marker stays on the side of the other items' markers
            said = f"<span{attributes}>{line[2]}</span>" if line[2].strip() else line[2]
            parts += [html[end : line.start(2)], said]
        else:
            parts += [html[end : block.end()], attributes]
        end = line.end() if line else block.end()
    said = "".join([*parts, html[end:]])
    return mark_safe(numbers.in_html(said, from_right=_turns(html, speech)))  # noqa: S308 - escaped already


def _turns(text: str, speech: Speech) -> bool:
    return speech.direction == "rtl" or numbers.is_from_right(text)


def _is_same(one: str, other: str) -> bool:
    return one.split("-")[0] == other.split("-")[0]
