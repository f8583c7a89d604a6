"""How an office is assessed (F38): what is counted, what the two sides mark, and how both are read. Pure.

There is no single number for an office, and no ranking of offices. A mayor with two commitments and a
prefecture with thirty cannot stand in one column, and a sum would let ten kept meetings hide one
promise to survivors that was broken. So each part is shown by itself: its counts, a share only where
enough fell due, a plain word for it, and what each side says. Whoever changes what is counted or how it
is read gives METHOD a new name: it is printed on each scorecard, and closed ones keep theirs.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.joints import in_percent
from localities.coverage import percent
from workshops.charts import WIDTH, Bar

METHOD = "2026-11"
# Below this many, a share says more than is known: "1 of 2" is not "50 %".
SHARE_FROM = 5
# Two sides that are so many marks apart have something to talk about.
APART = 2


class Part(models.TextChoices):
    """What the portal counts of an office."""

    COMMITMENTS = "commitments", _("Commitments")
    ACTIVITIES = "activities", _("Activities that it leads")
    REPORTS = "reports", _("Reports on its activities")
    MEETINGS = "meetings", _("Committee meetings")
    DECISIONS = "decisions", _("Decisions to carry out")


class Outcome(models.TextChoices):
    """What became of one thing that was counted. Those of attendance are the meeting's own words."""

    ON_TIME = "on_time", _("Done in time")
    LATE = "late", _("Done late")
    OPEN = "open", _("Overdue, still open")
    DROPPED = "dropped", _("Given up")
    PRESENT = "present", _("Present")
    REPRESENTED = "represented", _("Sent somebody")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")
    MISSING = "missing", _("Not handed in")


TASKS = (Outcome.ON_TIME, Outcome.LATE, Outcome.OPEN, Outcome.DROPPED)
OUTCOMES: dict[Part, tuple[Outcome, ...]] = {
    Part.COMMITMENTS: TASKS,
    Part.ACTIVITIES: TASKS,
    Part.REPORTS: (Outcome.ON_TIME, Outcome.LATE, Outcome.MISSING),
    Part.MEETINGS: (Outcome.PRESENT, Outcome.REPRESENTED, Outcome.EXCUSED, Outcome.ABSENT),
    Part.DECISIONS: TASKS,
}
# What counts as done, late or not: how late stands beside it.
DONE = frozenset({Outcome.ON_TIME, Outcome.LATE, Outcome.PRESENT, Outcome.REPRESENTED})


class Band(models.TextChoices):
    """A share in a word. Between none and all of fewer than five it says no more than "some"."""

    NO_DATA = "no_data", _("nothing was due")
    NONE = "none", _("none")
    FEW = "few", _("few")
    SOME = "some", _("some")
    HALF = "half", _("about half")
    MOST = "most", _("most")
    ALL = "all", _("all")


def band_of(done: int, total: int) -> Band:
    """All and none are what they say; most is from two thirds on, few is less than one third."""
    if not total:
        return Band.NO_DATA
    if done in (0, total):
        return Band.ALL if done else Band.NONE
    if total < SHARE_FROM:
        return Band.SOME
    if done * 3 >= total * 2:
        return Band.MOST
    return Band.HALF if done * 3 >= total else Band.FEW


BAND_TONES = {Band.ALL: "done", Band.MOST: "done", Band.FEW: "warn", Band.NONE: "warn"}


def share_of(part: int, total: int) -> int | None:
    """In percent; None where so little was due that only the count is told."""
    return percent(part, total) if total >= SHARE_FROM else None


@dataclass(frozen=True)
class Line:
    """One outcome of a part: how many, and their share where there is one."""

    outcome: Outcome
    codes: tuple[str, ...]
    total: int

    @property
    def count(self) -> int:
        return len(self.codes)

    @property
    def share(self) -> int | None:
        return share_of(self.count, self.total)

    @property
    def shown(self) -> str:
        """ "4 (67%)", or the count alone."""
        return f"{self.count} ({in_percent(self.share)})" if self.share is not None else str(self.count)


