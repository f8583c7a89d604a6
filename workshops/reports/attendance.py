"""Attendance as its page shows it: one line a half-day, and the people to tick. For who runs the workshop."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Count

from people.names import name_parts
from workshops.models import Attendance, Participation, Workshop
from workshops.programme import HalfDay, half_days


@dataclass(frozen=True)
class HalfDayCount:
    """How many were there on one half-day. Nobody at all: it is not marked yet."""

    half: HalfDay
    present: int
    registered: int
    is_to_come: bool

    @property
    def is_marked(self) -> bool:
        return bool(self.present)

    @property
    def absent(self) -> int:
        return self.registered - self.present

    @property
    def share(self) -> int:
        """Width of the bar in percent."""
        return self.present * 100 // self.registered if self.registered else 0


@dataclass(frozen=True)
class Register:
    """All half-days of a workshop: those of its programme, and others on which somebody was marked."""

    lines: list[HalfDayCount]
    registered: int

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, registered: int, today: datetime.date) -> Self:
        """Two queries, whatever the number of people."""
        counted = {
            HalfDay(row["day"], row["half"]): row["number"]
            for row in Attendance.objects.filter(participation__workshop=workshop)
            .order_by()
            .values("day", "half")
            .annotate(number=Count("pk"))
        }
        halves = sorted({*half_days(workshop, workshop.programme.all()), *counted})
        lines = [
            HalfDayCount(half, counted.get(half, 0), registered, is_to_come=half.day > today)
            for half in halves
        ]
        return cls(lines, registered)

    def line(self, key: str) -> HalfDayCount | None:
        return next((line for line in self.lines if line.half.key == key), None)

    def usual(self) -> HalfDayCount:
        """The one to begin with: the first that has come and is not marked, else the last that has come."""
        come = [line for line in self.lines if not line.is_to_come]
        unmarked = [line for line in come if not line.is_marked]
        return (unmarked[:1] or come[-1:] or self.lines[:1])[0]

    def before(self, line: HalfDayCount) -> HalfDayCount | None:
        """The half-day before this one, when somebody was marked on it."""
        place = self.lines.index(line)
        earlier = self.lines[place - 1] if place else None
        return earlier if earlier and earlier.is_marked else None


def by_name(participations: Iterable[Participation]) -> list[Participation]:
    """In the order of a list on paper. Names are encrypted, so the database cannot sort them."""
    return sorted(participations, key=lambda each: each.person.full_name.casefold())


def with_name_like(participations: Iterable[Participation], text: str) -> list[Participation]:
    """Those whose name has a part that begins with each part of `text`."""
    wanted = name_parts(text)
    return [
        each
        for each in participations
        if wanted
        and all(any(part.startswith(want) for part in name_parts(each.person.full_name)) for want in wanted)
    ]
