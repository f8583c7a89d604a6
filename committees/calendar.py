"""When a committee should meet, by its own rule: what is due, what is late, what was left out (F72, F73)."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from committees.models import Committee, Meeting
from committees.states import MONTHS_BETWEEN, months_later

MONTHS_AHEAD = 12
# An invitation needs time: a meeting that is late already is suggested for two weeks from now.
NOTICE_TIME = datetime.timedelta(days=14)


def due_days(since: datetime.date, frequency: str) -> Iterator[datetime.date]:
    """The days by which it has to meet, one interval after the other, counted from `since`; without end.

    Nothing where the committee meets as needed."""
    months = MONTHS_BETWEEN.get(frequency)
    number = 1
    while months:
        yield months_later(since, months * number)
        number += 1


@dataclass(frozen=True)
class ExpectedMeeting:
    """By when a meeting is expected, and the one that is planned for it."""

    day: datetime.date
    planned: Meeting | None = None


def expected_meetings(
    since: datetime.date, frequency: str, *, today: datetime.date, planned: Iterable[Meeting] = ()
) -> list[ExpectedMeeting]:
    """By when it has to meet in the next twelve months, each with the meeting that is planned for it.

    `planned` are those to come, in the order of their days. From a planned one the rule counts anew; one
    that is late already is expected as soon as an invitation allows."""
    months = MONTHS_BETWEEN.get(frequency)
    if months is None:
        return []
    last, near, left = months_later(today, MONTHS_AHEAD), _near(months), list(planned)
    base, number = since, 1
    found: list[ExpectedMeeting] = []
    while True:
        due = months_later(base, months * number)
        if due < today:
            base, number, due = today + NOTICE_TIME, 0, today + NOTICE_TIME
        if due > last:
            return found
        meeting = left.pop(0) if left and left[0].day <= due + near else None
        found.append(ExpectedMeeting(due, meeting))
        base, number = (meeting.day, 1) if meeting else (base, number + 1)


def _near(months: int) -> datetime.timedelta:
    """How far behind an expected day a meeting may lie and still stand for it: half an interval."""
    return datetime.timedelta(days=months * 15)


def missed_days(since: datetime.date, frequency: str, *, today: datetime.date) -> list[datetime.date]:
    """The days since `since` by which it should have met and did not."""
    found = []
    for day in due_days(since, frequency):
        if day >= today:
            break
        found.append(day)
    return found


@dataclass(frozen=True)
class MeetingCalendar:
    """What the rule of a committee asks for: from the last meeting, or from when it was set up."""

    due_on: datetime.date | None
    overdue_days: int
    missed: list[datetime.date]
    expected: list[ExpectedMeeting]

    @classmethod
    def from_committee(
        cls, committee: Committee, *, today: datetime.date, planned: Iterable[Meeting] = ()
    ) -> "MeetingCalendar":
        """`planned` are its meetings to come, in the order of their days."""
        since, frequency = committee.counts_from, committee.meeting_frequency
        due = committee.meeting_due_on()
        if due is None or since is None:
            return cls(None, 0, [], [])
        return cls(
            due_on=due,
            overdue_days=max((today - due).days, 0),
            missed=missed_days(since, frequency, today=today),
            expected=expected_meetings(since, frequency, today=today, planned=planned),
        )

    @property
    def is_overdue(self) -> bool:
        return self.overdue_days > 0

    @property
    def without_meeting(self) -> list[datetime.date]:
        """Expected days for which nothing is planned."""
        return [each.day for each in self.expected if each.planned is None]


def suggested_day(
    committee: Committee, *, today: datetime.date, after: datetime.date | None = None
) -> datetime.date | None:
    """A day for the next meeting that the committee's rule would name; `after` is one planned already.

    None where it meets as needed: then nobody can know."""
    since = max((day for day in (committee.counts_from, after) if day), default=None)
    if since is None or committee.meeting_frequency not in MONTHS_BETWEEN:
        return None
    due = months_later(since, MONTHS_BETWEEN[committee.meeting_frequency])
    return due if due >= today else today + NOTICE_TIME


def overdue_committees(user: Any, today: datetime.date) -> list[Committee]:
    """Those that `user` may see and that should have met by now, the longest overdue first (F73). One
    query."""
    working = Committee.objects.visible_to(user).working().for_list().with_last_meeting()
    late = [each for each in working if each.is_meeting_overdue(today)]
    return sorted(late, key=lambda each: each.meeting_due_on() or today)
