"""What a new member of a committee reads first: what it is for, what it promised, what is due next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q

from accounts.models import User
from committees.models import Committee, Decision, Seat
from lapportal.memory import coming
from lapportal.memory.coming import Coming
from people.models import Election, TrainingNeed
from plans.models import Activity, ActivityState, Integration, LocalActionPlan, Objective
from plans.states import PlanState
from workshops.models import Commitment, CommitmentState, Workshop

MOST_SHOWN = 8
PAST = [PlanState.SUPERSEDED, PlanState.WITHDRAWN, PlanState.CLOSED]


@dataclass(frozen=True)
class ObjectiveLine:
    """What a plan wants to reach, and how many of its activities are done."""

    objective: Objective
    activities: int
    done: int
    going_on: int

    @property
    def share(self) -> int:
        return self.done * 100 // self.activities if self.activities else 0


@dataclass(frozen=True)
class Promises:
    """What was promised at the workshop that the committee comes from, by how far it is."""

    still_open: list[Commitment]
    kept: int
    overdue: int

    @classmethod
    def from_rows(cls, rows: Iterable[Commitment], *, today: datetime.date) -> Self:
        rows = list(rows)
        waiting = [row for row in rows if row.is_open]
        return cls(
            still_open=waiting,
            kept=sum(row.state == CommitmentState.KEPT for row in rows),
            overdue=sum(row.is_overdue(today) for row in waiting),
        )


@dataclass(frozen=True)
class Welcome:
    committee: Committee
    seats: list[Seat]
    promises: Promises
    objectives: list[ObjectiveLine]
    plans: list[LocalActionPlan]
    coming: list[Coming]
    decisions_open: int
    needs: list[TrainingNeed]

    @property
    def shown_promises(self) -> list[Commitment]:
        return self.promises.still_open[:MOST_SHOWN]

    @property
    def next_days(self) -> list[Coming]:
        return self.coming[:MOST_SHOWN]

    @classmethod
    def from_committee(cls, committee: Committee, *, user: User, today: datetime.date) -> Self:
        """As far as `user`, who sees the committee, may see its plans."""
        window = coming.Window(today)
        plans = list(plans_of(committee, user))
        commitments = list(commitments_of(committee, user).for_list().overdue_first(today))
        decisions = Decision.objects.visible_to(user).filter(meeting__committee=committee).still_open()
        due = list(decisions.for_list().order_by("due_on", "pk"))
        activities = Activity.objects.filter(objective__plan__in=plans)
        seen = Integration.objects.visible_to(user).filter(locality=committee.locality_id)
        return cls(
            committee=committee,
            seats=list(committee.seats.current().with_vacancy(today).for_list()),
            promises=Promises.from_rows(commitments, today=today),
            objectives=objectives_of(plans),
            plans=plans,
            coming=coming.in_order(
                coming.meetings([committee], window),
                coming.promised(commitments, window),
                coming.decided(due, window),
                coming.planned(activities.select_related("objective__plan"), window),
                coming.reported(plans, window),
                coming.instruments(seen, window),
                coming.elections(Election.objects.concerning(committee.locality), window),
            ),
            decisions_open=len(due),
            needs=list(needs_of(committee)),
        )


def plans_of(committee: Committee, user: User) -> Iterable[LocalActionPlan]:
    """Those that are written or followed; what a newer one replaced is history."""
    rows = LocalActionPlan.objects.visible_to(user).filter(committee=committee).exclude(state__in=PAST)
    return rows.select_related("committee", "locality")


def commitments_of(committee: Committee, user: User) -> Any:
    """Of the workshop that set the committee up: text, office and day are for who works for it, and for
    who sees the workshop."""
    seen = Workshop.objects.visible_to(user).values("pk")
    works = Committee.objects.giving_access_to(user).filter(pk=committee.pk)
    own = Workshop.objects.filter(committees__in=works.values("pk")).values("pk")
    of_it = Commitment.objects.filter(workshop=committee.established_at_id)
    return of_it.filter(Q(workshop__in=seen) | Q(workshop__in=own))


def objectives_of(plans: list[LocalActionPlan]) -> list[ObjectiveLine]:
    """Each with its activities in numbers; dropped ones do not count."""
    counted = Q(activities__isnull=False) & ~Q(activities__state=ActivityState.DROPPED)
    going_on = Q(activities__state__in=[ActivityState.ONGOING, ActivityState.DELAYED])
    rows = (
        Objective.objects.filter(plan__in=plans)
        .select_related("plan")
        .annotate(
            counted=Count("activities", filter=counted),
            done=Count("activities", filter=Q(activities__state=ActivityState.DONE)),
            going_on=Count("activities", filter=going_on),
        )
        .order_by("plan", "order", "pk")
    )
    return [ObjectiveLine(row, row.counted, row.done, row.going_on) for row in rows]


def needs_of(committee: Committee) -> Iterable[TrainingNeed]:
    """What offices on this committee still want to learn."""
    seated = committee.seats.current().filter(position__isnull=False).values("position")
    rows = TrainingNeed.objects.still_open().filter(position__in=seated)
    return rows.select_related("position__organization")
