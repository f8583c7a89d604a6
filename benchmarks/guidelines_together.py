"""Two sessions that save the same section of guidelines, in random order: is a text ever lost?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from benchmarks.figures import Figure, seconds
from benchmarks.plan_together import SAVES, at_once, in_turns
from core.conflicts import EditConflict
from guidelines.models import Section, SectionRevision
from guidelines.services.sections import save_section

__all__ = ["SAVES", "Session", "at_once", "in_turns", "lost", "together_figures"]


@dataclass
class Session:
    """Somebody who has the section open: opens it, adds a word, saves; after a conflict does it again
    on the text of the other. Each word stands for one successful save."""

    section: int
    by: User
    name: str
    saved: list[str] = field(default_factory=list)
    conflicts: int = 0
    row: Section | None = None
    opened: str = ""

    def open(self) -> None:
        self.row = Section.objects.select_related("guidelines").get(pk=self.section)
        self.opened = self.row.body

    def save(self) -> None:
        if self.row is None:
            return self.open()
        word = f"{self.name}{len(self.saved)}"
        self.row.body = f"{self.opened} {word}"
        try:
            save_section(self.row, opened_version=self.row.row_version, by=self.by)
        except EditConflict:
            self.conflicts += 1
            return self.open()
        self.saved.append(word)
        self.opened = self.row.body
        return None


def lost(section: Section, sessions: list[Session]) -> list[str]:
    """Words of successful saves that are not in the text, or whose save is not in the history."""
    section.refresh_from_db()
    revisions = SectionRevision.objects.filter(section_code=section.code, version__gt=1)
    remembered = {row.body.split()[-1] for row in revisions}
    standing = set(section.body.split())
    saved = [word for session in sessions for word in session.saved]
    return [word for word in saved if word not in standing or word not in remembered]


def together_figures(section: Section, users: tuple[User, User]) -> Iterator[Figure]:
    """A thousand saves of one section by two accounts."""
    sessions: Any = [Session(section.pk, by, name) for by, name in zip(users, "ab", strict=True)]
    taken = seconds(lambda: in_turns(sessions))
    yield Figure(
        "lost updates in 1,000 saves of one section of guidelines", len(lost(section, sessions)), "texts", 0
    )
    yield Figure("one save of a section of guidelines, with its history", taken / SAVES * 1000, "ms", 50)
