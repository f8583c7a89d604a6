"""The programme as a page shows it: days, half-days, times, and how the time is shared out (F19)."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Self

from django.utils.translation import ngettext

from workshops.models import Half, ItemKind, ProgrammeItem, Workshop

BEGINS = {Half.MORNING: 9 * 60, Half.AFTERNOON: 14 * 60}  # minutes after midnight
HALVES = (Half.MORNING, Half.AFTERNOON)


@dataclass(frozen=True)
class Slot:
    """One session or break with its times, and whether it can go further up or down."""

    item: ProgrammeItem
    begins: str
    ends: str
    may_go_up: bool
    may_go_down: bool


@dataclass(frozen=True)
class HalfDayPlan:
    """A morning or an afternoon."""

    day: int
    half: Half
    slots: list[Slot]
    minutes: int

    @property
    def label(self) -> str:
        return str(self.half.label)

    @property
    def length(self) -> str:
        return in_words(self.minutes)

    @property
    def runs_late(self) -> bool:
        """A morning that goes on after the afternoon has begun."""
        return self.half == Half.MORNING and BEGINS[self.half] + self.minutes > BEGINS[Half.AFTERNOON]


@dataclass(frozen=True)
class DayPlan:
    """One day; `date` is None where the reader may not know it, or after the last day."""

    number: int
    date: datetime.date | None
    halves: list[HalfDayPlan]
    is_over: bool  # stands after the last day of the workshop

    @property
    def has_sessions(self) -> bool:
        return any(half.slots for half in self.halves)


@dataclass(frozen=True)
class Share:
    """One kind of session: its time in words and in percent of all time without breaks."""

    kind: str
    label: str
    time: str
    percent: int
    start: int  # percent before it, to draw it


@dataclass(frozen=True)
class ProgrammePlan:
    """All days with their sessions, and sums."""

    days: list[DayPlan]
    shares: list[Share]
    minutes: int  # without breaks
    break_minutes: int
    sessions: int
    left_over: int  # sessions after the last day

    @classmethod
    def from_workshop(cls, workshop: Workshop) -> Self:
        """One query."""
        items = list(workshop.programme.all())
        by_half: dict[tuple[int, str], list[ProgrammeItem]] = defaultdict(list)
        for item in items:
            by_half[item.day, item.half].append(item)
        last = max([workshop.days, *(item.day for item in items)])
        minutes = Counter[str]()
        for item in items:
            minutes[item.kind] += item.minutes
        breaks = minutes.pop(ItemKind.BREAK, 0)
        return cls(
            days=[_day(workshop, number, by_half, last) for number in range(1, last + 1)],
            shares=_shares(minutes),
            minutes=minutes.total(),
            break_minutes=breaks,
            sessions=len(items),
            left_over=sum(item.day > workshop.days for item in items),
        )

    @property
    def time(self) -> str:
        return in_words(self.minutes)

    @property
    def break_time(self) -> str:
        return in_words(self.break_minutes)


def _day(
    workshop: Workshop, number: int, by_half: dict[tuple[int, str], list[ProgrammeItem]], last: int
) -> DayPlan:
    is_over = number > workshop.days
    shows_date = workshop.shows_days and not is_over
    return DayPlan(
        number=number,
        date=workshop.starts_on + datetime.timedelta(days=number - 1) if shows_date else None,
        halves=[_half(number, half, by_half.get((number, half), []), last) for half in HALVES],
        is_over=is_over,
    )


def _half(day: int, half: Half, items: list[ProgrammeItem], last: int) -> HalfDayPlan:
    is_first = (day, half) == (1, Half.MORNING)
    is_last = (day, half) == (last, Half.AFTERNOON)
    slots, now = [], BEGINS[half]
    for position, item in enumerate(items):
        slots.append(
            Slot(
                item,
                clock(now),
                clock(now + item.minutes),
                may_go_up=position > 0 or not is_first,
                may_go_down=position < len(items) - 1 or not is_last,
            )
        )
        now += item.minutes
    return HalfDayPlan(day, half, slots, now - BEGINS[half])


def _shares(minutes: Counter[str]) -> list[Share]:
    shares, start, total = [], 0, minutes.total()
    for kind in ItemKind:
        if minutes[kind]:
            percent = round(minutes[kind] * 100 / total)
            shares.append(Share(kind, str(kind.label), in_words(minutes[kind]), percent, start))
            start += percent
    return shares


def clock(minutes: int) -> str:
    """Minutes after midnight as 09:30. Past midnight the clock begins again."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def in_words(minutes: int) -> str:
    """90 → 1 hour 30 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours})
    if rest or not hours:
        parts.append(ngettext("%(number)s minute", "%(number)s minutes", rest) % {"number": rest})
    return " ".join(parts)
