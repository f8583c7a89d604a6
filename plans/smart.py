"""What a plan still lacks before its committee can submit it. Pure: works on values, asks no database.

BR8 to BR11 (domain.md §6): specific, measurable, achievable, relevant, time-bound and both lenses
(GNWP, 2018); costed from the very beginning, or openly without cost (International Alert, 2020).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Gap:
    """Something that is missing, in words, and the form field where it is filled in."""

    field: str
    text: str | Promise


class ActivityFacts(Protocol):
    responsible_id: int | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    cost: Decimal | None
    no_cost: bool
    gender_lens: str
    conflict_lens: str


class IndicatorFacts(Protocol):
    text: str
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: datetime.date
    end: datetime.date

    def holds(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end


def is_percentage(unit: str) -> bool:
    """Whether values in this unit are parts of a hundred."""
    return unit.strip().casefold() in {"%", "percent", "per cent", "percentage", "pour cent", "por ciento"}


def activity_gaps(
    activity: ActivityFacts, indicators: Iterable[IndicatorFacts], *, period: Period
) -> list[Gap]:
    """What one activity lacks, in the order of its form."""
    gaps = []
    if activity.responsible_id is None:
        gaps.append(Gap("position_title", _("who is responsible")))
    gaps += _date_gaps(activity, period)
    if activity.cost is None and not activity.no_cost:
        gaps.append(Gap("cost", _("the cost, or “no cost”")))
    gaps += _indicator_gaps(list(indicators))
    if not activity.gender_lens.strip():
        gaps.append(Gap("gender_lens", _("the gender lens")))
    if not activity.conflict_lens.strip():
        gaps.append(Gap("conflict_lens", _("the peace and conflict lens")))
    return gaps


def _date_gaps(activity: ActivityFacts, period: Period) -> list[Gap]:
    """Both dates, inside the plan's period: it may have been shortened since."""
    gaps = []
    for field, day, missing, outside in (
        ("starts_on", activity.starts_on, _("the start"), _("a start within the plan's period")),
        ("ends_on", activity.ends_on, _("the end"), _("an end within the plan's period")),
    ):
        if day is None:
            gaps.append(Gap(field, missing))
        elif not period.holds(day):
            gaps.append(Gap(field, outside))
    return gaps


def _indicator_gaps(indicators: list[IndicatorFacts]) -> list[Gap]:
    if not indicators:
        return [Gap("indicator_text", _("an indicator with baseline and target"))]
    gaps = []
    if any(indicator.baseline is None for indicator in indicators):
        gaps.append(Gap("baseline", _("the indicator's baseline")))
    if any(indicator.target is None for indicator in indicators):
        gaps.append(Gap("target", _("the indicator's target")))
    return gaps


def objective_gaps(*, is_aligned: bool, local_reason: str, activities: int) -> list[Gap]:
    """An objective serves an item of the National Action Plan, or says why it matters here."""
    gaps = []
    if not is_aligned and not local_reason.strip():
        gaps.append(Gap("local_reason", _("an item of the National Action Plan that it serves, or a reason")))
    if not activities:
        gaps.append(Gap("activities", _("an activity")))
    return gaps


def plan_gaps(*, has_nap: bool, no_nap_reason: str, objectives: int) -> list[Gap]:
    """What the plan as a whole lacks."""
    gaps = []
    if not has_nap and not no_nap_reason.strip():
        gaps.append(Gap("no_nap_reason", _("why the plan follows no National Action Plan")))
    if not objectives:
        gaps.append(Gap("objectives", _("an objective")))
    return gaps
