"""Figures above the list of plans."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from localities.coverage import percent
from plans.states import ADOPTED_STATES


@dataclass(frozen=True)
class PlanFigures:
    """How many of the plans found are adopted, and how many carry money (F70)."""

    plans: int
    adopted: int
    with_budget: int

    @classmethod
    def from_plans(cls, plans: Any) -> "PlanFigures":
        """One query."""
        counted = plans.with_budget().order_by()
        return cls(
            **counted.aggregate(
                plans=Count("pk"),
                adopted=Count("pk", filter=Q(state__in=sorted(ADOPTED_STATES))),
                with_budget=Count("pk", filter=Q(has_budget=True)),
            )
        )

    @property
    def share_with_budget(self) -> int:
        return percent(self.with_budget, self.plans)
