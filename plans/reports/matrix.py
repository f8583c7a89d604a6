"""Read models of a plan: the matrix, what it covers of the National Action Plan, what it lacks."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext

from frameworks.models import Provision
from frameworks.pillars import Pillar
from localities.coverage import percent
from plans.copying import is_copied
from plans.models import (
    LONGEST_TEXT,
    Activity,
    ActivityState,
    Alignment,
    Indicator,
    LocalActionPlan,
    Objective,
)
from plans.smart import Gap, Period, activity_gaps, objective_gaps, plan_gaps
from workshops.models import NapVote, Workshop
from workshops.reports.results import RankedItem

ACTIVITY_TONES: dict[ActivityState, str] = {
    ActivityState.PLANNED: "",
    ActivityState.ONGOING: "going",
    ActivityState.DONE: "done",
    ActivityState.DELAYED: "warn",
    ActivityState.BLOCKED: "stop",
    ActivityState.SUSPENDED: "warn",
    ActivityState.DROPPED: "stop",
}

# A plan of many activities is read on weak links: its page shows the beginning of each.
MANY, BEGINNING = 60, 60
COPIED_WARNING = 70  # percent of objectives that are the national text, or nearly (BR19)


def voted_items(plan: LocalActionPlan, user: Any) -> dict[int, RankedItem]:
    """What groups voted to be most relevant (F21), by key of the item: at the workshop that the plan's
    committee comes from, whose totals the committee may know, and at those in its locality that `user`
    may see."""
    here = Q(pk__in=Workshop.objects.visible_to(user).filter(locality=plan.locality_id).values("pk"))
    workshops = Workshop.objects.filter(here | Q(committees=plan.committee_id)).values("pk")
    votes = NapVote.objects.filter(provision__framework=plan.nap_id, workshop__in=workshops)
    return {
        each.provision.pk: each for each in RankedItem.from_votes(list(votes.select_related("provision")))
    }


@dataclass(frozen=True)
class ActivityRow:
    """One line of the matrix. `number` is its place in the plan: 2.3."""

    number: str
    activity: Activity
    indicators: list[Indicator]
    gaps: list[Gap]
    provisions: Sequence[Provision] = ()  # what it serves beyond its objective

    @property
    def tone(self) -> str:
        """How the activity's state looks (components/state.html)."""
        return ACTIVITY_TONES[ActivityState(self.activity.state)]

    @property
    def dates(self) -> str:
        """Months are enough to read a matrix: "Mar–Sep 2027", "Nov 2026 – Feb 2027"."""
        start, end = self.activity.starts_on, self.activity.ends_on
        if start is None and end is None:
            return ""
        if start and end and (start.year, start.month) == (end.year, end.month):
            return _month(start)
        if start and end and start.year == end.year:
            return f"{date_format(start, 'M')}–{_month(end)}"
        return f"{_month(start)} – {_month(end)}"


def _month(day: datetime.date | None) -> str:
    return date_format(day, "M Y") if day else "…"


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective with what it serves and its activities."""

    number: int
    objective: Objective
    provisions: list[Provision]
    activities: list[ActivityRow]

    @property
    def is_local(self) -> bool:
        return not self.provisions

    @cached_property
    def gaps(self) -> list[Gap]:
        return objective_gaps(
            is_aligned=bool(self.provisions),
            local_reason=self.objective.local_reason,
            activities=len(self.activities),
        )

    @property
    def serves(self) -> list[str]:
        """Items of the plan's own National Action Plan by number, others with their framework."""
        nap = self.objective.plan.nap_id
        return [
            each.code if each.framework_id == nap else f"{each.framework.code} {each.code}"
            for each in self.provisions
        ]

    @cached_property
    def is_copied(self) -> bool:
        """Still the text, or nearly, of what it serves or was started from, in the plan's language or
        as it was loaded (BR19)."""
        language, origin = self.objective.plan.language, self.objective.started_from
        near = [*self.provisions, origin] if origin else self.provisions
        return is_copied(
            self.objective.text, {text for each in near for text in (each.text, each.text_in(language))}
        )


