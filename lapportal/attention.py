"""What waits for somebody: derived from dates and records whenever it is asked, never stored.

F22: commitments are asked about at 30, 90 and 180 days. BR13: the committee is set up at the
Localization workshop; 90 days after it without one, the place needs attention.
"""

import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from accounts.roles import Capability
from committees.models import Committee
from plans.models import Integration
from plans.models.instruments import INTEGRATED
from workshops.followup import committee_was_due_before
from workshops.models import Commitment, Workshop
from workshops.states import TOOK_PLACE, WorkshopKind

ENTRY_POINT_NEAR = datetime.timedelta(days=60)
ENTRY_POINT_PASSED = datetime.timedelta(days=30)


def has_committee() -> Exists:
    """Whether a committee was set up from the workshop of the outer query, or works in its locality."""
    return Exists(
        Committee.objects.filter(Q(established_at=OuterRef("pk")) | Q(locality=OuterRef("locality")))
    )


def committee_is_due(workshop: Workshop, *, today: datetime.date) -> bool:
    """BR13: whether the places of this workshop should have a committee by now."""
    return (
        workshop.kind == WorkshopKind.LOCALIZATION
        and workshop.took_place
        and workshop.ends_on < committee_was_due_before(today)
    )


def waiting_for(user: Any, *, today: datetime.date) -> QuerySet[Workshop]:
    """Workshops with something to do: `overdue` (since `overdue_since`) and `to_ask` commitments of those
    that `user` runs, and those that are late with their committee (`is_late`) where `user` may set one
    up. One query."""
    mine = user.scope.rows(Capability.RUN_WORKSHOPS) & Q(reader_runs_it=True)
    may_set_up = user.scope.rows(Capability.SET_UP_COMMITTEES)
    late = Q(
        has_committee=False,
        kind=WorkshopKind.LOCALIZATION,
        state__in=TOOK_PLACE,
        ends_on__lt=committee_was_due_before(today),
    )
    rows = (
        Workshop.objects.visible_to(user).for_list().for_reader(user).annotate(has_committee=has_committee())
    )
    return rows.annotate(
        overdue=_number(Commitment.objects.overdue(today)),
        overdue_since=Subquery(
            Commitment.objects.overdue(today)
            .filter(workshop=OuterRef("pk"))
            .order_by("due_on")
            .values("due_on")[:1]
        ),
        to_ask=_number(Commitment.objects.to_ask(today)),
        is_late=ExpressionWrapper(may_set_up & late, output_field=BooleanField()),
    ).filter((mine & (Q(overdue__gt=0) | Q(to_ask__gt=0))) | (may_set_up & late))


def entry_points_of(user: Any, *, today: datetime.date) -> QuerySet[Integration]:
    """Host plans that ask for something within the next 60 days, and those whose day passed in the last
    30 (F26): the cycle of a development plan does not wait. One query."""
    coming = (today - ENTRY_POINT_PASSED, today + ENTRY_POINT_NEAR)
    rows = Integration.objects.visible_to(user).for_list().filter(entry_point_on__range=coming)
    return rows.exclude(state__in=sorted(INTEGRATED)).order_by("entry_point_on", "pk")


def _number(commitments: QuerySet[Commitment]) -> Coalesce:
    """How many of these the workshop of the outer query has."""
    rows = commitments.filter(workshop=OuterRef("pk")).order_by().values("workshop")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
