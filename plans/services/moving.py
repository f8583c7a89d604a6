"""One step of a plan from state to state: what all of them share."""

import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from plans.models import LocalActionPlan, PlanMove
from plans.services.holding import held
from plans.services.refusals import DateRefused, GateClosed, MoveRefused
from plans.states import PlanState, may_move

# Steps inside the portal: what a council or a committee decided may be recorded days after it happened,
# so these set no limit to the days of decisions.
TAKEN_HERE = (PlanState.IDEA, PlanState.DRAFTING, PlanState.VALIDATION)


def held_for(
    plan: LocalActionPlan, to: PlanState, *, of: frozenset[PlanState] = frozenset(PlanState)
) -> LocalActionPlan:
    """The plan's row, held, if it is in one `of` these states and may go to that one. Raises MoveRefused."""
    row = held(plan)
    if row.state not in of or not may_move(row.state, to):
        raise MoveRefused(row)
    return row


def moved(
    row: LocalActionPlan,
    to: PlanState,
    *,
    by: User,
    verb: str,
    on: datetime.date | None = None,
    actor: str = "",
    reason: str = "",
    **detail: Any,
) -> LocalActionPlan:
    """Write the new state and all that was set with it. A form opened before is out of date then."""
    was, row.state, row.updated_by = row.state, to, by
    row.row_version += 1
    row.save()
    PlanMove.objects.create(
        plan=row,
        was=was,
        now=to,
        on=on or timezone.localdate(),
        actor=actor or row.committee.name,
        reason=reason,
        by=by,
        is_demo=row.is_demo,
    )
    record(by, verb, row, was=was, now=str(to), **detail)
    return row


def not_in_future(field: str, on: datetime.date) -> None:
    if on > timezone.localdate():
        raise DateRefused(field, gettext("This day has not come yet."))


def in_order(row: LocalActionPlan, field: str, on: datetime.date) -> None:
    """The day has come, and no decision that stands was taken after it. Raises DateRefused."""
    not_in_future(field, on)
    last = last_decision(row)
    if last and on < last:
        raise DateRefused(
            field,
            gettext("The step before was on %(day)s, after this day.") % {"day": date_format(last)},
        )


def last_decision(row: LocalActionPlan) -> datetime.date | None:
    """The day of the latest decision that stands: what was decided before a return does not."""
    returned = row.moves.filter(now=PlanState.DRAFTING).aggregate(last=Max("pk"))["last"] or 0
    decided = row.moves.filter(pk__gt=returned).exclude(now__in=TAKEN_HERE).aggregate(last=Max("on"))
    days = (decided["last"], row.endorsed_on, row.submitted_on, row.adopted_on)
    return max((day for day in days if day), default=None)


def no_open_amendment(row: LocalActionPlan) -> None:
    """Raises GateClosed: what is being amended can neither end nor be replaced."""
    if row.is_amending:
        raise GateClosed(
            gettext("An amendment of this plan is open. Adopt it or drop it first."),
            page="plan_record",
            link=gettext("To the amendment"),
        )
