"""Everything that waits for one user, oldest first: the page My work and the first lines of home."""

import datetime
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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


class Waiting(Sequence[Task]):
    """Tasks in order: the oldest first, of one day by kind, what it is about, and what is to be done. Those
    are words, which are looked up only for the days that are asked for: of thousands a page shows 25."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.by_day = sorted(tasks, key=_day)

    def __len__(self) -> int:
        return len(self.by_day)

    def __iter__(self) -> Iterator[Task]:
        return iter(self[:])

    def __getitem__(self, asked: Any) -> Any:
        if not isinstance(asked, slice):
            return self[asked : asked + 1 or None][0]
        first, last, step = asked.indices(len(self))
        if first >= last:
            return ()
        start = bisect_left(self.by_day, _day(self.by_day[first]), key=_day)
        end = bisect_right(self.by_day, _day(self.by_day[last - 1]), key=_day)
        same_days = sorted(self.by_day[start:end], key=_in_words)
        return tuple(task.said() for task in same_days[first - start : last - start : step])


def _day(task: Task) -> tuple[datetime.date, TaskKind]:
    return task.day, task.kind


def _in_words(task: Task) -> tuple[datetime.date, TaskKind, str, str]:
    return task.day, task.kind, str(task.of), str(task.what)


@dataclass(frozen=True)
class Desk:
    """All tasks of a user on one day. At most 28 queries, however much there is."""

    tasks: Waiting

    @classmethod
    def of(cls, user: User, *, today: datetime.date) -> "Desk":
        reader = Reader.of(user, today=today)
        known = plans.plans_of(reader)
        return cls(
            Waiting(
                [
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
            )
        )

    @cached_property
    def overdue(self) -> int:
        return sum(task.is_overdue for task in self.tasks.by_day)

    @cached_property
    def places(self) -> list[Locality | Country]:
        """Where something waits, by name."""
        found: dict[str, Locality | Country] = {task.place.code: task.place for task in self.tasks.by_day}
        return sorted(found.values(), key=lambda place: (isinstance(place, Locality), str(place)))

    def in_place(self, code: str) -> "Desk":
        """What waits in that place and below it; everything when nothing waits there."""
        place = next((each for each in self.places if each.code == code), None)
        if place is None:
            return self
        return Desk(Waiting(task for task in self.tasks.by_day if task.lies_in(place)))

    def of_kind(self, kind: str) -> Waiting:
        return Waiting(task for task in self.tasks.by_day if task.kind == kind) if kind else self.tasks

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """The tabs: value, label and number of tasks; those without a task are left out."""
        found = Counter(task.kind for task in self.tasks.by_day)
        return [(kind.value, str(kind.label), found[kind]) for kind in TaskKind if found[kind]]
