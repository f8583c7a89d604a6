"""Names made comparable, and the keyed index by which encrypted names are found again.

A name is cut into parts without titles, accents and case, in no order. What can be looked for is
stored as keyed hashes (HMAC), and matching never has to read a name that is not a candidate:

- part: each part as written, for the exact search;
- sound: each part in the form of people.spelling, in which variants of spelling meet;
- pair: two parts together, so that a name with a further part meets the name without it;
- near: the consonants of the whole name, and those but one: two names that differ in one letter
  have one of these in common, however their vowels are written;
- phone: the end of the number.

Whoever holds the database but not BLIND_INDEX_KEY sees which people share such a hash, how often,
and about how long a name is, but not what it is (decisions 0003 and 0008).
"""

import hmac
import unicodedata
from collections.abc import Iterator
from itertools import combinations

from django.conf import settings

from localities.search import SPELLED_OUT
from people.spelling import consonants, latin_parts, phone_end, sounds

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
    return hmac.digest(settings.BLIND_INDEX_KEY.encode(), text.encode(), "sha256").hex()[:32]


def name_tokens(name: str) -> list[str]:
    """One keyed hash for each part of the name."""
    return [_keyed("part:" + part) for part in name_parts(name)]


def name_key(name: str) -> str:
    """One keyed hash for the whole name, whatever the order of its parts. Empty for no name."""
    parts = name_parts(name)
    return _keyed("name:" + " ".join(parts)) if parts else ""


MOST_PAIRED = 5  # parts of a name that are paired with each other
LONGEST_NEAR = 24  # consonants of a name that are left out one by one


def index_tokens(name: str, phone: str = "") -> list[tuple[str, str]]:
    """Everything by which a person is found again: (kind, keyed hash), each hash once."""
    found = dict.fromkeys(name_tokens(name), "part")
    for kind, text in variant_keys(name, phone):
        found.setdefault(_keyed(f"{kind}:{text}")[:20], kind)
    return [(kind, token) for token, kind in found.items()]


def variant_tokens(name: str, phone: str = "", *, kinds: frozenset[str]) -> list[str]:
    """The keyed hashes of these kinds, to look for in the index."""
    return [_keyed(f"{kind}:{text}")[:20] for kind, text in variant_keys(name, phone) if kind in kinds]


def variant_keys(name: str, phone: str) -> Iterator[tuple[str, str]]:
    """What is indexed besides the exact parts, before it is hashed: (kind, text)."""
    parts = sounds(latin_parts(name))
    for part in dict.fromkeys(parts):
        yield "sound", part
    for pair in combinations(sorted(set(parts))[:MOST_PAIRED], 2):
        yield "pair", " ".join(pair)
    for text in near_keys(parts):
        yield "near", text
    if end := phone_end(phone):
        yield "phone", end


def near_keys(parts: list[str]) -> set[str]:
    """The consonants of the whole name, the same without one of them, and its letters in no order."""
    if not parts:
        return set()
    skeletons = [consonants(part) for part in parts]
    keys = {" ".join(sorted(skeletons)), "".join(sorted("".join(parts)))}
    places = [(n, i) for n, skeleton in enumerate(skeletons) for i in range(len(skeleton))]
    for n, i in places[:LONGEST_NEAR]:
        shorter = skeletons[n][:i] + skeletons[n][i + 1 :]
        keys.add(" ".join(sorted([*skeletons[:n], shorter, *skeletons[n + 1 :]])))
    return keys


def index_digest(name: str, phone: str) -> str:
    """What the index is made from, as one keyed hash; the number grows when the way to make it changes."""
    return _keyed(f"index 1:{name}\n{phone}")


def text_key(text: str) -> str:
    """A title or an institution made comparable, not hidden: case and spaces do not matter."""
    return " ".join(text.casefold().split())
