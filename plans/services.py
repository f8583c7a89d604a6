"""Writing a plan and moving it from state to state. Each function holds the plan's row until it is done."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from committees.services import position_named
from core.conflicts import save_unless_changed
from frameworks.models import Provision
from frameworks.pillars import Pillar
from people.models import Position
from plans.models import Activity, Alignment, Indicator, LocalActionPlan, Objective
from plans.reports import PlanMatrix, Shortcoming
from plans.states import PlanState, may_move


class PlanClosed(Exception):
    """The plan's texts may not be changed in its state."""

    def __init__(self, plan: LocalActionPlan) -> None:
        if plan.state == PlanState.ADOPTED:
            super().__init__(gettext("The plan is adopted and closed for changes."))
        else:
            super().__init__(
                gettext(
                    "The plan is closed for changes: %(state)s. "
                    "The committee's secretary can return it to drafting, with a reason."
                )
                % {"state": plan.get_state_display()}
            )


class PlanNotReady(Exception):
    """Something is missing before the plan can be submitted (BR8 to BR11)."""

    def __init__(self, shortcomings: list[Shortcoming]) -> None:
        super().__init__(gettext("The plan is not complete yet."))
        self.shortcomings = shortcomings


class MoveRefused(Exception):
    """The plan cannot go there from where it is: somebody else was faster, as a rule."""

    def __init__(self, plan: LocalActionPlan) -> None:
        super().__init__(
            gettext("This step does not fit any more: the plan's state is “%(state)s”.")
            % {"state": plan.get_state_display()}
        )


class DateRefused(Exception):
    """A decision cannot have that date. `field` is the form field that the message belongs to."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ActivityDetails:
    """What an activity's form holds beside the activity's own fields, as typed."""

    position_title: str = ""
    organization: str = ""
    indicator_text: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None


def _held(plan: LocalActionPlan) -> LocalActionPlan:
    """The plan as it stands now; nobody else writes to it until the transaction ends."""
    return LocalActionPlan.objects.select_for_update().get(pk=plan.pk)


def _held_open(plan: LocalActionPlan) -> LocalActionPlan:
    held = _held(plan)
    if not held.is_open:
        raise PlanClosed(held)
    return held


# --- Texts -----------------------------------------------------------------------------------


@transaction.atomic
def start_plan(plan: LocalActionPlan, *, by: User) -> LocalActionPlan:
    """Save a new plan of its committee's locality, in the country's currency."""
    plan.locality = plan.committee.locality
    plan.currency = plan.locality.country.currency
    plan.updated_by, plan.is_demo = by, plan.committee.is_demo
    plan.save()
    record(by, "started plan", plan, committee=plan.committee.code)
    return plan


@transaction.atomic
def save_plan(plan: LocalActionPlan, *, opened_version: int, by: User) -> LocalActionPlan:
    """Save the plan's own texts. Raises PlanClosed or EditConflict."""
    _held_open(plan)
    return save_unless_changed(plan, opened_version=opened_version, by=by)


@transaction.atomic
def start_objectives(plan: LocalActionPlan, provisions: Iterable[Provision], *, by: User) -> list[Objective]:
    """An objective from each provision: its text to be edited, its origin kept (F24). Each only once."""
    _held_open(plan)
    used = set(plan.objectives.exclude(started_from=None).values_list("started_from", flat=True))
    return [
        add_objective(
            Objective(
                plan=plan,
                text=provision.text,
                pillar=provision.pillars[0] if provision.pillars else Pillar.SUPPORT,
                started_from=provision,
            ),
            provisions=[provision],
            by=by,
        )
        for provision in provisions
        if provision.pk not in used
    ]


@transaction.atomic
def add_objective(objective: Objective, *, provisions: Iterable[Provision], by: User) -> Objective:
    """A new objective at the end of its plan."""
    plan = _held_open(objective.plan)
    objective.order = (plan.objectives.aggregate(last=Max("order"))["last"] or 0) + 1
    objective.updated_by, objective.is_demo = by, plan.is_demo
    objective.save()
    _align(objective, provisions)
    return objective


@transaction.atomic
def save_objective(
    objective: Objective, *, provisions: Iterable[Provision], opened_version: int, by: User
) -> Objective:
    """Save the text and what it serves, together. Raises PlanClosed or EditConflict."""
    _held_open(objective.plan)
    save_unless_changed(objective, opened_version=opened_version, by=by)
    objective.alignments.all().delete()
    _align(objective, provisions)
    return objective


def _align(objective: Objective, provisions: Iterable[Provision]) -> None:
    Alignment.objects.bulk_create(
        Alignment(objective=objective, provision=provision, is_demo=objective.is_demo)
        for provision in provisions
    )


@transaction.atomic
def move_objective(objective: Objective, *, up: bool, by: User) -> None:
    """One place up or down. The first cannot go up, the last not down: nothing happens."""
    plan = _held_open(objective.plan)
    rows = list(plan.objectives.order_by("order", "pk"))
    place = rows.index(objective)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    Objective.objects.bulk_update(rows, ["order"])
    record(by, "moved objective", plan, objective=objective.code)


