"""Whether a text is still the national one, or nearly (BR19): a copy has not been made to fit the place."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

NEARLY = 95  # percent of equal letters: a changed word or two is still a copy


def is_copied(text: str, sources: Iterable[str]) -> bool:
    """Equal, or nearly, to one of the `sources`: capitals, accents, commas and spaces aside."""
    own = _bare(text)
    return bool(own) and any(ratio(own, _bare(source), score_cutoff=NEARLY) >= NEARLY for source in sources)


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    marks = "".join(c for c in letters if not unicodedata.combining(c) or "\u0900" <= c <= "\u097f")
    return " ".join(re.sub(r"[^\w\u0900-\u097f]+", " ", marks).split())
