"""Names made comparable for search: no case, no accents, letters that have no accentless form spelled out."""

import unicodedata

SPELLED_OUT = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
BETWEEN_WORDS = str.maketrans({"-": " ", "’": " ", "'": " ", "(": " ", ")": " ", ",": " ", "/": " "})


def search_text(*names: str) -> str:
    """All names in one comparable line: "Kasaï-Oriental" → "kasai oriental"."""
    joined = unicodedata.normalize("NFKD", " | ".join(dict.fromkeys(names)))
    # Folding can bring accents back that stood inside one character: taken apart once more.
    folded = unicodedata.normalize("NFKD", joined.casefold()).translate(SPELLED_OUT | BETWEEN_WORDS)
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())
