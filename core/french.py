"""How French is set on paper.

Its signs : ; ? ! » and % stand apart, at a space where no line may break. People type a plain space: it is
changed when the text is drawn, never in what is stored.
"""

import re

BEFORE = re.compile(r"(?<!\s) (?=[:;?!»](?![\w/])|(?<=\d )%)")
AFTER = re.compile(r"(?<=«) (?!\s)")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# Of all the days of a month only the first is an ordinal.
FIRST = re.compile(rf"(?<![\w.,–-])1(?= (?:{MONTHS}) \d{{4}}\b)")
PIECE = re.compile(r"<(/?)(\w+)[^>]*>|[^<]+|<")
AS_TYPED = frozenset({"a", "code", "pre"})  # an address or a line of code is copied as it stands


def typeset(text: str) -> str:
    """No space is added, none is taken away."""
    return FIRST.sub("1er", AFTER.sub("\u00a0", BEFORE.sub("\u00a0", text)))


def typeset_html(html: str) -> str:
    """The same in the texts of `html`, without those of links and code."""
    parts, inside = [], 0
    for piece in PIECE.finditer(html):
        closes, tag = piece[1], piece[2]
        if tag in AS_TYPED:
            inside = max(inside - 1, 0) if closes else inside + 1
        parts.append(piece[0] if tag or inside else typeset(piece[0]))
    return "".join(parts)
