"""Texts that go from one document into another: their pictures and references must lead to its own."""

import re
from collections.abc import Mapping

from core.rich_text import PICTURE

REFERENCE = re.compile(r"\[([^\]\n]*)\]\(#(S-[0-9A-Z]{4,10})\)", re.IGNORECASE)


def pictures_in(*texts: str) -> list[str]:
    """The codes of the pictures that the texts show, each once, in order."""
    return list(dict.fromkeys(code.upper() for text in texts for code in PICTURE.findall(text)))


def relinked(
    text: str,
    *,
    sections: Mapping[str, str],
    pictures: Mapping[str, str],
    headings: Mapping[str, str] | None = None,
) -> str:
    """`text` with the codes of its new document. A reference to a section that did not come along becomes
    plain words: its own, or with `headings` the heading of that section."""

    def reference(found: re.Match[str]) -> str:
        words, code = found.group(1), found.group(2).upper()
        if code in sections:
            return f"[{words}](#{sections[code]})"
        return words or (headings or {}).get(code, "")

    def picture(found: re.Match[str]) -> str:
        code = found.group(1).upper()
        return f"picture:{pictures.get(code, code)}"

    return PICTURE.sub(picture, REFERENCE.sub(reference, text))
