"""Money of a country's plans: planned and found, by plan, year and currency (F42, F70)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from localities.coverage import percent
from plans.models import Activity, BudgetLine, LocalActionPlan, LocalActionPlanQuerySet
from plans.reports.budget import Amounts

NAPS_WITH_BUDGET = 33  # percent of National Action Plans, June 2020 (BR12; International Alert, 2020)


@dataclass(frozen=True)
class PlanBudget:
    """One plan's totals, in its own currency."""

    plan: LocalActionPlan
    amounts: Amounts
    activities: int
    costed: int

    @property
    def has_budget(self) -> bool:
        """As the list of plans counts it (LocalActionPlanQuerySet.with_budget)."""
        return bool(self.plan.has_budget)  # type: ignore[attr-defined]

    @property
    def share_costed(self) -> int | None:
        return percent(self.costed, self.activities) if self.activities else None


@dataclass(frozen=True)
class YearTotal:
    """All plans of one currency in one fiscal year: currencies are never added up."""

    currency: str
    year: str
    amounts: Amounts


@dataclass(frozen=True)
class CountryBudget:
    """Three queries, however many plans there are."""

    plans: list[PlanBudget]
    years: list[YearTotal]
    totals: list[tuple[str, Amounts]]

    @classmethod
    def from_plans(cls, plans: LocalActionPlanQuerySet) -> "CountryBudget":
        listed = list(
            plans.with_budget().select_related("locality").order_by("locality__name", "period_start", "code")
        )
        by_plan_year = _sums(plans)
        costed = _costed(plans)
        rows = [
            PlanBudget(
                plan,
                _added(amounts for (key, _year), amounts in by_plan_year.items() if key == plan.pk),
                *costed.get(plan.pk, (0, 0)),
            )
            for plan in listed
        ]
        currency = {plan.pk: plan.currency for plan in listed}
        by_year: dict[tuple[str, str], list[Amounts]] = defaultdict(list)
        by_currency: dict[str, list[Amounts]] = defaultdict(list)
        for (key, year), amounts in by_plan_year.items():
            by_year[currency[key], year].append(amounts)
            by_currency[currency[key]].append(amounts)
        years = [YearTotal(money, year, _added(each)) for (money, year), each in sorted(by_year.items())]
        return cls(rows, years, [(money, _added(each)) for money, each in sorted(by_currency.items())])

    @property
    def with_budget(self) -> int:
        return sum(row.has_budget for row in self.plans)

    @property
    def share(self) -> int:
        return percent(self.with_budget, len(self.plans))


def _sums(plans: QuerySet[LocalActionPlan]) -> dict[tuple[int, str], Amounts]:
    """(plan, year) → its lines added up."""
    lines = BudgetLine.objects.filter(activity__objective__plan__in=plans.order_by().values("pk"))
    found = (
        lines.order_by()
        .values_list("activity__objective__plan", "fiscal_year")
        .annotate(*(Sum(name) for name in ("planned", "allocated", "disbursed", "spent")))
    )
    return {(plan, year): Amounts(*(Decimal(sum_) for sum_ in sums)) for plan, year, *sums in found}


def _costed(plans: QuerySet[LocalActionPlan]) -> dict[int, tuple[int, int]]:
    """Plan → its activities, and those with an estimate or openly without cost (BR11)."""
    activities = Activity.objects.filter(objective__plan__in=plans.order_by().values("pk")).order_by()
    found = activities.values_list("objective__plan").annotate(
        every=Count("pk"), costed=Count("pk", filter=Q(no_cost=True) | Q(cost__isnull=False))
    )
    return {plan: (every, costed) for plan, every, costed in found}


def _added(amounts: Any) -> Amounts:
    rows = [(each.planned, each.allocated, each.disbursed, each.spent) for each in amounts]
    return Amounts(*(sum(column, Decimal(0)) for column in zip(*rows, strict=True))) if rows else Amounts()
