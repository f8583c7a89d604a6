"""How French is set on paper.

Its signs : ; ? ! » and % stand apart, at a space where no line may break. People type a plain space: it is
changed when the text is drawn, never in what is stored.
"""

import re

from django.utils.translation import get_language

from core.markup import in_texts

BEFORE = re.compile(r"(?<!\s) (?=[:;?!»](?![\w/])|(?<=\d )%)")
AFTER = re.compile(r"(?<=«) (?!\s)")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# Of all the days of a month only the first is an ordinal.
FIRST = re.compile(rf"(?<![\w.,–-])1(?= (?:{MONTHS}) \d{{4}}\b)")
AS_TYPED = frozenset({"a", "code", "pre"})  # an address or a line of code is copied as it stands


def is_on(language: str = "") -> bool:
    """Whether `language`, or the one that is on, is French."""
    return (language or get_language() or "").split("-")[0] == "fr"


def typeset(text: str) -> str:
    """No space is added, none is taken away."""
    return FIRST.sub("1er", AFTER.sub("\u00a0", BEFORE.sub("\u00a0", text)))


def typeset_html(html: str) -> str:
    """The same in the texts of `html`, without those of links and code."""
    return in_texts(html, typeset, but_in=AS_TYPED)
