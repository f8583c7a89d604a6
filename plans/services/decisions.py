"""Moving a plan from state to state: each step with its gate, its actor, its day and its reason.

Adoption has a module of its own (services.adoption): it freezes an edition.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User
from core.refusals import FieldRefused
from plans.models import Activity, BudgetLine, LocalActionPlan
from plans.reports.matrix import PlanMatrix
from plans.services.moving import held_for, in_order, moved, no_open_amendment, not_in_future
from plans.services.periods import create_periods
from plans.services.refusals import DateRefused, GateClosed, PlanNotReady
from plans.services.rounds import all_answered, close_round, open_round
from plans.states import RETURNABLE_STATES, TAKEN_UP_STATES, PlanState

CLOSED_AS_EXPIRED = "expired"


@transaction.atomic
def submit_plan(
    plan: LocalActionPlan, *, by: User, closes_on: datetime.date | None = None, asked: str = ""
) -> LocalActionPlan:
    """From drafting to validation, when nothing is missing (BR8 to BR11). A round of comments begins."""
    row = held_for(plan, PlanState.VALIDATION)
    if shortcomings := PlanMatrix.from_plan(row).shortcomings:
        raise PlanNotReady(shortcomings)
    if closes_on and closes_on < timezone.localdate():
        raise DateRefused("closes_on", gettext("This day has passed: nobody could comment any more."))
    row.returned_reason = ""
    open_round(row, closes_on=closes_on, asked=asked)
    return moved(row, PlanState.VALIDATION, by=by, verb="submitted plan")


@transaction.atomic
def return_plan(
    plan: LocalActionPlan, *, reason: str, by: User, on: datetime.date | None = None, actor: str = ""
) -> LocalActionPlan:
    """Back to drafting. An endorsement holds for the text that was endorsed, so it goes."""
    row = held_for(plan, PlanState.DRAFTING, of=RETURNABLE_STATES)
    if on:
        in_order(row, "on", on)
    return _back_to_drafting(row, on=on, actor=actor, reason=reason, verb="returned plan", by=by)


@transaction.atomic
def take_up_plan(plan: LocalActionPlan, *, reason: str = "", by: User) -> LocalActionPlan:
    """An idea becomes a draft; what was rejected or withdrawn is written on, for a reason."""
    row = held_for(plan, PlanState.DRAFTING, of=TAKEN_UP_STATES)
    if row.state != PlanState.IDEA and not reason:
        raise FieldRefused("reason", gettext("Say why the plan is taken up again."))
    return _back_to_drafting(row, reason=reason, verb="took up plan", by=by)


def _back_to_drafting(
    row: LocalActionPlan,
    *,
    reason: str,
    verb: str,
    by: User,
    on: datetime.date | None = None,
    actor: str = "",
) -> LocalActionPlan:
    row.returned_reason = reason if verb == "returned plan" else ""
    row.endorsed_on = row.submitted_on = None
    close_round(row)
    return moved(row, PlanState.DRAFTING, by=by, verb=verb, on=on, actor=actor, reason=reason)


@transaction.atomic
def endorse_plan(plan: LocalActionPlan, *, on: datetime.date, by: User) -> LocalActionPlan:
    """The committee stands behind the plan since that day; no comment is left without an answer."""
    row = held_for(plan, PlanState.ENDORSED)
    all_answered(row)
    not_in_future("endorsed_on", on)
    set_up_on = row.committee.established_on
    if set_up_on is None:
        raise DateRefused(
            "endorsed_on", gettext("The committee is only proposed: set it up before it endorses a plan.")
        )
    if on < set_up_on:
        raise DateRefused(
            "endorsed_on",
            gettext("The committee was set up on %(day)s, after this day.") % {"day": date_format(set_up_on)},
        )
    row.endorsed_on = on
    close_round(row)
    return moved(row, PlanState.ENDORSED, by=by, verb="endorsed plan", on=on)


@transaction.atomic
def send_plan(plan: LocalActionPlan, *, by: User, on: datetime.date | None = None) -> LocalActionPlan:
    """The plan lies before the council since that day."""
    row = held_for(plan, PlanState.SUBMITTED)
    row_on = on or timezone.localdate()
    in_order(row, "submitted_on", row_on)
    row.submitted_on = row_on
    return moved(row, PlanState.SUBMITTED, by=by, verb="sent plan to the council", on=row_on)


@transaction.atomic
def reject_plan(
    plan: LocalActionPlan, *, body: str, on: datetime.date, reason: str, by: User
) -> LocalActionPlan:
    """The council said no, with its reason. The plan can be taken up again or withdrawn."""
    row = held_for(plan, PlanState.REJECTED)
    in_order(row, "on", on)
    return moved(row, PlanState.REJECTED, by=by, verb="rejected plan", on=on, actor=body, reason=reason)


@transaction.atomic
def withdraw_plan(
    plan: LocalActionPlan, *, on: datetime.date, reason: str, by: User, actor: str = ""
) -> LocalActionPlan:
    """The committee gives the plan up before it is adopted."""
    row = held_for(plan, PlanState.WITHDRAWN)
    in_order(row, "on", on)
    close_round(row)
    return moved(row, PlanState.WITHDRAWN, by=by, verb="withdrew plan", on=on, actor=actor, reason=reason)


@transaction.atomic
def implement_plan(
    plan: LocalActionPlan, *, on: datetime.date, by: User, actor: str = "", reason: str = ""
) -> LocalActionPlan:
    """The plan is carried out, or again after a review. To begin it takes money, or none by its own
    words: a budget line with an amount, or every activity without cost (domain.md §5)."""
    row = held_for(plan, PlanState.IN_IMPLEMENTATION)
    begins = row.state == PlanState.ADOPTED
    if begins:
        ready_to_begin(row)
    in_order(row, "on", on)
    verb = "began implementation" if begins else "ended review"
    row = moved(row, PlanState.IN_IMPLEMENTATION, by=by, verb=verb, on=on, actor=actor, reason=reason)
    if not row.is_amending:  # the period that an amendment writes does not hold yet
        create_periods(row)
    return row


def ready_to_begin(plan: LocalActionPlan) -> None:
    """Raises GateClosed. Money that only an open amendment plans is not planned yet."""
    no_open_amendment(plan)
    money_is_planned(plan)


def money_is_planned(plan: LocalActionPlan) -> None:
    """Raises GateClosed unless money is planned for the plan, or none is needed."""
    if is_money_planned(plan):
        return
    raise GateClosed(
        gettext(
            "No money is planned yet. Before the plan is carried out it needs at least one budget line with "
            "an amount, or every activity says that it costs nothing. The text of an adopted plan is changed "
            "by an amendment."
        ),
        page="plan_budget",
        link=gettext("To the budget"),
    )


def is_money_planned(plan: LocalActionPlan) -> bool:
    """A budget line with an amount, or every activity without cost."""
    if BudgetLine.objects.filter(activity__objective__plan=plan, planned__gt=0).exists():
        return True
    costs = list(Activity.objects.filter(objective__plan=plan).values_list("no_cost", flat=True))
    return bool(costs) and all(costs)


@transaction.atomic
def review_plan(
    plan: LocalActionPlan, *, on: datetime.date, by: User, actor: str = "", reason: str = ""
) -> LocalActionPlan:
    """A mid-term or yearly review begins."""
    row = held_for(plan, PlanState.UNDER_REVIEW)
    in_order(row, "on", on)
    return moved(row, PlanState.UNDER_REVIEW, by=by, verb="began review", on=on, actor=actor, reason=reason)


@transaction.atomic
def close_plan(
    plan: LocalActionPlan, *, how: str, on: datetime.date, reason: str, by: User, actor: str = ""
) -> LocalActionPlan:
    """The plan ends: carried out, or its period is over."""
    row = held_for(plan, PlanState.CLOSED)
    no_open_amendment(row)
    in_order(row, "on", on)
    if how == CLOSED_AS_EXPIRED and on <= row.period_end:
        raise FieldRefused(
            "how",
            gettext("The plan runs until %(day)s: it has not expired on that day.")
            % {"day": date_format(row.period_end)},
        )
    row.closed_how = how
    return moved(row, PlanState.CLOSED, by=by, verb="closed plan", on=on, actor=actor, reason=reason, how=how)


@transaction.atomic
def supersede_plan(
    plan: LocalActionPlan, *, newer: LocalActionPlan, on: datetime.date, by: User, actor: str = ""
) -> LocalActionPlan:
    """A newer plan of the same place takes its place from that day."""
    row = held_for(plan, PlanState.SUPERSEDED)
    no_open_amendment(row)
    in_order(row, "on", on)
    newer.refresh_from_db(fields=["state"])  # two plans that replace each other at the same moment
    if newer.locality_id != row.locality_id or newer.pk == row.pk or not newer.is_in_force:
        raise FieldRefused(
            "newer", gettext("Only another plan of this place that is in force can replace it.")
        )
    words = gettext("Replaced by %(code)s, %(title)s") % {"code": newer.code, "title": newer.title}
    return moved(
        row,
        PlanState.SUPERSEDED,
        by=by,
        verb="superseded plan",
        on=on,
        actor=actor,
        reason=words,
        newer=newer.code,
    )