@dataclass(frozen=True)
class PartCount:
    """One part of a scorecard: what fell due, by what became of it."""

    part: Part
    lines: tuple[Line, ...]
    unknown: int = 0  # meetings of which nobody wrote down who came: in no share

    @classmethod
    def of(cls, part: Part, found: Mapping[str, Iterable[str]], unknown: int = 0) -> "PartCount":
        codes = {outcome: tuple(found.get(outcome, ())) for outcome in OUTCOMES[part]}
        total = sum(len(each) for each in codes.values())
        return cls(part, tuple(Line(outcome, each, total) for outcome, each in codes.items()), unknown)

    @property
    def total(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.count for line in self.lines if line.outcome in DONE)

    @property
    def share(self) -> int | None:
        return share_of(self.done, self.total)

    @property
    def bar(self) -> Bar:
        """Also of few: a bar beside "1 of 2" claims no more than that. Of nothing there is no bar."""
        part = percent(self.done, self.total) if self.total else 0
        return Bar(str(self.part.label), self.shown, length=WIDTH if self.total else 0, part=part)

    @property
    def band(self) -> Band:
        return band_of(self.done, self.total)

    @property
    def tone(self) -> str:
        return BAND_TONES.get(self.band, "")

    @property
    def shown(self) -> str:
        """ "3 of 4", "6 of 8 (75%)", "no data"; never 0% of nothing."""
        if not self.total:
            return gettext("no data")
        said = gettext("%(done)s of %(total)s") % {"done": self.done, "total": self.total}
        return said if self.share is None else f"{said} ({in_percent(self.share)})"

    @property
    def sentence(self) -> str:
        """The band in a word about this part."""
        if self.total:
            return str(SAID[self.part]) % {"band": self.band.label}
        return gettext("nobody wrote it down") if self.unknown else str(Band.NO_DATA.label)


SAID = {
    Part.COMMITMENTS: _("kept: %(band)s"),
    Part.ACTIVITIES: _("done: %(band)s"),
    Part.REPORTS: _("handed in: %(band)s"),
    Part.MEETINGS: _("there: %(band)s"),
    Part.DECISIONS: _("carried out: %(band)s"),
}


class Criterion(models.TextChoices):
    """What only people can say (F38, and the aims of Localization: GNWP 2018)."""

    AGENDA = "agenda", _("Puts Women, Peace and Security on the council's agenda")
    ROOM = "room", _("Gives room to women and youth in decisions")
    MEANS = "means", _("Lets money and staff follow the words")
    LISTENS = "listens", _("Listens, and answers")
    PROTECTS = "protects", _("Protects those who speak up")


class Mark(models.IntegerChoices):
    NOT_AT_ALL = 0, _("Not at all")
    A_LITTLE = 1, _("A little")
    IN_PART = 2, _("In part")
    MOSTLY = 3, _("Mostly")
    FULLY = 4, _("Fully")


def marks_from(given: Mapping[str, Any]) -> dict[str, int]:
    """The marks that stand in a row, without what this method does not know."""
    known = {criterion.value for criterion in Criterion}
    return {key: mark for key, mark in given.items() if key in known and mark in Mark.values}


def are_apart(one: int | None, other: int | None) -> bool:
    """Whether the two sides should talk about a criterion."""
    return one is not None and other is not None and abs(one - other) >= APART


METHOD_TEXT = (
    _("It concerns the office, not a person: it spans all terms of the period and names nobody."),
    _("Counted is what fell due from %(start)s to %(end)s. What was not due yet is not counted."),
    _(
        "Commitments made at workshops, and decisions of committees, that the office is to carry out: in "
        "time when they were closed by their due day, else late."
    ),
    _(
        "Activities that the office leads in adopted plans, by their end: in time when an approved report "
        "says “done” for the quarter in which they end, or an earlier one."
    ),
    _("Reports on these activities: in time when they were handed in by the quarter's due day."),
    _(
        "Meetings held by committees where the office has a seat: there is who came or sent somebody. "
        "Meetings without a list of who came are not counted."
    ),
    _(
        "Money: the budget lines of these activities in the fiscal years that the period touches; received "
        "is what was paid out to them."
    ),
    _(
        "A share is given from five on, below that the count alone. Most means two thirds or more, few means "
        "less than one third."
    ),
    _(
        "Each side of the committee gives marks from 0 (not at all) to 4 (fully) without knowing the "
        "other's. Two or more marks apart: to be talked about."
    ),
    _("There is no total and no ranking: offices differ in what they were asked to do."),
)


def method_words(start: datetime.date, to: datetime.date) -> list[str]:
    """How it was counted, printed on page and paper: whoever is assessed can count it again."""
    words = {"start": date_format(start), "end": date_format(to)}
    return [str(text) % words if "%(start)s" in str(text) else str(text) for text in METHOD_TEXT]


def period_words(start: datetime.date, end: datetime.date) -> str:
    """ "2026", "2026, first half", or the two days."""
    months = (start.month, start.day, end.month, end.day)
    if start.year == end.year and months in HALVES:
        half = HALVES[months]
        return str(half) % {"year": start.year} if half else str(start.year)
    return f"{date_format(start)} – {date_format(end)}"


HALVES: dict[tuple[int, int, int, int], Any] = {
    (1, 1, 12, 31): "",
    (1, 1, 6, 30): _("%(year)s, first half"),
    (7, 1, 12, 31): _("%(year)s, second half"),
}
