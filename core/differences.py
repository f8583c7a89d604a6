"""How two texts differ, word by word, as a reader sees it; and two changes of one text brought together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

SAME, ADDED, REMOVED = "same", "added", "removed"
KINDS = {0: SAME, 1: ADDED, -1: REMOVED}  # as diff_match_patch calls them

# Words are what stands between spaces and marks: vowel signs of Nepali belong to the word.
MARKS = r".,;:!?…()\[\]{}\"“”„«»‹›/|।–—"
WORD = re.compile(rf"\r\n|\s|[{MARKS}]|[^\s{MARKS}]+")

PATIENCE = 0.04  # seconds; then the rest of two very different texts is shown as replaced


@dataclass(frozen=True)
class Piece:
    """A part of a text: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """Words `start` to `end` of the base were replaced by `words`."""

    start: int
    end: int
    words: tuple[str, ...]


def pieces(before: str, after: str) -> list[Piece]:
    """What was added, removed and left. The same and the added pieces together are `after`."""
    return [Piece(kind, "".join(words)) for kind, words in _compared(_words(before), _words(after))]


def merged(base: str, theirs: str, yours: str) -> str | None:
    """`base` with both changes. None when they touch the same place: a person has to decide there."""
    words = _words(base)
    changes = _changes(words, _words(theirs))
    for change in _changes(words, _words(yours)):
        if change in changes:
            continue  # both did the same
        if any(change.start <= other.end and other.start <= change.end for other in changes):
            return None
        changes.append(change)
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        words[change.start : change.end] = change.words
    return "".join(words)


def _words(text: str) -> list[str]:
    """The text cut into words, marks and spaces. Browsers send line ends as two characters."""
    return WORD.findall(text.replace("\r\n", "\n"))


def _compared(before: list[str], after: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Runs of words with their kind. Each word is one letter to the library: no word is cut in two."""
    from diff_match_patch import diff_match_patch  # only who compares waits for it

    letters = _letters(chain(before, after))
    words = {letter: word for word, letter in letters.items()}
    tool = diff_match_patch()
    tool.Diff_Timeout = PATIENCE
    found = tool.diff_main(
        "".join(letters[word] for word in before), "".join(letters[word] for word in after), False
    )
    tool.diff_cleanupSemantic(found)
    for kind, run in found:
        yield KINDS[kind], [words[letter] for letter in run]


def _letters(words: Iterable[str]) -> dict[str, str]:
    """A letter for each word. Spaces and marks stand for themselves: differences break at them."""
    free = chain(range(0x20000, 0x2A6DF), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
    letters: dict[str, str] = {}
    for word in words:
        if word not in letters:
            is_mark = len(word) == 1 and not word.isalnum() and ord(word) < 0x20000
            letters[word] = word if is_mark else chr(next(free))
    return letters


def _changes(before: list[str], after: list[str]) -> list[Change]:
    """The differences as replacements of runs of `before`."""
    changes: list[Change] = []
    place = start = 0
    added: list[str] = []
    for kind, words in _compared(before, after):
        if kind == ADDED:
            added += words
        elif kind == REMOVED:
            place += len(words)
        else:
            if added or place > start:
                changes.append(Change(start, place, tuple(added)))
            place += len(words)
            start, added = place, []
    if added or place > start:
        changes.append(Change(start, place, tuple(added)))
    return changes
