"""Numbers as they are read: 1 250 stands on one line, and on a page that is read from the right neither it
nor 09:00–12:30, 2025-2029 or 50 % is turned round. What is stored stays as it was typed.

A plain space between digits ends a number for Unicode's rules of direction, a no-break space does not
(UAX 9, class CS). The narrow one would do as well, but not every typeface of a word processor has it."""

import re
from collections.abc import Iterator
from functools import partial

from core.markup import in_texts

NO_BREAK = "\u00a0"
GROUPED = re.compile(r"(?<![\w.,:/+-])(?<![0-9][ \u00a0])[0-9]{1,3}(?: [0-9]{3})+(?![0-9]| [0-9])")
BEFORE_PERCENT = re.compile(r"(?<=[0-9]) (?=%)")
NUMBER = r"[0-9]+(?:[.,:/\u00a0][0-9]+)*"
PHONE = r"\+[0-9]+(?:[ \u00a0-][0-9]+)+"
RANGE = rf"{NUMBER}(?:[-\u2013]{NUMBER})+(?:\u00a0?%)?"  # and a date with dashes
# With spaces about its dash only where it is sure that a range is meant: 2 May 2026 – 6 June 2026 is none.
LOOSE_RANGE = r"[0-9]{4} [-\u2013] [0-9]{4}|[0-9]{1,2}:[0-9]{2} [-\u2013] [0-9]{1,2}:[0-9]{2}"
TURNING = re.compile(rf"(?<![\w.,:/+-])(?:{PHONE}|{LOOSE_RANGE}|{RANGE}|{NUMBER}\u00a0?%)(?![\w%])")
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
DIGIT = re.compile("[0-9]")
SIGN = re.compile("[-\u2013+%]")  # without one of these nothing turns
AS_TYPED = {"a", "code", "pre", "bdi", "svg"}


def together(text: str) -> str:
    """The digits of a number are not parted at the end of a line."""
    return BEFORE_PERCENT.sub(NO_BREAK, GROUPED.sub(lambda found: found[0].replace(" ", NO_BREAK), text))


def turning(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in pieces, and whether each would be turned round among words that are read from the right."""
    place = 0
    for found in TURNING.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], False
        yield found[0], True
        place = found.end()
    if place < len(text):
        yield text[place:], False


def is_from_right(text: str) -> bool:
    """Whether there are letters in it that are read from the right."""
    return FROM_RIGHT.search(text) is not None


def in_html(html: str, *, from_right: bool) -> str:
    """The same in HTML of ours: not within links, code and what says its direction already."""
    return in_texts(html, partial(_piece, from_right=from_right), but_in=AS_TYPED)


def _piece(text: str, *, from_right: bool) -> str:
    if not DIGIT.search(text):
        return text
    text = together(text)
    if not from_right or not SIGN.search(text):
        return text
    return "".join(f'<bdi dir="ltr">{piece}</bdi>' if turns else piece for piece, turns in turning(text))
