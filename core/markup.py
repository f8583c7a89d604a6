"""HTML of ours: its texts are changed when a paper or a page is drawn, its tags and what is copied stay."""

import re
from collections.abc import Callable, Container

TAG = re.compile(r"(<[^<>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")


def in_texts(html: str, change: Callable[[str], str], *, but_in: Container[str]) -> str:
    """`html` with each of its texts changed, but those within elements of these names."""
    parts = TAG.split(html)
    inside = 0
    for place, part in enumerate(parts):
        if place % 2:
            name = NAME.match(part)
            if name and name[1] in but_in:
                inside = max(inside - 1, 0) if part.startswith("</") else inside + 1
        elif part and not inside:
            parts[place] = change(part)
    return "".join(parts)
