"""How single activities stand, and percentages that say what they leave out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from localities.coverage import percent
from plans.lights import TONES, Light
from plans.models import Activity, LocalActionPlan, ReportingPeriod
from plans.reports.overdue import CAME


@dataclass(frozen=True)
class Said:
    """What is known of one update without its whole text."""

    state: str
    activity_state: str
    excerpt: str = ""

    @property
    def came(self) -> bool:
        return self.state in CAME


@dataclass(frozen=True)
class Bar:
    """Where something lies on the plan's timeline, in per cent of its length."""

    start: float
    length: float

    @classmethod
    def between(cls, plan: LocalActionPlan, start: datetime.date, end: datetime.date) -> "Bar":
        days = (plan.period_end - plan.period_start).days + 1
        first = max(0, (start - plan.period_start).days)
        last = min(days, (end - plan.period_start).days + 1)
        return cls(round(first * 100 / days, 2), round(max(1, last - first) * 100 / days, 2))


@dataclass(frozen=True)
class ActivityProgress:
    """One activity: how it stands, and what was last approved about it."""

    number: str
    activity: Activity
    light: Light
    is_reported: bool
    bar: Bar | None
    finished_on: datetime.date | None
    said: dict[int, Said]  # by key of the quarter
    latest: Said | None = None
    latest_period: ReportingPeriod | None = None

    @property
    def label(self) -> str:
        return str(self.light.label)

    @property
    def tone(self) -> str:
        return TONES[self.light]

    @property
    def counts(self) -> bool:
        """Whether the percentages can speak of it: it was reported, and is neither dropped nor to come."""
        return self.light == Light.DONE or (
            self.is_reported and self.light not in {Light.DROPPED, Light.UPCOMING}
        )


@dataclass(frozen=True)
class Share:
    """A percentage, and what it leaves out, in the same breath."""

    part: int
    whole: int
    dropped: int
    unreported: int
    upcoming: int

    @property
    def percent(self) -> int | None:
        return percent(self.part, self.whole) if self.whole else None

    @property
    def left_out(self) -> str:
        """ "Not counted: 3 dropped, 5 without a report." Empty when all are counted."""
        return gettext("Not counted: %(what)s.") % {"what": self.not_counted} if self.not_counted else ""

    @property
    def not_counted(self) -> str:
        """ "3 dropped and 5 without a report are not counted." Empty when all are."""
        words = [
            ngettext("%(n)s dropped", "%(n)s dropped", self.dropped) % {"n": self.dropped},
            ngettext("%(n)s without a report", "%(n)s without a report", self.unreported)
            % {"n": self.unreported},
            ngettext("%(n)s not due yet", "%(n)s not due yet", self.upcoming) % {"n": self.upcoming},
        ]
        numbers = (self.dropped, self.unreported, self.upcoming)
        said = [each for each, number in zip(words, numbers, strict=True) if number]
        return ", ".join(said)


def share_of(rows: list[ActivityProgress], lights: Iterable[Light]) -> Share:
    counted = [row for row in rows if row.counts]
    left_out = [row for row in rows if not row.counts]
    dropped = sum(1 for row in left_out if row.light == Light.DROPPED)
    upcoming = sum(1 for row in left_out if row.light == Light.UPCOMING)
    return Share(
        part=sum(1 for row in counted if row.light in set(lights)),
        whole=len(counted),
        dropped=dropped,
        unreported=len(left_out) - dropped - upcoming,
        upcoming=upcoming,
    )
