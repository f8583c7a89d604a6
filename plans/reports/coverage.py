"""What the local plans of a country serve of its National Action Plan: items × plans, both ways.

A statement that a reviewer doubts stands until the committee changes it: it counts, and is told apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language, gettext, ngettext

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee
from frameworks.models import Framework, Provision
from localities.coverage import percent
from localities.models import Country, Locality
from plans.models import Alignment, AlignmentState, LocalActionPlan, LocalActionPlanQuerySet, Strength
from plans.states import IN_FORCE_STATES, PlanState

# Not counted among a country's plans: given up, refused, or replaced by a newer one.
LEFT_OUT = (PlanState.WITHDRAWN, PlanState.REJECTED, PlanState.SUPERSEDED)
RANK = {Strength.DIRECT.value: 3, Strength.PARTIAL.value: 2, Strength.SUPPORTING.value: 1}
DOUBTED = "doubted"


def countries_seen_by(user: User) -> QuerySet[Country]:
    """Countries in which the user sees work, or belongs to a committee. Of the others the pages on
    coverage say nothing, not even that they exist."""
    places = Locality.objects.filter(user.scope.rows(Capability.SEE_WORK, locality="")).order_by()
    committees = Committee.objects.giving_access_to(user).order_by()
    return Country.objects.visible_to(user).filter(
        Q(pk__in=user.scope.countries(Capability.SEE_WORK))  # also one without any locality yet
        | Q(pk__in=places.values("country"))
        | Q(pk__in=committees.values("locality__country"))
    )


def plans_counted(user: User, country: Country, *, adopted_only: bool) -> LocalActionPlanQuerySet:
    """The country's plans that `user` may see: those in force, or also those being written."""
    plans = LocalActionPlan.objects.visible_to(user).filter(locality__country=country)
    if adopted_only:
        return plans.filter(state__in=IN_FORCE_STATES)
    return plans.exclude(state__in=LEFT_OUT)


def nap_to_show(country: Country, naps: Iterable[Framework], *, in_force: set[int]) -> Framework | None:
    """The one in force; else the newest whose items are known."""
    known = sorted(naps, key=lambda nap: nap.generation or 0, reverse=True)
    return next((nap for nap in known if nap.pk in in_force), known[0] if known else None)


def naps_with_items(country: Country) -> QuerySet[Framework]:
    return (
        Framework.objects.naps()
        .filter(Exists(Provision.objects.filter(framework=OuterRef("pk"))), country=country)
        .order_by("-generation")
    )


@dataclass
class Cell:
    """How one plan serves one item."""

    objectives: int = 0
    activities: int = 0
    doubted: int = 0
    rank: int = 0

    def add(self, *, of_objective: bool, strength: str, state: str) -> None:
        self.objectives += of_objective
        self.activities += not of_objective
        if state == AlignmentState.DOUBTED:
            self.doubted += 1
        else:
            self.rank = max(self.rank, RANK[strength])

    @property
    def number(self) -> int:
        return self.objectives + self.activities

    @property
    def kind(self) -> str:
        """The strongest statement that nobody doubts; "doubted" when there is none such."""
        return next((strength for strength, rank in RANK.items() if rank == self.rank), DOUBTED)

    @property
    def label(self) -> str:
        return gettext("doubted") if self.kind == DOUBTED else str(Strength(self.kind).label).lower()

    @property
    def words(self) -> str:
        """ "direct, 2 objectives, 1 activity, 1 of them doubted"."""
        parts = [self.label]
        if self.objectives:
            parts.append(
                ngettext("%(number)s objective", "%(number)s objectives", self.objectives)
                % {"number": self.objectives}
            )
        if self.activities:
            parts.append(
                ngettext("%(number)s activity", "%(number)s activities", self.activities)
                % {"number": self.activities}
            )
        if self.doubted and self.kind != DOUBTED:
            parts.append(gettext("%(number)s of them doubted") % {"number": self.doubted})
        return ", ".join(parts)


@dataclass(frozen=True)
class PlanColumn:
    """One plan: what it serves, and what not."""

    plan: LocalActionPlan
    name: str
    follows: bool  # this National Action Plan, and not another one or none
    served: int
    total: int
    not_served: list[Provision]

    @property
    def share(self) -> int:
        return percent(self.served, self.total)


@dataclass(frozen=True)
class ItemRow:
    """One item: which plans serve it, and how. `cells` stand in the order of the columns."""

    item: Provision
    text: str
    group: str
    cells: list[Cell | None]
    served_by: list[tuple[PlanColumn, Cell]]

    @property
    def share(self) -> int:
        return percent(len(self.served_by), len(self.cells))

    @property
    def is_doubted(self) -> bool:
        """Served by statements alone that a reviewer doubts."""
        return bool(self.served_by) and all(cell.kind == DOUBTED for _plan, cell in self.served_by)


