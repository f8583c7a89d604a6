"""Marks in a section's text where data of the portal is drawn: `{{adopted_plans}}`, alone on a line.

In a block of code it is no mark: a text that explains marks shows them as they are typed."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from core.rich_text import lines_of_code
from guidelines.models import Block

MOST_BLOCKS = 20  # in one section; each draws tables, and a thousand marks are typed in a minute
MARK = re.compile(r"^[ \t]{0,3}\{\{[ \t]*([A-Za-z0-9_ -]{1,60}?)[ \t]*\}\}[ \t]*$", re.MULTILINE)

MAYBE_CODE = re.compile(r"```|~~~|^ {0,3}\t", re.MULTILINE)


@dataclass(frozen=True)
class Text:
    """Light markup between two marks."""

    text: str


@dataclass(frozen=True)
class Mark:
    """A block of data. `kind` is as it was typed: it may be no kind that the portal knows."""

    kind: str
    line: int  # of the section's text, the first is 1

    @property
    def is_known(self) -> bool:
        return self.kind in Block.values


def mark_of(kind: str) -> str:
    """What stands in the text for a block of that kind."""
    return "{{" + kind + "}}"


def parts_of(body: str) -> list[Text | Mark]:
    """The text cut at its marks, in order; empty texts left out."""
    return list(_parts(body.replace("\r\n", "\n")))


def _parts(body: str) -> Iterator[Text | Mark]:
    place = line = counted = 0
    code: Container[int] = ()
    if MAYBE_CODE.search(body) and MARK.search(body):  # to read the text for its code costs more
        code = lines_of_code(body)
    for found in MARK.finditer(body):
        line, counted = line + body.count("\n", counted, found.start()), found.start()
        if line in code:
            continue
        if (text := body[place : found.start()]).strip():
            yield Text(text.strip("\n"))
        yield Mark(found.group(1), line + 1)
        place = found.end()
    if (text := body[place:]).strip():
        yield Text(text.strip("\n"))


def kinds_in(body: str) -> list[str]:
    """The kinds of blocks that the text asks for, each once, in order."""
    return list(dict.fromkeys(part.kind for part in parts_of(body) if isinstance(part, Mark)))
