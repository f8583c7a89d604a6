"""How far a plan came: its quarters, how each activity stands, and what nobody reported."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models.functions import Substr
from django.utils.translation import gettext

from frameworks.pillars import Pillar
from plans.lights import TONES, Light, is_expected, light_of
from plans.models import (
    Activity,
    ActivityState,
    Indicator,
    LocalActionPlan,
    ProgressUpdate,
    ReportingPeriod,
    UpdateState,
)
from plans.reports.overdue import (
    finished_on,
    is_awaited,
    with_implementation,
)
from plans.reports.standing import ActivityProgress, Bar, Said, Share, share_of
from plans.reports.values import IndicatorShown, latest_values, with_latest

LONGEST_EXCERPT = 200

# How an update looks (components/state.html).
UPDATE_TONES: dict[str, str] = {
    UpdateState.DRAFT: "",
    UpdateState.SUBMITTED: "going",
    UpdateState.RETURNED: "warn",
    UpdateState.APPROVED: "done",
}


@dataclass(frozen=True)
class Entry:
    """One activity that is expected in a quarter, with its update if somebody began one."""

    row: ActivityProgress
    said: Said | None
    is_late: bool = False  # the quarter is past its due day

    @property
    def is_missing(self) -> bool:
        return self.said is None or not self.said.came

    @property
    def state_label(self) -> str:
        return str(UpdateState(self.said.state).label) if self.said else self._silence

    @property
    def _silence(self) -> str:
        return gettext("Missing") if self.is_late else gettext("To write")

    @property
    def tone(self) -> str:
        return UPDATE_TONES[self.said.state] if self.said else "warn" if self.is_late else ""

    @property
    def is_approved(self) -> bool:
        return self.said is not None and self.said.state == UpdateState.APPROVED

    @property
    def reported(self) -> str:
        """How far the activity is, in the words of its update."""
        return str(ActivityState(self.said.activity_state).label) if self.said else ""


@dataclass(frozen=True)
class QuarterProgress:
    """One quarter: whether it can be written, and how many of its updates came."""

    period: ReportingPeriod
    entries: list[Entry]
    today: datetime.date

    @property
    def missing(self) -> list[Entry]:
        return [each for each in self.entries if each.is_missing]

    @property
    def came(self) -> int:
        return len(self.entries) - len(self.missing)

    @property
    def waiting(self) -> int:
        """Sent in, and not decided yet."""
        return sum(1 for each in self.entries if each.said and each.said.state == UpdateState.SUBMITTED)

    @property
    def is_current(self) -> bool:
        return self.period.start <= self.today <= self.period.end

    @property
    def has_begun(self) -> bool:
        return self.period.start <= self.today

    @property
    def is_open(self) -> bool:
        return self.period.is_open(self.today)

    @property
    def is_late(self) -> bool:
        return self.period.is_late(self.today) and bool(self.missing)

    @property
    def standing(self) -> tuple[str, str]:
        """A word and its tone."""
        if not self.has_begun:
            return gettext("To come"), ""
        if not self.entries:
            return gettext("Nothing to report"), ""
        if not self.missing:
            return gettext("Complete"), "done"
        if not self.is_open:
            return gettext("Locked"), ""
        return (gettext("Overdue"), "warn") if self.is_late else (gettext("Open"), "going")


@dataclass(frozen=True)
class PlanProgress:
    """A plan as the page of its progress shows it, from four queries however long it is."""

    plan: LocalActionPlan
    rows: list[ActivityProgress]
    quarters: list[QuarterProgress]
    today: datetime.date

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, *, today: datetime.date) -> "PlanProgress":
        numbers = {
            pk: number
            for number, pk in enumerate(
                plan.objectives.order_by("order", "pk").values_list("pk", flat=True), start=1
            )
        }
        activities = list(
            Activity.objects.filter(objective__plan=plan)
            .select_related("objective", "responsible__organization")
            .order_by("objective__order", "objective__pk", "order", "pk")
        )
        periods = list(with_implementation(plan.periods.order_by("start")))
        known = _known(ProgressUpdate.objects.filter(period__plan=plan))
        rows, places = [], Counter[int]()
        for activity in activities:
            places[activity.objective_id] += 1
            number = f"{numbers[activity.objective_id]}.{places[activity.objective_id]}"
            rows.append(_row(plan, number, activity, periods, known.get(activity.pk, {}), today=today))
        quarters = [QuarterProgress(period, _entries(rows, period, today=today), today) for period in periods]
        return cls(plan, rows, quarters, today)

    @cached_property
    def by_light(self) -> list[tuple[Light, str, int]]:
        """How many activities stand how: the light, its tone, the number."""
        found = Counter(row.light for row in self.rows)
        return [(light, TONES[light], found[light]) for light in Light if found[light]]

    def _share(self, *lights: Light) -> Share:
        return share_of(self.rows, lights)

    @property
    def done(self) -> Share:
        return self._share(Light.DONE)

    @property
    def on_track(self) -> Share:
        return self._share(Light.DONE, Light.ON_TIME)

    @property
    def by_pillar(self) -> list[tuple[str, int, Share, int]]:
        """Pillar, its activities, the share done, and how many are in trouble or silent."""
        found = []
        trouble = {Light.LATE, Light.DELAYED, Light.BLOCKED, Light.SUSPENDED, Light.NOT_REPORTED}
        for pillar in Pillar:
            rows = [row for row in self.rows if row.activity.objective.pillar == pillar]
            if rows:
                troubled = sum(1 for row in rows if row.light in trouble)
                found.append((str(pillar.label), len(rows), share_of(rows, (Light.DONE,)), troubled))
        return found

    @cached_property
    def focus(self) -> QuarterProgress | None:
        """The quarter to write now: the first that is over, open and not complete; else the running one."""
        begun = [each for each in self.quarters if each.has_begun and each.is_open]
        over = [each for each in begun if each.period.end < self.today and each.missing]
        return over[0] if over else (begun[-1] if begun else None)

    @property
    def to_write(self) -> set[int]:
        """Keys of the activities whose update is missing in the quarter to write now."""
        return {each.row.activity.pk for each in self.focus.missing} if self.focus else set()

    @property
    def begun(self) -> list[QuarterProgress]:
        return [each for each in self.quarters if each.has_begun]

    @property
    def to_come(self) -> list[QuarterProgress]:
        return [each for each in self.quarters if not each.has_begun]

    @property
    def today_at(self) -> float | None:
        """Where today lies on the timeline, in per cent; None outside the plan's period."""
        plan = self.plan
        if not plan.period_start <= self.today <= plan.period_end:
            return None
        return Bar.between(plan, self.today, self.today).start

    @property
    def quarter_starts(self) -> list[float]:
        return [
            Bar.between(self.plan, each.period.start, each.period.end).start for each in self.quarters[1:]
        ]


