"""How alike two people are, by name, phone and sex: a number, and the reason in words.

Pure functions on what the caller has decrypted. The numbers are not probabilities; they put pairs in
order. Certain ("is_sure") is only one who has the same name, however spelt, and the same phone: a
phone alone is shared in families, a name alone by cousins.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from people.models import Reason, Sex
from people.names import name_parts
from people.spelling import latin_parts, same_phone, sounds, titles

# What a name is worth by itself, from the most to the least alike.
NAME_SCORES = {
    Reason.SAME: 92,
    Reason.ORDER: 91,
    Reason.TITLE: 91,
    Reason.TOGETHER: 89,
    Reason.SCRIPT: 89,
    Reason.SPELLING: 88,
    Reason.LETTER: 84,
    Reason.ALMOST: 77,
    Reason.PART: 71,
    Reason.COMMON: 55,
}
# The same name, however it is written.
ONE_NAME = frozenset(
    {Reason.SAME, Reason.ORDER, Reason.TITLE, Reason.TOGETHER, Reason.SCRIPT, Reason.SPELLING}
)
SURE = 100
PHONE_ALONE = 75  # another name: a family's phone, or one that somebody was registered with for somebody
OTHER_SEX, OTHER_PHONE, ONE_PART_ONLY = 12, 5, 14
# A slip in the first letter, in a short part, or in parts that stand in another order as well: each is
# more often another name ("Goran", "Zoran") than a slip.
UNUSUAL_SLIP = 6
SHORTEST_WITH_A_SLIP, SHORT = 4, 5  # letters: "Ana" and "Ama" are two names


@dataclass(frozen=True)
class Described:
    """What is compared of somebody: as registered, or as just typed."""

    name: str
    phone: str = ""
    sex: str = Sex.UNSTATED

    @cached_property
    def exact(self) -> list[str]:
        return name_parts(self.name)

    @cached_property
    def latin(self) -> list[str]:
        return latin_parts(self.name)

    @cached_property
    def sounds(self) -> list[str]:
        return sounds(self.latin)

    @cached_property
    def is_latin(self) -> bool:
        letters = [character for character in self.name if character.isalpha()]
        return all(ord(character) < 0x250 for character in letters)


@dataclass(frozen=True)
class Alike:
    """How alike two are, and why."""

    score: int
    name: Reason | None = None
    same_phone: bool = False

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE

    @property
    def reasons(self) -> list[str]:
        """Why, in sentences."""
        found = [self.name] if self.name else []
        return [str(reason.label) for reason in found + [Reason.PHONE] * self.same_phone]


def compare(one: Described, other: Described) -> Alike:
    """How alike the two are; 0 for nothing in common."""
    name, phone = name_reason(one, other), same_phone(one.phone, other.phone)
    other_sex = {one.sex, other.sex} == {Sex.WOMAN, Sex.MAN}
    if phone:
        return Alike(_with_phone(name, other_sex=other_sex), name, same_phone=True)
    if name is None:
        return Alike(0)
    score = NAME_SCORES[name]
    if name in {Reason.LETTER, Reason.ALMOST}:
        score -= UNUSUAL_SLIP * _unusual_slips(one, other)
    if len(one.sounds) == 1 or len(other.sounds) == 1:
        score -= ONE_PART_ONLY
    score -= OTHER_SEX * other_sex
    score -= OTHER_PHONE * bool(one.phone and other.phone)
    return Alike(score, name)


def _with_phone(name: Reason | None, *, other_sex: bool) -> int:
    if name in ONE_NAME:
        return 96 if other_sex else SURE
    if name is None:
        return PHONE_ALONE - OTHER_SEX * other_sex
    return min(96, NAME_SCORES[name] + 20) - OTHER_SEX * other_sex


def name_reason(one: Described, other: Described) -> Reason | None:
    """In what way the two names are one name, or nearly; None if they are not."""
    if not one.latin or not other.latin:
        return None
    if sorted(one.latin) == sorted(other.latin):
        return _way_of_writing(one, other)
    if sorted(one.sounds) == sorted(other.sounds):
        return Reason.SPELLING if one.is_latin == other.is_latin else Reason.SCRIPT
    if sorted("".join(one.sounds)) == sorted("".join(other.sounds)) and _is_cut_otherwise(one, other):
        return Reason.TOGETHER
    if one.is_latin != other.is_latin and _is_written_without_vowels(one, other):
        return Reason.SCRIPT
    if len(one.sounds) == len(other.sounds) and (near := _nearly(one, other)):
        return near
    common = Counter(one.sounds) & Counter(other.sounds)
    fewer = min(len(one.sounds), len(other.sounds))
    if common.total() == fewer:
        return Reason.PART if fewer > 1 else Reason.COMMON
    return Reason.COMMON if common else None


def _way_of_writing(one: Described, other: Described) -> Reason:
    if one.is_latin != other.is_latin:
        return Reason.SCRIPT
    if one.latin != other.latin:
        return Reason.ORDER
    if titles(one.name) != titles(other.name):
        return Reason.TITLE
    return Reason.SAME if one.exact == other.exact else Reason.SPELLING


def _is_cut_otherwise(one: Described, other: Described) -> bool:
    """Jean Pierre and Jeanpierre, not an anagram: the parts follow each other in both."""
    if len(one.sounds) == len(other.sounds):
        return False
    short, long = sorted((one.sounds, other.sounds), key=len)
    rest = Counter(long) - Counter(short)
    joined = Counter(short) - Counter(long)
    return "".join(sorted("".join(rest.elements()))) == "".join(sorted("".join(joined.elements()))) and all(
        any(word.startswith(part) or word.endswith(part) for word in joined) for part in rest
    )


def _is_written_without_vowels(one: Described, other: Described) -> bool:
    """Scripts such as the Arabic write few vowels: the consonants must agree, part by part."""
    bare = [sorted(_without_vowels(part) for part in each.sounds) for each in (one, other)]
    return bare[0] == bare[1] and all(bare[0]) and sum(map(len, bare[0])) >= 5


def _without_vowels(part: str) -> str:
    return part.translate(dict.fromkeys(map(ord, "aeiou")))


def _nearly(one: Described, other: Described) -> Reason | None:
    """One slip of the pen in one part, or two in a long one; the other parts agree."""
    pairs = _paired(one, other)
    differing = [(a, b) for a, b in pairs if a[1] != b[1]]
    if len(differing) != 1:
        return None
    (written, sound), (other_written, other_sound) = differing[0]
    if max(len(written), len(other_written)) < SHORTEST_WITH_A_SLIP:
        return None
    slips = OSA.distance(written, other_written)
    if slips == 1:
        return Reason.LETTER if len(pairs) > 1 or len(written) > 6 else Reason.ALMOST
    heard = OSA.distance(sound, other_sound)
    return Reason.ALMOST if min(slips, heard) <= 2 and ratio(sound, other_sound) >= 78 else None


def _unusual_slips(one: Described, other: Described) -> int:
    """How much speaks for another name rather than a slip, in two names that nearly agree."""
    (a, b) = next((a[0], b[0]) for a, b in _paired(one, other) if a[1] != b[1])
    moved = [part for part in one.sounds if part in other.sounds] != [
        part for part in other.sounds if part in one.sounds
    ] or one.latin.index(a) != other.latin.index(b)
    return (a[0] != b[0]) + (max(len(a), len(b)) < SHORT) + moved


Part = tuple[str, str]  # in Latin letters, and as it sounds


def _paired(one: Described, other: Described) -> list[tuple[Part, Part]]:
    """The parts of two names of as many parts, each with the one that it is most like."""
    left = list(zip(one.latin, one.sounds, strict=True))
    right = list(zip(other.latin, other.sounds, strict=True))
    found = []
    for likest in (lambda a, b: a[1] == b[1], lambda a, b: True):
        for a in list(left):
            options = [b for b in right if likest(a, b)]
            if not options:
                continue
            best = min(options, key=lambda b: OSA.distance(a[0], b[0]))
            found.append((a, best))
            left.remove(a)
            right.remove(best)
    return found
