"""Everything that waits for one user, oldest first: the page My work and the first lines of home."""

import datetime
from collections import Counter
from dataclasses import dataclass

from accounts.models import User
from lapportal.work import (
    assessments,
    committees,
    guidelines,
    meetings,
    naps,
    offices,
    plans,
    progress,
    workshops,
)
from lapportal.work.reader import Reader
from lapportal.work.tasks import Task, TaskKind
from localities.models import Country, Locality


@dataclass(frozen=True)
class Desk:
    """All tasks of a user on one day. At most 27 queries, however much there is."""

    tasks: tuple[Task, ...]

    @classmethod
    def of(cls, user: User, *, today: datetime.date) -> "Desk":
        reader = Reader.of(user, today=today)
        known = plans.plans_of(reader)
        found = [
            *workshops.tasks_of(reader),
            *committees.tasks_of(reader),
            *meetings.tasks_of(reader),
            *assessments.tasks_of(reader),
            *plans.tasks_of(reader, known),
            *plans.entry_points(reader),
            *progress.tasks_of(reader, known),
            *naps.tasks_of(reader, known),
            *guidelines.tasks_of(reader),
            *offices.tasks_of(reader),
        ]
        return cls(tuple(sorted(found, key=lambda task: (task.day, task.kind, task.of, task.what))))

    @property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.tasks)

    @property
    def places(self) -> list[Locality | Country]:
        """Where something waits, by name."""
        found: dict[str, Locality | Country] = {task.place.code: task.place for task in self.tasks}
        return sorted(found.values(), key=lambda place: (isinstance(place, Locality), str(place)))

    def in_place(self, code: str) -> "Desk":
        """What waits in that place and below it; everything when nothing waits there."""
        place = next((each for each in self.places if each.code == code), None)
        if place is None:
            return self
        return Desk(tuple(task for task in self.tasks if task.lies_in(place)))

    def of_kind(self, kind: str) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.kind == kind) if kind else self.tasks

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """The tabs: value, label and number of tasks; those without a task are left out."""
        found = Counter(task.kind for task in self.tasks)
        return [(kind.value, str(kind.label), found[kind]) for kind in TaskKind if found[kind]]
