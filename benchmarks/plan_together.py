"""Two sessions that save the same section of a plan, in random order: is a text ever lost?"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

from django.db import connection

from accounts.models import User
from benchmarks.figures import Figure, seconds
from core.conflicts import EditConflict
from plans.models import PlanSection, Revision
from plans.services.plans import save_section

SAVES = 1000


@dataclass
class Session:
    """Somebody who has the section open: opens it, adds a word, saves; after a conflict does it again
    on the text of the other. Each word stands for one successful save."""

    section: int
    by: User
    name: str
    saved: list[str] = field(default_factory=list)
    conflicts: int = 0
    row: PlanSection | None = None
    opened: str = ""

    def open(self) -> None:
        self.row = PlanSection.objects.select_related("plan").get(pk=self.section)
        self.opened = self.row.text

    def save(self) -> None:
        if self.row is None:
            return self.open()
        word = f"{self.name}{len(self.saved)}"
        self.row.text = f"{self.opened} {word}"
        try:
            save_section(self.row, opened_version=self.row.row_version, by=self.by)
        except EditConflict:
            self.conflicts += 1
            return self.open()
        self.saved.append(word)
        self.opened = self.row.text
        return None


def in_turns(sessions: list[Session], *, saves: int = SAVES, seed: int = 1325) -> None:
    """One after the other in random order, in one thread: on every database."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable mixture
    while sum(len(session.saved) for session in sessions) < saves:
        session = chance.choice(sessions)
        if chance.random() < 0.3:
            session.open()
        session.save()


def at_once(sessions: list[Session], *, saves: int = SAVES) -> None:
    """Each in a thread with a connection of its own: PostgreSQL."""

    def work(session: Session) -> None:
        try:
            while len(session.saved) < saves // len(sessions):
                session.save()
        finally:
            connection.close()

    threads = [Thread(target=work, args=[session]) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost(section: PlanSection, sessions: list[Session]) -> list[str]:
    """Words of successful saves that are not in the text, or whose save is not in the history."""
    section.refresh_from_db()
    saved = [word for session in sessions for word in session.saved]
    revisions = Revision.objects.filter(subject_code=section.code, version__gt=1)
    remembered = {row.values["text"].split()[-1] for row in revisions}
    standing = set(section.text.split())
    return [word for word in saved if word not in standing or word not in remembered]


def together_figures(section: PlanSection, users: tuple[User, User]) -> Iterator[Figure]:
    """A thousand saves of one section by two accounts."""
    sessions = [Session(section.pk, by, name) for by, name in zip(users, "ab", strict=True)]
    taken = seconds(lambda: in_turns(sessions))
    yield Figure("lost updates in 1,000 saves of one section", len(lost(section, sessions)), "texts", 0)
    yield Figure("one save of a section, with its history", taken / SAVES * 1000, "ms", 50)