@dataclass(frozen=True)
class ItemGroup:
    """The items below one axis or pillar of the National Action Plan."""

    label: str
    rows: list[ItemRow] = field(default_factory=list)

    @property
    def served(self) -> int:
        return sum(bool(row.served_by) for row in self.rows)


@dataclass(frozen=True)
class CoverageMatrix:
    """Four queries, however many items and plans there are."""

    nap: Framework
    columns: list[PlanColumn]
    rows: list[ItemRow]

    @classmethod
    def from_plans(cls, nap: Framework, plans: QuerySet[LocalActionPlan]) -> "CoverageMatrix":
        listed = list(plans.select_related("locality").order_by("locality__name", "period_start", "code"))
        provisions = list(nap.provisions.order_by("order"))
        parents = {item.parent_id for item in provisions}
        items = [item for item in provisions if item.pk not in parents]
        cells = _cells(nap, plans)
        names = _names(listed)
        columns = [
            PlanColumn(
                plan,
                names[plan.pk],
                plan.nap_id == nap.pk,
                served=sum((item.pk, plan.pk) in cells for item in items),
                total=len(items),
                not_served=[item for item in items if (item.pk, plan.pk) not in cells],
            )
            for plan in listed
        ]
        groups = _groups(provisions)
        return cls(nap, columns, [_row(item, columns, cells, groups) for item in items])

    @cached_property
    def groups(self) -> list[ItemGroup]:
        """In the order of the document, the items under the headings of their axes."""
        found: dict[str, ItemGroup] = {}
        for row in self.rows:
            found.setdefault(row.group, ItemGroup(row.group)).rows.append(row)
        return list(found.values())

    def by_need(self) -> list[ItemGroup]:
        """The least served first, all under one heading."""
        rows = sorted(self.rows, key=lambda row: (len(row.served_by), row.item.order))
        return [ItemGroup(gettext("Least served first"), rows)] if rows else []

    @property
    def total(self) -> int:
        return len(self.rows)

    @cached_property
    def not_served(self) -> list[ItemRow]:
        """The gaps: items that no plan serves."""
        return [row for row in self.rows if not row.served_by]

    @property
    def served(self) -> int:
        return self.total - len(self.not_served)

    @property
    def share(self) -> int:
        return percent(self.served, self.total)

    @property
    def doubted(self) -> list[ItemRow]:
        return [row for row in self.rows if row.is_doubted]

    @cached_property
    def serving_none(self) -> list[PlanColumn]:
        """The gaps the other way: plans that serve no item."""
        return [column for column in self.columns if not column.served]


def _row(
    item: Provision,
    columns: list[PlanColumn],
    cells: dict[tuple[int, int], Cell],
    groups: dict[int | None, str],
) -> ItemRow:
    own = [cells.get((item.pk, column.plan.pk)) for column in columns]
    served_by = [(column, cell) for column, cell in zip(columns, own, strict=True) if cell]
    return ItemRow(item, item.text_in(get_language() or "en"), groups[item.parent_id], own, served_by)


def _groups(provisions: list[Provision]) -> dict[int | None, str]:
    """What the items below a provision are headed with: its number and text."""
    language = get_language() or "en"
    return {None: gettext("Items")} | {
        item.pk: f"{item.code} {item.text_in(language)}" for item in provisions
    }


def _names(plans: list[LocalActionPlan]) -> dict[int, str]:
    """The place, which is what a country's plans are told apart by; with its years where there are two."""
    times = Counter(plan.locality_id for plan in plans)
    return {
        plan.pk: str(plan.locality) if times[plan.locality_id] == 1 else f"{plan.locality} {plan.years}"
        for plan in plans
    }


def _cells(nap: Framework, plans: QuerySet[LocalActionPlan]) -> dict[tuple[int, int], Cell]:
    """(item, plan) → how it is served: two queries, as one with an "or" over both would be slow."""
    keys = plans.order_by().values("pk")
    stated = Alignment.objects.filter(provision__framework=nap).order_by()
    of_objectives = stated.filter(objective__plan__in=keys)
    of_activities = stated.filter(activity__objective__plan__in=keys)
    cells: dict[tuple[int, int], Cell] = defaultdict(Cell)
    for rows, to_plan, of_objective in (
        (of_objectives, "objective__plan", True),
        (of_activities, "activity__objective__plan", False),
    ):
        for item, plan, strength, state in rows.values_list("provision", to_plan, "strength", "state"):
            cells[item, plan].add(of_objective=of_objective, strength=strength, state=state)
    return dict(cells)


@dataclass(frozen=True)
class BudgetShare:
    """How many plans have a budget: a line in which money is planned (F70, BR12)."""

    with_budget: int
    total: int

    @classmethod
    def from_plans(cls, plans: Any) -> "BudgetShare":
        found = list(plans.with_budget().order_by().values_list("has_budget", flat=True))
        return cls(sum(found), len(found))

    @property
    def share(self) -> int:
        return percent(self.with_budget, self.total)
