"""In which script a text is written, which way that is read, and which language it tells of."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

# The first word of a letter's Unicode name, and the script's code (ISO 15924).
SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "GREEK": "Grek",
    "ETHIOPIC": "Ethi",
}
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
# Languages that are not written in Latin letters, or not only.
LANGUAGE_SCRIPTS = {
    "ar": {"Arab"},
    "fa": {"Arab"},
    "ur": {"Arab"},
    "he": {"Hebr"},
    "hy": {"Armn"},
    "ka": {"Geor"},
    "ne": {"Deva"},
    "mai": {"Deva"},
    "hi": {"Deva"},
    "ru": {"Cyrl"},
    "uk": {"Cyrl"},
    "sr": {"Cyrl", "Latn"},
    "bs": {"Latn", "Cyrl"},
}
ENOUGH = 200  # letters tell; a long text need not be read to its end


def script_of(text: str) -> str:
    """The script of most of its letters; "" for a text without letters."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else ""
    return _script_of_most(text[: ENOUGH * 4])


def direction_of(text: str) -> str:
    """`rtl`, `ltr`, or "" for a text without letters.

    By most of its letters, not by its first one as browsers do: "UN Women" may begin an Arabic sentence.
    """
    script = script_of(text)
    return "" if not script else "rtl" if script in RIGHT_TO_LEFT else "ltr"


def scripts_of_language(code: str) -> set[str]:
    return LANGUAGE_SCRIPTS.get(_base_of(code), {"Latn"})


def language_of(text: str, languages: Iterable[str]) -> str:
    """The first of `languages` that is written as this text is, else "und-Cyrl"; "" without letters."""
    script = script_of(text)
    if not script:
        return ""
    known = (code for code in languages if code and script in scripts_of_language(code))
    return next(known, f"und-{script}")


def _base_of(code: str) -> str:
    return code.split("-")[0].lower()


@lru_cache(maxsize=1024)
def _script_of_most(text: str) -> str:
    found = Counter(filter(None, map(_script_of_letter, text)))
    return found.most_common(1)[0][0] if found else ""


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    if not letter.isalpha():
        return ""
    return SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "")
