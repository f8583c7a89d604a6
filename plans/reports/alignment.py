"""What a plan serves, statement by statement, with the chain up to the resolutions (F05, F06)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frameworks.models import NapState, Provision, ProvisionLink
from plans.copying import is_copied
from plans.models import Activity, Alignment, AlignmentState, LocalActionPlan, Objective
from plans.reports.matrix import COPIED_WARNING, Coverage


class Shown(TextChoices):
    """What the page is narrowed to."""

    ALL = "", _("Everything")
    OPEN = "open", _("To be reviewed")
    DOUBTED = "doubted", _("Doubted")
    NOTHING = "nothing", _("Serves nothing yet")


@dataclass(frozen=True)
class Statement:
    """One statement, what the provision carries out in turn, and how its review stands."""

    alignment: Alignment
    chain: list[Provision]
    text: str  # of the provision, in the plan's language where it is known
    is_own: bool  # stated by the reader, who may not review it

    @property
    def is_outdated(self) -> bool:
        """Reviewed, but the text changed since."""
        return self.alignment.state != AlignmentState.STATED and not self.alignment.is_reviewed

    @property
    def is_open(self) -> bool:
        return self.alignment.state == AlignmentState.STATED or self.is_outdated

    @property
    def is_over(self) -> bool:
        """About a National Action Plan that was replaced."""
        return self.alignment.provision.framework.state == NapState.SUPERSEDED

    @property
    def label(self) -> str:
        if self.is_outdated:
            return gettext("Text changed since the review")
        return str(self.alignment.get_state_display())

    @property
    def tone(self) -> str:
        if self.is_outdated:
            return "warn"
        tones = {AlignmentState.CONFIRMED: "done", AlignmentState.DOUBTED: "stop"}
        return tones.get(AlignmentState(self.alignment.state), "")


@dataclass(frozen=True)
class Line:
    """An objective or activity with its number in the plan and what it states."""

    number: str
    item: Any  # Objective | Activity
    statements: list[Statement]

    @property
    def has_open(self) -> bool:
        return any(each.is_open for each in self.statements)

    @property
    def has_doubted(self) -> bool:
        return any(each.alignment.state == AlignmentState.DOUBTED for each in self.statements)


@dataclass(frozen=True)
class ObjectiveLines:
    """An objective and its activities: an activity that states nothing serves what its objective does."""

    line: Line
    activities: list[Line]
    is_copied: bool = False

    @property
    def is_local(self) -> bool:
        return not self.line.statements

    @property
    def is_local_with_reason(self) -> bool:
        return self.is_local and bool(self.line.item.local_reason)

    @property
    def serves_nothing(self) -> bool:
        return self.is_local and not self.line.item.local_reason

    @property
    def speaking(self) -> list[Line]:
        return [line for line in self.activities if line.statements]

    @property
    def silent(self) -> list[Line]:
        return [line for line in self.activities if not line.statements]

    def fits(self, shown: str) -> bool:
        lines = [self.line, *self.activities]
        if shown == Shown.OPEN:
            return any(line.has_open for line in lines)
        if shown == Shown.DOUBTED:
            return any(line.has_doubted for line in lines)
        return shown != Shown.NOTHING or self.serves_nothing


@dataclass(frozen=True)
class PlanAlignment:
    """The tab "Alignment" of a plan. Five queries, however long it is."""

    plan: LocalActionPlan
    objectives: list[ObjectiveLines]
    coverage: Coverage = field(default_factory=Coverage)

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, *, reader: Any) -> "PlanAlignment":
        objectives = list(plan.objectives.select_related("started_from").order_by("order", "pk"))
        activities: dict[int, list[Activity]] = {}
        known = {objective.pk: objective for objective in objectives}
        for activity in Activity.objects.filter(objective__plan=plan).order_by("order", "pk"):
            activity.objective = known[activity.objective_id]
            activities.setdefault(activity.objective_id, []).append(activity)
        stated = _statements(plan, reader=reader)
        rows = []
        for number, objective in enumerate(objectives, start=1):
            own = stated.get(("objective", objective.pk), [])
            lines = [
                Line(f"{number}.{place}", activity, _of(activity, stated.get(("activity", activity.pk), [])))
                for place, activity in enumerate(activities.get(objective.pk, []), start=1)
            ]
            line = Line(str(number), objective, _of(objective, own))
            rows.append(ObjectiveLines(line, lines, _is_copied(objective, own, plan.language)))
        items = plan.nap.provisions.items().order_by("order") if plan.nap else ()
        return cls(plan, rows, _coverage(items, rows))

    @cached_property
    def statements(self) -> list[Statement]:
        lines = [line for row in self.objectives for line in [row.line, *row.activities]]
        return [each for line in lines for each in line.statements]

    @property
    def confirmed(self) -> int:
        return sum(
            each.alignment.state == AlignmentState.CONFIRMED for each in self.statements if not each.is_open
        )

    @property
    def open(self) -> int:
        return sum(each.is_open for each in self.statements)

    @property
    def over(self) -> int:
        return sum(each.is_over for each in self.statements)

    @property
    def linked(self) -> int:
        return sum(not row.is_local for row in self.objectives)

    @property
    def local(self) -> list[ObjectiveLines]:
        """Local priorities, each with its reason (F06)."""
        return [row for row in self.objectives if row.is_local_with_reason]

    @property
    def unlinked(self) -> list[ObjectiveLines]:
        """Neither linked nor explained."""
        return [row for row in self.objectives if row.serves_nothing]

    @property
    def copied(self) -> list[ObjectiveLines]:
        """Objectives that are still the national text, when they are too many to be local (BR19)."""
        found = [row for row in self.objectives if row.is_copied]
        return found if len(found) * 100 > COPIED_WARNING * len(self.objectives) else []


def _statements(plan: LocalActionPlan, *, reader: Any) -> dict[tuple[str, int], list[Statement]]:
    rows = (
        Alignment.objects.of_plan(plan)
        .select_related("provision__framework", "stated_by", "reviewer")
        .order_by("provision__framework__kind", "provision__framework", "provision__order", "pk")
    )
    found = list(rows)
    chains = chains_of(each.provision_id for each in found)
    stated: dict[tuple[str, int], list[Statement]] = {}
    for each in found:
        kind = "objective" if each.objective_id else "activity"
        key = (kind, each.objective_id or each.activity_id or 0)
        stated.setdefault(key, []).append(
            Statement(
                alignment=each,
                chain=chains.get(each.provision_id, []),
                text=each.provision.text_in(plan.language),
                is_own=each.stated_by_id == reader.pk,
            )
        )
    return stated


def chains_of(provisions: Iterable[int]) -> dict[int, list[Provision]]:
    """By key of each provision, what it carries out in turn. One query."""
    chains: dict[int, list[Provision]] = {}
    links = ProvisionLink.objects.serving().filter(lower__in=set(provisions))
    for link in links.select_related("upper__framework").order_by(
        "-upper__framework__kind", "upper__framework__code", "upper__order"
    ):
        chains.setdefault(link.lower_id, []).append(link.upper)
    return chains


def _of(item: Objective | Activity, statements: list[Statement]) -> list[Statement]:
    """The statements, knowing their item without another query."""
    for each in statements:
        if isinstance(item, Objective):
            each.alignment.objective = item
        else:
            each.alignment.activity = item
    return statements


def _is_copied(objective: Objective, statements: list[Statement], language: str) -> bool:
    near = [each.alignment.provision for each in statements]
    if objective.started_from:
        near.append(objective.started_from)
    return is_copied(objective.text, {text for each in near for text in (each.text, each.text_in(language))})


def _coverage(items: Iterable[Provision], rows: list[ObjectiveLines]) -> Coverage:
    """Objectives and activities both serve an item."""
    serving: dict[int, list[str]] = {}
    for row in rows:
        for line in [row.line, *row.activities]:
            for each in line.statements:
                serving.setdefault(each.alignment.provision_id, []).append(line.number)
    return Coverage.from_serving(items, serving)