@dataclass(frozen=True)
class PillarCoverage:
    """How many items of one pillar the plan serves."""

    label: str
    served: int
    total: int

    @property
    def share(self) -> int:
        return percent(self.served, self.total)


@dataclass(frozen=True)
class Coverage:
    """The items of the National Action Plan that some objective or activity serves, and the others.

    An item that belongs to two pillars counts in both."""

    served: list[tuple[Provision, list[str]]] = field(default_factory=list)
    not_served: list[Provision] = field(default_factory=list)

    @classmethod
    def from_serving(cls, items: Iterable[Provision], serving: dict[int, list[str]]) -> "Coverage":
        """`serving`: by key of an item the numbers of the objectives and activities that serve it."""
        found = list(items)
        return cls(
            served=[(item, serving[item.pk]) for item in found if item.pk in serving],
            not_served=[item for item in found if item.pk not in serving],
        )

    @property
    def total(self) -> int:
        return len(self.served) + len(self.not_served)

    @property
    def share(self) -> int:
        return percent(len(self.served), self.total)

    @property
    def by_pillar(self) -> list[PillarCoverage]:
        served = [pillar for item, _ in self.served for pillar in item.pillars]
        every = served + [pillar for item in self.not_served for pillar in item.pillars]
        return [
            PillarCoverage(str(pillar.label), served.count(pillar), every.count(pillar))
            for pillar in Pillar
            if pillar in every
        ]


@dataclass(frozen=True)
class Shortcoming:
    """What one part of the plan lacks; `lacks` pairs the words with the address of the field."""

    subject: str
    text: str
    lacks: list[tuple[str, str]]


@dataclass(frozen=True)
class PlanMatrix:
    """A plan as its page, its checklist and its paper show it. Six queries, however long it is."""

    plan: LocalActionPlan
    objectives: list[ObjectiveRow]
    coverage: Coverage

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, *, with_coverage: bool = True) -> "PlanMatrix":
        objectives = list(plan.objectives.select_related("started_from").order_by("order", "pk"))
        served: dict[tuple[int | None, int | None], list[Provision]] = {}
        for alignment in (
            Alignment.objects.of_plan(plan)
            .select_related("provision__framework")
            .order_by("provision__framework__kind", "provision__framework", "provision__order")
        ):
            item = alignment.objective_id, alignment.activity_id
            served.setdefault(item, []).append(alignment.provision)
        indicators: dict[int, list[Indicator]] = {}
        for indicator in Indicator.objects.filter(activity__objective__plan=plan).order_by("pk"):
            indicators.setdefault(indicator.activity_id, []).append(indicator)
        activities: dict[int, list[Activity]] = {}
        for activity in (
            Activity.objects.filter(objective__plan=plan)
            .select_related("responsible__organization")
            .order_by("order", "pk")
        ):
            activities.setdefault(activity.objective_id, []).append(activity)
        period = Period(plan.period_start, plan.period_end)
        rows = [
            ObjectiveRow(
                number=number,
                objective=objective,
                provisions=served.get((objective.pk, None), []),
                activities=_activity_rows(
                    number, activities.get(objective.pk, []), indicators, served, period
                ),
            )
            for number, objective in enumerate(objectives, start=1)
        ]
        items = plan.nap.provisions.items().order_by("order") if plan.nap and with_coverage else ()
        return cls(plan=plan, objectives=rows, coverage=Coverage.from_serving(items, _serving(rows)))

    @cached_property
    def activities(self) -> list[ActivityRow]:
        return [activity for row in self.objectives for activity in row.activities]

    @property
    def longest_shown(self) -> int:
        """How many characters of an activity the plan's page shows unless asked for the whole."""
        return BEGINNING if len(self.activities) > MANY else LONGEST_TEXT

    @property
    def longest_text(self) -> int:
        return max((len(row.activity.text) for row in self.activities), default=0)

    @property
    def cost(self) -> Decimal:
        return sum((row.activity.cost for row in self.activities if row.activity.cost), Decimal(0))

    @property
    def costed(self) -> int:
        """Activities with a cost, or openly without one (BR11)."""
        return sum(1 for row in self.activities if row.activity.no_cost or row.activity.cost is not None)

    @property
    def share_costed(self) -> int | None:
        """In percent; None without activities."""
        return percent(self.costed, len(self.activities)) if self.activities else None

    @property
    def copied(self) -> int:
        """How many objectives are still the national text, when that is too many to be local (BR19)."""
        return len(self.copied_rows)

    @cached_property
    def copied_rows(self) -> list[ObjectiveRow]:
        """Those objectives, to be named; none while enough of them are the plan's own."""
        copied = [row for row in self.objectives if row.is_copied]
        return copied if len(copied) * 100 > COPIED_WARNING * len(self.objectives) else []

    @cached_property
    def own_gaps(self) -> list[Gap]:
        """What the plan as a whole lacks."""
        return plan_gaps(
            has_nap=self.plan.nap_id is not None,
            no_nap_reason=self.plan.no_nap_reason,
            objectives=len(self.objectives),
        )

    @cached_property
    def gap_count(self) -> int:
        in_objectives = sum(len(row.gaps) for row in self.objectives)
        return len(self.own_gaps) + in_objectives + sum(len(row.gaps) for row in self.activities)

    @property
    def shortcomings(self) -> list[Shortcoming]:
        """Everything that stands in the way of submission, in the order of the plan."""
        code = self.plan.code
        where = {
            "no_nap_reason": reverse("plan_edit", args=[code]) + "#id_no_nap_reason",
            "objectives": reverse("objective_new", args=[code]),
        }
        found = [
            Shortcoming(gettext("The plan"), "", [(str(gap.text), where[gap.field]) for gap in self.own_gaps])
        ]
        for row in self.objectives:
            found.append(_objective_shortcoming(code, row))
            found += [_activity_shortcoming(code, activity) for activity in row.activities]
        return [shortcoming for shortcoming in found if shortcoming.lacks]