Known = dict[int, dict[int, Said]]  # activity → period → what was said


def _known(updates: Any) -> Known:
    found: Known = {}
    rows = updates.values_list(
        "activity_id", "period_id", "state", "activity_state", Substr("done", 1, LONGEST_EXCERPT)
    )
    for activity, period, state, activity_state, excerpt in rows:
        found.setdefault(activity, {})[period] = Said(state, activity_state, excerpt)
    return found


def _row(
    plan: LocalActionPlan,
    number: str,
    activity: Activity,
    periods: list[Any],
    said: dict[int, Said],
    *,
    today: datetime.date,
) -> ActivityProgress:
    approved = [each for each in periods if each.pk in said and said[each.pk].state == UpdateState.APPROVED]
    end = finished_on(activity, approved, {each.pk: said[each.pk].activity_state for each in approved})
    due = [each for each in periods if each.is_late(today) and _is_expected(activity, each, end)]
    light = light_of(
        activity,
        today=today,
        was_due=bool(due),
        is_missing=bool(due) and not (due[-1].pk in said and said[due[-1].pk].came),
        is_reported=bool(approved),
    )
    start, last = activity.starts_on, activity.ends_on
    return ActivityProgress(
        number=number,
        activity=activity,
        light=light,
        is_reported=bool(approved),
        bar=Bar.between(plan, start or plan.period_start, last or plan.period_end) if start or last else None,
        finished_on=end,
        said=said,
        latest=said[approved[-1].pk] if approved else None,
        latest_period=approved[-1] if approved else None,
    )


def _is_expected(activity: Activity, period: Any, finished: datetime.date | None) -> bool:
    return is_awaited(period) and is_expected(
        activity, start=period.start, end=period.end, finished_on=finished
    )


def _entries(rows: list[ActivityProgress], period: ReportingPeriod, *, today: datetime.date) -> list[Entry]:
    """The activities that belong to the quarter: expected in it, or written about all the same."""
    return [
        Entry(row, row.said.get(period.pk), period.is_late(today))
        for row in rows
        if period.pk in row.said or _is_expected(row.activity, period, row.finished_on)
    ]


def with_indicators(
    rows: list[ActivityProgress], *, with_small_numbers: bool
) -> list[tuple[ActivityProgress, list[IndicatorShown]]]:
    """The rows of one page with their indicators and latest approved values. Two queries."""
    indicators = list(
        with_latest(Indicator.objects.filter(activity__in=[row.activity.pk for row in rows])).order_by("pk")
    )
    values = latest_values(indicators)
    shown: dict[int, list[IndicatorShown]] = {}
    for each in indicators:
        shown.setdefault(each.activity_id, []).append(
            IndicatorShown.of_value(each, values.get(each.pk), with_small_numbers=with_small_numbers)
        )
    return [(row, shown.get(row.activity.pk, [])) for row in rows]
