"""Names made comparable, and the keyed index by which encrypted names are found again.

A name is cut into parts without titles, accents and case, in no order. Each part is stored as a
keyed hash (HMAC): whoever holds the database but not BLIND_INDEX_KEY learns nothing from it, and
matching never has to read a name that is not a candidate.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings

from localities.search import SPELLED_OUT

# What stands before a name in the portal's countries and is not part of it.
TITLES = frozenset(
    """mr mrs ms miss dr prof hon honourable honorable chief sir madam madame mme mlle monsieur m
    maitre me sra sr don dona eng rev reverend pastor fr father sister imam sheikh sheik alhaji
    alhaja hadja hajia col colonel gen general maj major capt captain lt sgt mayor governor
    """.split()
)


def name_parts(name: str) -> list[str]:
    """The parts of a name in a form that can be compared: "Hon. Marie-Léonie KABONGO" →
    ["kabongo", "leonie", "marie"]. Sorted, each once. Titles go unless nothing else is left."""
    folded = unicodedata.normalize("NFKD", name.casefold()).translate(SPELLED_OUT)
    kept = "".join(character for character in folded if not unicodedata.combining(character))
    # Vowel signs of Devanagari and others are marks (M), not letters (L), and belong to the word.
    spaced = "".join(c if unicodedata.category(c)[0] in "LM" else " " for c in kept)
    words = sorted(set(spaced.split()))
    return [word for word in words if word not in TITLES] or words


def _keyed(text: str) -> str:
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def name_tokens(name: str) -> list[str]:
    """One keyed hash for each part of the name."""
    return [_keyed("part:" + part) for part in name_parts(name)]


def name_key(name: str) -> str:
    """One keyed hash for the whole name, whatever the order of its parts. Empty for no name."""
    parts = name_parts(name)
    return _keyed("name:" + " ".join(parts)) if parts else ""


def text_key(text: str) -> str:
    """A title or an institution made comparable, not hidden: case and spaces do not matter."""
    return " ".join(text.casefold().split())
