"""Texts as paper can hold them, whatever was pasted into a form."""

import re
from typing import TypeVar

from core.printable import printable

Value = TypeVar("Value")

# A word processor's soft line break; signs that turn round the direction of all that follows them.
SOFT_BREAK = "\x0b"
OVERRIDES = re.compile("[\u202d\u202e]")


def on_paper(value: Value) -> Value:
    """The document, or a part of it, without signs that neither DOCX nor PDF can hold."""
    if isinstance(value, str):
        return OVERRIDES.sub("", printable(value.replace(SOFT_BREAK, "\n")))  # type: ignore[return-value]
    if isinstance(value, list):
        return [on_paper(each) for each in value]  # type: ignore[return-value]
    if isinstance(value, dict):
        return {name: on_paper(each) for name, each in value.items()}  # type: ignore[return-value]
    return value