def _serving(rows: list[ObjectiveRow]) -> dict[int, list[str]]:
    serving: dict[int, list[str]] = {}
    for row in rows:
        for provision in row.provisions:
            serving.setdefault(provision.pk, []).append(str(row.number))
        for activity in row.activities:
            for provision in activity.provisions:
                serving.setdefault(provision.pk, []).append(activity.number)
    return serving


def _activity_rows(
    objective: int,
    activities: list[Activity],
    indicators: dict[int, list[Indicator]],
    served: dict[tuple[int | None, int | None], list[Provision]],
    period: Period,
) -> list[ActivityRow]:
    rows = []
    for number, activity in enumerate(activities, start=1):
        own = indicators.get(activity.pk, [])
        gaps = activity_gaps(activity, own, period=period)
        provisions = served.get((None, activity.pk), [])
        rows.append(ActivityRow(f"{objective}.{number}", activity, own, gaps, provisions))
    return rows


def _objective_shortcoming(code: str, row: ObjectiveRow) -> Shortcoming:
    edit = reverse("objective_edit", args=[code, row.objective.code])
    add = reverse("activity_new", args=[code, row.objective.code])
    return Shortcoming(
        gettext("Objective %(number)s") % {"number": row.number},
        row.objective.text,
        [(str(gap.text), add if gap.field == "activities" else f"{edit}#id_{gap.field}") for gap in row.gaps],
    )


def activity_gap_url(code: str, row: ActivityRow, gap: Gap) -> str:
    """The field where a gap of an activity is mended: in its own form, or in that of its indicator."""
    if gap.part:
        return reverse("indicator_edit", args=[code, gap.part]) + f"#id_{gap.field}"
    return reverse("activity_edit", args=[code, row.activity.code]) + f"#id_{gap.field}"


def _activity_shortcoming(code: str, row: ActivityRow) -> Shortcoming:
    return Shortcoming(
        gettext("Activity %(number)s") % {"number": row.number},
        row.activity.text,
        [(str(gap.text), activity_gap_url(code, row, gap)) for gap in row.gaps],
    )