@transaction.atomic
def remove_objective(objective: Objective, *, by: User) -> None:
    """Take the objective away with its activities."""
    plan = _held_open(objective.plan)
    activities = objective.activities.count()
    record(by, "removed objective", plan, objective=objective.code, activities=activities)
    objective.delete()


@transaction.atomic
def add_activity(activity: Activity, details: ActivityDetails, *, by: User) -> Activity:
    """A new activity at the end of its objective, with its indicator."""
    plan = _held_open(activity.objective.plan)
    activity.order = (activity.objective.activities.aggregate(last=Max("order"))["last"] or 0) + 1
    activity.responsible = _responsible(plan, details)
    activity.updated_by, activity.is_demo = by, plan.is_demo
    activity.save()
    _write_indicator(activity, details)
    return activity


@transaction.atomic
def save_activity(activity: Activity, details: ActivityDetails, *, opened_version: int, by: User) -> Activity:
    """Save the activity and its first indicator, together. Raises PlanClosed or EditConflict."""
    plan = _held_open(activity.objective.plan)
    activity.responsible = _responsible(plan, details)
    save_unless_changed(activity, opened_version=opened_version, by=by)
    _write_indicator(activity, details)
    return activity


def _responsible(plan: LocalActionPlan, details: ActivityDetails) -> Position | None:
    if not details.position_title:
        return None
    return position_named(
        details.position_title,
        organization=details.organization,
        locality=plan.locality,
        is_demo=plan.is_demo,
    )


def _write_indicator(activity: Activity, details: ActivityDetails) -> None:
    """The first indicator is the form's; without a text there is none."""
    indicator = activity.indicators.order_by("pk").first()
    if not details.indicator_text:
        if indicator:
            indicator.delete()
        return
    indicator = indicator or Indicator(activity=activity, is_demo=activity.is_demo)
    indicator.text, indicator.unit = details.indicator_text, details.unit
    indicator.baseline, indicator.target = details.baseline, details.target
    indicator.save()


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    plan = _held_open(activity.objective.plan)
    record(by, "removed activity", plan, activity=activity.code)
    activity.delete()


# --- Decisions -------------------------------------------------------------------------------


def _move(plan: LocalActionPlan, to: PlanState, *, by: User, verb: str) -> LocalActionPlan:
    """Write the new state and all that was set with it. A form opened before is out of date then."""
    was, plan.state, plan.updated_by = plan.state, to, by
    plan.row_version += 1
    plan.save()
    record(by, verb, plan, was=was, now=str(to))
    return plan


def _held_for(plan: LocalActionPlan, to: PlanState) -> LocalActionPlan:
    held = _held(plan)
    if not may_move(held.state, to):
        raise MoveRefused(held)
    return held


def _not_in_future(field: str, on: datetime.date) -> None:
    if on > timezone.localdate():
        raise DateRefused(field, gettext("This day has not come yet."))


@transaction.atomic
def submit_plan(plan: LocalActionPlan, *, by: User) -> LocalActionPlan:
    """From drafting to validation, when nothing is missing (BR8 to BR11)."""
    held = _held_for(plan, PlanState.VALIDATION)
    if shortcomings := PlanMatrix.from_plan(held).shortcomings:
        raise PlanNotReady(shortcomings)
    held.returned_reason = ""
    return _move(held, PlanState.VALIDATION, by=by, verb="submitted plan")


@transaction.atomic
def return_plan(plan: LocalActionPlan, *, reason: str, by: User) -> LocalActionPlan:
    """Back to drafting. An endorsement holds for the text that was endorsed, so it goes."""
    held = _held_for(plan, PlanState.DRAFTING)
    held.returned_reason, held.endorsed_on = reason, None
    return _move(held, PlanState.DRAFTING, by=by, verb="returned plan")


@transaction.atomic
def endorse_plan(plan: LocalActionPlan, *, on: datetime.date, by: User) -> LocalActionPlan:
    """The committee stands behind the plan since that day."""
    held = _held_for(plan, PlanState.ENDORSED)
    _not_in_future("endorsed_on", on)
    if on < held.committee.established_on:
        raise DateRefused(
            "endorsed_on",
            gettext("The committee was set up on %(day)s, after this day.")
            % {"day": date_format(held.committee.established_on)},
        )
    held.endorsed_on = on
    return _move(held, PlanState.ENDORSED, by=by, verb="endorsed plan")


@transaction.atomic
def send_plan(plan: LocalActionPlan, *, by: User) -> LocalActionPlan:
    """The plan lies before the council."""
    held = _held_for(plan, PlanState.SUBMITTED)
    return _move(held, PlanState.SUBMITTED, by=by, verb="sent plan to the council")


@transaction.atomic
def adopt_plan(plan: LocalActionPlan, *, body: str, act: str, on: datetime.date, by: User) -> LocalActionPlan:
    """The council adopted it: by which body, with which act, on which day."""
    held = _held_for(plan, PlanState.ADOPTED)
    _not_in_future("adopted_on", on)
    if held.endorsed_on and on < held.endorsed_on:
        raise DateRefused(
            "adopted_on",
            gettext("The committee endorsed the plan on %(day)s, after this day.")
            % {"day": date_format(held.endorsed_on)},
        )
    held.adopting_body, held.adopting_act, held.adopted_on = body, act, on
    return _move(held, PlanState.ADOPTED, by=by, verb="adopted plan")
