"""Who is writing where in a plan, a moment ago at the latest."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext

from accounts.models import User
from plans.models import LocalActionPlan, Writing
from plans.subjects import edit_url, subject_name, subject_of

STALE = datetime.timedelta(seconds=90)  # four signs of life that did not come


@dataclass(frozen=True)
class Writer:
    """An account that has the form of a part open, and since when."""

    name: str
    since: datetime.datetime

    def __str__(self) -> str:
        words = {"name": self.name, "time": time_format(timezone.localtime(self.since), "TIME_FORMAT")}
        return gettext("%(name)s is writing here, since %(time)s.") % words


@dataclass(frozen=True)
class WritingNow:
    """A part in which somebody writes at this moment: who, its name, its form."""

    names: list[str]
    part: str
    url: str

    @classmethod
    def in_plan(cls, plan: LocalActionPlan, *, except_for: User) -> "list[WritingNow]":
        found = []
        for (subject, code), names in writers(plan, except_for).items():
            row = subject_of(plan, subject, code)
            if row is not None:
                found.append(cls(names, subject_name(subject, row), edit_url(plan, subject, code)))
        return found


def writers(plan: LocalActionPlan, except_for: User) -> dict[tuple[str, str], list[str]]:
    """Names by part: (subject, code) → who writes there now. One query."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in _alive(plan, except_for):
        found.setdefault((row.subject, row.subject_code), []).append(str(row.user))
    return found


def writers_of(plan: LocalActionPlan, subject: str, code: str, *, except_for: User) -> list[Writer]:
    """Who else has the form of that part open."""
    rows = _alive(plan, except_for).filter(subject=subject, subject_code=code)
    return [Writer(str(row.user), row.since) for row in rows]


def _alive(plan: LocalActionPlan, except_for: User) -> QuerySet[Writing]:
    return (
        Writing.objects.filter(plan=plan, seen_at__gte=timezone.now() - STALE)
        .exclude(user=except_for)
        .select_related("user")
        .order_by("since")
    )
