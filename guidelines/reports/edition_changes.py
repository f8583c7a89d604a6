"""What changed from one edition to the next, section by section, from what was frozen of both."""

from dataclasses import dataclass
from typing import Any

from core.differences import Piece, pieces
from guidelines.markers import mark_of
from guidelines.models import Edition

ADDED, REMOVED, REWRITTEN, DATA = "added", "removed", "rewritten", "data"


@dataclass(frozen=True)
class SectionChange:
    """`kind`: added, removed, rewritten, or data: the same words with newer data of the portal."""

    kind: str
    code: str
    number: str
    heading: str
    pieces: list[Piece]


def changes_since(before: Edition, edition: Edition) -> list[SectionChange]:
    return changes_between(before.content["sections"], edition.content["sections"])


def changes_between(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[SectionChange]:
    """In the order of the newer text, what was removed at the end."""
    old = {each["code"]: each for each in before}
    new = {each["code"]: each for each in after}
    found = [change for code in new if (change := _change(old.get(code), new[code]))]
    gone = [_whole(REMOVED, old[code]) for code in old if code not in new]
    return [*found, *gone]


def _change(old: dict[str, Any] | None, new: dict[str, Any]) -> SectionChange | None:
    if old is None:
        return _whole(ADDED, new)
    was, now = _words(old), _words(new)
    if was != now:
        return SectionChange(REWRITTEN, new["code"], new["number"], new["heading"], pieces(was, now))
    if _blocks(old) != _blocks(new):
        return SectionChange(DATA, new["code"], new["number"], new["heading"], [])
    return None


def _whole(kind: str, section: dict[str, Any]) -> SectionChange:
    return SectionChange(kind, section["code"], section["number"], section["heading"], [])


def _words(section: dict[str, Any]) -> str:
    texts = [part["text"] if "text" in part else mark_of(part["block"]["kind"]) for part in section["parts"]]
    return "\n\n".join([section["heading"], *texts])


def _blocks(section: dict[str, Any]) -> list[Any]:
    return [part["block"]["parts"] for part in section["parts"] if "block" in part]
