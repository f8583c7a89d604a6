"""Which provisions a text could serve: a suggestion with its reasons, never a decision.

Two texts are alike when they speak of the same ideas (frameworks.ideas, across languages) and, in one
language, use the same words. What is rare among the provisions counts more: nearly all of them speak
of women, few of mines. The score is the cosine of both texts in percent.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext as _

from frameworks.ideas import idea_name, ideas_in, words_of
from frameworks.models import Provision

THRESHOLD = 30  # percent; below it a suggestion would be noise
MOST = 5
LOADED_IN = "en"  # provisions are loaded in own words in English; `texts` has other languages
WORD_WEIGHT = 0.6  # of a word beside an idea
STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hy": "armenian",
    "ne": "nepali",
    "ru": "russian",
}
SMALL_WORDS = {
    "en": "a all an and are as at be by for from has have in into is it its more not of on or other our s so "
    "such than that the their them they this through to up was which who will with",
    "fr": "a au aux avec ce ces cette d dans de des du elle elles en entre est et il ils l la le les leur "
    "leurs n ne nos notre ou par pas plus pour qu que qui s sa se ses son sont sous sur toute toutes tous "
    "un une y",
    "es": "a al como con de del desde e el ella en entre es esta este la las lo los mas no nuestra o para "
    "por que se ser si sin sobre son su sus todas todos un una y",
}


@dataclass(frozen=True)
class Suggestion:
    """A provision that a text may serve, how alike they are, and what they share."""

    provision: Provision
    score: int
    shared_ideas: tuple[str, ...]  # in words, the rarest first
    shared_words: tuple[str, ...]  # of the text, as it has them

    @property
    def reason(self) -> str:
        """Why it is suggested, for a person to judge."""
        said = []
        if self.shared_ideas:
            said.append(_("Both speak of: %(ideas)s.") % {"ideas": ", ".join(self.shared_ideas)})
        if self.shared_words:
            said.append(_("Same words: %(words)s.") % {"words": ", ".join(self.shared_words)})
        return " ".join(said)


@dataclass(frozen=True)
class Features:
    """What a text is compared by: ideas, and words without endings with one form they have in it."""

    ideas: frozenset[str]
    words: Mapping[str, str]


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # all its languages: only who is offered something waits for them

    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    return _stemmer(language).stemWord(word) if language in STEMMERS else word


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(SMALL_WORDS.get(language, "").split())


@lru_cache(maxsize=20_000)
def features_of(text: str, language: str) -> Features:
    """Kept by the text itself, so that a text loaded anew is never compared by its old words."""
    base = language.split("-")[0]
    words = [word for word in words_of(text, language) if word not in _small_words(base)]
    stems = [_stem(word, base) for word in words]
    return Features(ideas_in(text, language), dict(zip(stems, words, strict=True)))


def _readable(provision: Provision, language: str) -> tuple[str, str]:
    """The text to compare with, and its language: that of the reader where it is known."""
    base = language.split("-")[0]
    if base in provision.texts:
        return provision.texts[base], base
    return provision.text, LOADED_IN


def suggest(
    text: str,
    language: str,
    provisions: Iterable[Provision],
    *,
    most: int = MOST,
    threshold: int = THRESHOLD,
) -> list[Suggestion]:
    """The provisions that `text` may serve, the most alike first. None below the threshold."""
    base = language.split("-")[0]
    offered = [(each, *_readable(each, language)) for each in provisions]
    corpus = [(each, features_of(words, known), known == base) for each, words, known in offered]
    asked = features_of(text, language)
    rarity = _Rarity([features for _each, features, _same in corpus])
    found = []
    for provision, features, same_language in corpus:
        score = rarity.likeness(asked, features, with_words=same_language)
        if score >= threshold:
            found.append(_suggestion(provision, score, asked, features, rarity, same_language))
    found.sort(key=lambda each: (-each.score, each.provision.framework_id, each.provision.order))
    return found[:most]


class _Rarity:
    """How much an idea or a word says, by how few of the offered provisions have it."""

    def __init__(self, corpus: list[Features]) -> None:
        self.size = len(corpus)
        ideas = Counter(idea for features in corpus for idea in features.ideas)
        words = Counter(word for features in corpus for word in features.words)
        self.ideas = {code: self._weight(count) for code, count in ideas.items()}
        # Nothing for a word that no provision has: it says nothing about which of them fits.
        self.words = {stem: WORD_WEIGHT * self._weight(count) for stem, count in words.items()}

    def _weight(self, count: int) -> float:
        return math.log(1 + (self.size + 1) / (count + 1))

    def idea(self, code: str) -> float:
        return self.ideas.get(code) or self._weight(0)

    def word(self, stem: str) -> float:
        return self.words.get(stem, 0.0)

    def likeness(self, one: Features, other: Features, *, with_words: bool) -> int:
        """In percent."""
        ideas = one.ideas & other.ideas
        stems = one.words.keys() & other.words.keys() if with_words else ()
        if not ideas and not stems:
            return 0
        shared = self._squares(ideas, stems)
        lengths = math.sqrt(self._of(one, with_words) * self._of(other, with_words))
        return round(100 * shared / lengths) if lengths else 0

    def _of(self, features: Features, with_words: bool) -> float:
        return self._squares(features.ideas, features.words if with_words else ())

    def _squares(self, ideas: Iterable[str], stems: Iterable[str]) -> float:
        return sum(self.idea(code) ** 2 for code in ideas) + sum(self.word(stem) ** 2 for stem in stems)


def _suggestion(
    provision: Provision, score: int, asked: Features, features: Features, rarity: _Rarity, with_words: bool
) -> Suggestion:
    ideas = sorted(asked.ideas & features.ideas, key=lambda code: (-rarity.idea(code), code))
    stems = sorted(asked.words.keys() & features.words.keys(), key=lambda stem: (-rarity.word(stem), stem))
    return Suggestion(
        provision=provision,
        score=score,
        shared_ideas=tuple(idea_name(code) for code in ideas),
        shared_words=tuple(asked.words[stem] for stem in stems) if with_words else (),
    )
