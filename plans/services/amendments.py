"""Amending an adopted plan: numbered revisions with a reason (F94). The last edition holds meanwhile."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from plans.models import Amendment, AmendmentState, Edition, LocalActionPlan
from plans.reports.differences import PartDifference, differences
from plans.reports.matrix import PlanMatrix
from plans.services.adoption import Act, keep_scan
from plans.services.editions import freeze, freeze_first, last_edition
from plans.services.holding import held
from plans.services.moving import not_in_future
from plans.services.periods import create_periods
from plans.services.refusals import (
    AmendmentOver,
    DateRefused,
    EditionDiffers,
    GateClosed,
    MoveRefused,
    PlanNotReady,
)
from plans.states import AMENDABLE_STATES, REPORTING_STATES


@transaction.atomic
def open_amendment(plan: LocalActionPlan, *, reason: str, by: User) -> Amendment:
    """The committee may write again; what was adopted stays what holds. Raises MoveRefused, GateClosed."""
    row = held(plan)
    if row.state not in AMENDABLE_STATES:
        raise MoveRefused(row)
    none_is_open(row)
    freeze_first(row)
    amendment = Amendment.objects.create(
        plan=row,
        number=(row.amendments.aggregate(last=Max("number"))["last"] or 0) + 1,
        reason=reason,
        opened_on=timezone.localdate(),
        opened_by=by,
        is_demo=row.is_demo,
    )
    _set_amending(row, by=by, is_amending=True)
    record(by, "opened amendment", row, amendment=amendment.code, number=amendment.number)
    return amendment


def none_is_open(plan: LocalActionPlan) -> None:
    """Raises GateClosed while an amendment is being written."""
    if plan.is_amending:
        raise GateClosed(
            gettext("An amendment of this plan is open already. There is only one at a time."),
            page="plan_record",
            link=gettext("To the amendment"),
        )


@transaction.atomic
def adopt_amendment(plan: LocalActionPlan, act: Act, *, by: User) -> Edition:
    """What was written becomes the next edition, by an act of its own and through the same gate as the
    plan itself (BR8 to BR11). Raises AmendmentOver, PlanNotReady, DateRefused, GateClosed."""
    row = held(plan)
    amendment, before = open_one(row)
    not_in_future("adopted_on", act.on)
    if act.on < before.adopted_on:
        raise DateRefused(
            "adopted_on",
            gettext("The edition before was adopted on %(day)s, after this day.")
            % {"day": date_format(before.adopted_on)},
        )
    if shortcomings := PlanMatrix.from_plan(row).shortcomings:
        raise PlanNotReady(shortcomings)
    if not differences(row, before, since=amendment.created_at):
        raise GateClosed(
            gettext("The texts are those of edition %(number)d: there is nothing to adopt.")
            % {"number": before.number},
            page="amendment_drop",
            link=gettext("Drop the amendment"),
        )
    _set_amending(row, by=by, is_amending=False)
    edition = freeze(row, act.reference, by=by, reason=amendment.reason)
    amendment.edition = edition
    _close(amendment, AmendmentState.ADOPTED)
    if row.state in REPORTING_STATES:
        create_periods(row)  # the plan's period may be another now
    record(by, "adopted amendment", row, amendment=amendment.code, edition=edition.number)
    keep_scan(edition, act, by=by)
    return edition


@transaction.atomic
def drop_amendment(plan: LocalActionPlan, *, by: User) -> Amendment:
    """Give it up, when the plan says what its last edition says. Raises AmendmentOver,
    EditionDiffers."""
    row = held(plan)
    amendment, before = open_one(row)
    if differences(row, before, since=amendment.created_at):
        raise EditionDiffers
    _set_amending(row, by=by, is_amending=False)
    _close(amendment, AmendmentState.DROPPED)
    record(by, "dropped amendment", row, amendment=amendment.code)
    return amendment


def changed_by(amendment: Amendment) -> list[PartDifference]:
    """What the open amendment would change."""
    before = last_edition(amendment.plan)
    return differences(amendment.plan, before, since=amendment.created_at) if before else []


def open_one(row: LocalActionPlan) -> tuple[Amendment, Edition]:
    """The amendment that is being written, and the edition that it would change. Raises AmendmentOver."""
    amendment = row.amendments.filter(state=AmendmentState.OPEN).first()
    before = last_edition(row)
    if amendment is None or before is None:
        raise AmendmentOver(row)
    return amendment, before


def _close(amendment: Amendment, state: AmendmentState) -> None:
    amendment.state, amendment.closed_on = state, timezone.localdate()
    amendment.save()


def _set_amending(row: LocalActionPlan, *, by: User, is_amending: bool) -> None:
    """Forms opened before are out of date then."""
    row.is_amending, row.updated_by = is_amending, by
    row.row_version += 1
    row.save(update_fields=["is_amending", "updated_by", "row_version", "updated_at"])
