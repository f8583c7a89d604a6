"""Commitments that a plan could take over, or has taken over already (F10)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from plans.models import Activity, LocalActionPlan
from plans.smart import Period
from workshops.models import Commitment, CommitmentState, Workshop


def commitments_for(plan: LocalActionPlan, user: Any) -> QuerySet[Commitment]:
    """Those made at the workshop that the plan's committee comes from, which the committee may know as
    text, position and day, and those of workshops in its locality that `user` may see."""
    here = Q(workshop__in=Workshop.objects.visible_to(user).filter(locality=plan.locality_id).values("pk"))
    own = Q(workshop__in=Workshop.objects.filter(committees=plan.committee_id).values("pk"))
    return Commitment.objects.filter(here | own)


@dataclass(frozen=True)
class CommitmentLine:
    """One commitment, and the activity that the plan has made from it."""

    commitment: Commitment
    activity: Activity | None
    is_overdue: bool
    is_in_period: bool


@dataclass(frozen=True)
class CommitmentsOfPlan:
    """What is still to be taken over, what was taken over, each by day."""

    waiting: list[CommitmentLine]
    taken: list[CommitmentLine]

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, *, user: Any, today: datetime.date) -> "CommitmentsOfPlan":
        taken = {
            activity.commitment_id: activity
            for activity in Activity.objects.filter(objective__plan=plan).exclude(commitment=None)
        }
        known = commitments_for(plan, user).filter(Q(state=CommitmentState.OPEN) | Q(pk__in=taken))
        period = Period(plan.period_start, plan.period_end)
        lines = [
            CommitmentLine(
                commitment=row,
                activity=taken.get(row.pk),
                is_overdue=row.is_overdue(today),
                is_in_period=period.holds(row.due_on),
            )
            for row in _for_list(known)
        ]
        return cls(
            waiting=[line for line in lines if line.activity is None],
            taken=[line for line in lines if line.activity is not None],
        )


def _for_list(rows: QuerySet[Commitment]) -> Iterable[Commitment]:
    return rows.select_related("owner__organization", "owner__locality").order_by("due_on", "pk")
