"""The ideas that a text speaks of, whatever its language (data/ideas.yaml).

A word of the list stands for every word that begins with it, so that no grammar of ten languages is
needed; of several words each has to follow the one before, with at most two others between.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml
from anyascii import anyascii
from django.utils.translation import get_language

from localities.models import name_in

DATA = Path(__file__).resolve().parent / "data" / "ideas.yaml"
SAME_LIST = {"bs": "sr", "hr": "sr"}
WITHOUT_LIST = ("en", "fr", "es", "sw")  # a text in another language borrows words from these
BETWEEN = 2  # other words that may stand inside a phrase
KEY = 2  # letters by which a word finds the entries that could fit it
# Devanagari vowel signs are marks, not letters; its full stops are neither.
WORD = re.compile(r"[\w\u0900-\u0963\u0966-\u097f]+")
# As Serbian writes itself in Latin letters, without their marks; other letters have one reading only.
SERBIAN = str.maketrans(
    {"ж": "z", "ш": "s", "ч": "c", "ћ": "c", "ђ": "dj", "đ": "dj", "ц": "c", "х": "h", "ј": "j", "џ": "dz"}
)
ARABIC_ARTICLE = re.compile("^[وف]?(?:بال|كال|ال|لل)(?=..)|^و(?=....)")


@dataclass(frozen=True)
class Entry:
    """A word or phrase that speaks of an idea. `whole` marks words that have to end there."""

    idea: str
    words: tuple[str, ...]
    whole: tuple[bool, ...]

    def stands_at(self, place: int, words: tuple[str, ...]) -> bool:
        for number, (word, whole) in enumerate(zip(self.words, self.whole, strict=True)):
            reach = 1 if number == 0 else BETWEEN + 1
            for at in range(place, min(place + reach, len(words))):
                if words[at] == word if whole else words[at].startswith(word):
                    place = at + 1
                    break
            else:
                return False
        return True


@cache
def _ideas() -> dict[str, dict[str, dict[str, str]]]:
    text = DATA.read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it was built in
    return {entry["code"]: entry for entry in yaml.load(text, Loader=loader)}  # noqa: S506


@cache
def _entries(language: str) -> dict[str, list[Entry]]:
    """The entries of one language, by the first letters of their first word."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for code, idea in _ideas().items():
        for phrase in idea["words"].get(language, "").split(","):
            parts = [
                (word, part.endswith(".") and word == pieces[-1])
                for part in phrase.split()
                if (pieces := WORD.findall(plain(part, language)))
                for word in pieces
                if len(word) > 1  # the s of "women's"
            ]
            if parts:
                entry = Entry(code, tuple(word for word, _ in parts), tuple(whole for _, whole in parts))
                found[entry.words[0][:KEY]].append(entry)
    return dict(found)


def plain(text: str, language: str) -> str:
    """Small letters; Latin ones without accents, those of Serbian in Latin whatever its script."""
    text = text.lower().replace("’", "'")
    if language == "sr":
        return anyascii(text.translate(SERBIAN)).lower()
    if language == "ar":
        return re.sub("[\u064b-\u0652\u0640]", "", text).translate(str.maketrans("أإآى", "اااي"))
    if language in {"uk", "ne", "ka", "hy"}:
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of the text in the form that the list of ideas has."""
    language = listed(language)
    words = WORD.findall(plain(text, language))
    return tuple(ARABIC_ARTICLE.sub("", word) for word in words) if language == "ar" else tuple(words)


def listed(language: str) -> str:
    """The language under which words stand in the list: Bosnian and Croatian share Serbian's."""
    base = language.split("-")[0]
    return SAME_LIST.get(base, base)


@lru_cache(maxsize=20_000)
def ideas_in(text: str, language: str) -> frozenset[str]:
    """Codes of the ideas that the text speaks of. One of which the language finds nothing is tried in
    English: people paste."""
    language = listed(language)
    known = any(language in idea["words"] for idea in _ideas().values())
    found = {code for each in ((language,) if known else WITHOUT_LIST) for code in _found(text, each)}
    return frozenset(found or _found(text, "en"))


def _found(text: str, language: str) -> Iterator[str]:
    words, entries = words_of(text, language), _entries(language)
    for place, word in enumerate(words):
        for entry in entries.get(word[:KEY], ()):
            if entry.stands_at(place, words):
                yield entry.idea


def idea_name(code: str, language: str | None = None) -> str:
    """In words, in the reader's language where it is known."""
    names = _ideas()[code]["name"]
    return name_in(names, names["en"], language or get_language())
