"""Updates about activities: written, sent in, approved or returned; the activity follows what is approved."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import EditConflict, save_unless_changed
from core.refusals import FieldRefused
from core.uploads import CheckedFile
from plans.attachments import drop_file, keep_file
from plans.models import (
    TROUBLED,
    Activity,
    ActivityState,
    Attachment,
    AttachmentKind,
    Indicator,
    IndicatorValue,
    ProgressUpdate,
    ReportingPeriod,
    UpdateState,
)
from plans.services.holding import held, keep_reviews
from plans.states import REPORTING_STATES
from plans.tracking import keep_baseline, keep_revision

# An approved update goes back only while its quarter is open: somebody has to write it again.
UPDATE_MOVES: dict[UpdateState, frozenset[UpdateState]] = {
    UpdateState.DRAFT: frozenset({UpdateState.SUBMITTED}),
    UpdateState.SUBMITTED: frozenset({UpdateState.DRAFT, UpdateState.APPROVED, UpdateState.RETURNED}),
    UpdateState.RETURNED: frozenset({UpdateState.SUBMITTED}),
    UpdateState.APPROVED: frozenset({UpdateState.RETURNED}),
}

WRITABLE = frozenset({UpdateState.DRAFT, UpdateState.RETURNED})


class UpdateRefused(Exception):
    """This cannot be done with the update any more; the message says why, in words."""


@dataclass(frozen=True)
class ValueTyped:
    """What was typed for one indicator."""

    indicator: Indicator
    value: Decimal | None = None
    value_text: str = ""
    breakdown: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What the form of an update holds beside the update's own fields."""

    values: Iterable[ValueTyped] = ()
    evidence: CheckedFile | None = None
    evidence_title: str = ""


def why_closed(period: ReportingPeriod, update: ProgressUpdate | None, *, today: datetime.date) -> str:
    """Why nothing can be written for the activity in this quarter; empty when it can."""
    if period.plan.state not in REPORTING_STATES:
        return gettext("Progress is reported while the plan is in implementation. It is: %(state)s.") % {
            "state": period.plan.get_state_display()
        }
    if today < period.start:
        return gettext("%(quarter)s begins on %(day)s. Nothing can be reported before.") % {
            "quarter": period.label,
            "day": date_format(period.start),
        }
    if not period.is_open(today):
        return gettext(
            "%(quarter)s is locked since %(day)s. The committee's secretary can reopen it, with a reason."
        ) % {"quarter": period.label, "day": date_format(period.locks_on)}
    if update and update.state not in WRITABLE:
        return gettext("This update is closed: it is %(state)s.") % {
            "state": str(update.get_state_display()).lower()
        }
    return ""


def _held_update(update: ProgressUpdate, to: UpdateState) -> ProgressUpdate:
    """The update as it stands now, with its plan held. Raises UpdateRefused."""
    held(update.period.plan)
    row = ProgressUpdate.objects.for_page().get(pk=update.pk)
    if row.row_version != update.row_version:
        raise UpdateRefused(
            gettext("Somebody changed this update since you opened the page. Read it once more.")
        )
    if to not in UPDATE_MOVES[UpdateState(row.state)]:
        raise UpdateRefused(
            gettext("This step does not fit any more: the update's state is “%(state)s”.")
            % {"state": row.get_state_display()}
        )
    return row


@transaction.atomic
def save_update(
    update: ProgressUpdate, report: Report, *, submit: bool, opened_version: int, by: User
) -> ProgressUpdate:
    """Keep the update as a draft, or send it in. Raises UpdateRefused, EditConflict or FieldRefused."""
    update.period.plan = held(update.period.plan)
    every = ProgressUpdate.objects.select_related("updated_by", "period__plan")
    standing = every.filter(period=update.period, activity=update.activity).first()
    if closed := why_closed(update.period, standing, today=timezone.localdate()):
        raise UpdateRefused(closed)
    if standing and standing.pk != update.pk:
        raise EditConflict(standing)  # somebody began it at the same moment
    if submit:
        _require_ground(update, report)
        update.state, update.submitted_by, update.submitted_at = UpdateState.SUBMITTED, by, timezone.now()
    if update.pk:
        save_unless_changed(update, opened_version=opened_version, by=by)
    else:
        update.updated_by, update.is_demo = by, update.period.plan.is_demo
        update.save()
    _write_report(update, report, by=by)
    if submit:
        _record(by, "submitted update", update)
    return update


def _require_ground(update: ProgressUpdate, report: Report) -> None:
    """Done needs an indicator value or evidence (domain.md §5)."""
    if update.activity_state != ActivityState.DONE or report.evidence or list(report.values):
        return
    if update.pk and update.attachments.exists():
        return
    raise FieldRefused(
        "activity_state",
        gettext(
            "“Done” needs something that shows it: the value of an indicator, or a file such as a report."
        ),
    )


def _write_report(update: ProgressUpdate, report: Report, *, by: User) -> None:
    update.values.all().delete()
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            update=update,
            indicator=each.indicator,
            value=each.value,
            value_text=each.value_text,
            breakdown=each.breakdown,
            is_demo=update.is_demo,
        )
        for each in report.values
    )
    if report.evidence:
        keep_file(
            report.evidence,
            kind=AttachmentKind.EVIDENCE,
            by=by,
            plan=update.period.plan,
            update=update,
            title=report.evidence_title,
        )


def _record(by: User, verb: str, update: ProgressUpdate, **detail: Any) -> None:
    plan, period = update.period.plan, update.period
    record(by, verb, plan, update=update.code, activity=update.activity.code, quarter=period.number, **detail)


def _move(update: ProgressUpdate, to: UpdateState, *, by: User) -> ProgressUpdate:
    update.state, update.updated_by = to, by
    update.row_version += 1
    update.save()
    return update


@transaction.atomic
def take_back_update(update: ProgressUpdate, *, by: User) -> ProgressUpdate:
    """From submitted to draft again, while the quarter is open. Raises UpdateRefused."""
    row = _held_update(update, UpdateState.DRAFT)
    if closed := why_closed(row.period, None, today=timezone.localdate()):
        raise UpdateRefused(closed)
    row.submitted_by = row.submitted_at = None
    _record(by, "took back update", row)
    return _move(row, UpdateState.DRAFT, by=by)


@transaction.atomic
def approve_update(update: ProgressUpdate, *, by: User) -> ProgressUpdate:
    """It counts from now on, and the activity stands where it says. Also after the quarter is locked:
    what was sent in on its last day was sent in time. Raises UpdateRefused."""
    row = _held_update(update, UpdateState.APPROVED)
    row.decided_by, row.decided_at, row.return_reason = by, timezone.now(), ""
    _move(row, UpdateState.APPROVED, by=by)
    _settle(row.activity, by=by)
    _record(by, "approved update", row)
    return row


@transaction.atomic
def return_update(update: ProgressUpdate, *, reason: str, by: User) -> ProgressUpdate:
    """Back to whoever writes it. Once approved, it counts no more. Raises UpdateRefused."""
    row = _held_update(update, UpdateState.RETURNED)
    was_approved = row.state == UpdateState.APPROVED
    if was_approved and (closed := why_closed(row.period, None, today=timezone.localdate())):
        raise UpdateRefused(closed)
    row.decided_by, row.decided_at, row.return_reason = by, timezone.now(), reason
    _move(row, UpdateState.RETURNED, by=by)
    if was_approved:
        _settle(row.activity, by=by)
    _record(by, "returned update", row, was_approved=was_approved)
    return row


def _settle(activity: Activity, *, by: User) -> None:
    """The activity stands where its latest approved quarter says, whatever order they are approved in."""
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    latest = (
        ProgressUpdate.objects.select_related("period")
        .filter(activity=row, state=UpdateState.APPROVED)
        .order_by("-period__start")
        .first()
    )
    state, reason, note, since = _standing(latest)
    if (row.state, row.state_reason, row.state_note) == (state, reason, note):
        return
    keep_baseline(row)
    if row.state != state:
        row.state_since = since
    row.state, row.state_reason, row.state_note = state, reason, note
    row.row_version += 1
    row.updated_by = by
    row.save()
    keep_reviews(row, since=row.row_version - 1)
    keep_revision(row, by=by, note=latest.period.label if latest else "")


def _standing(update: ProgressUpdate | None) -> tuple[str, str, str, datetime.date | None]:
    """State, reason, words and day that an approved update gives its activity."""
    if update is None:
        return ActivityState.PLANNED, "", "", None
    troubled = update.activity_state in TROUBLED
    said_on = timezone.localdate(update.submitted_at) if update.submitted_at else timezone.localdate()
    since = min(update.period.end, max(said_on, update.period.start))
    note = update.problems[: Activity._meta.get_field("state_note").max_length] if troubled else ""
    return update.activity_state, update.state_reason if troubled else "", note, since


@transaction.atomic
def remove_evidence(attachment: Attachment, *, by: User) -> None:
    """Take a file away while its update can be written. Raises UpdateRefused."""
    update = ProgressUpdate.objects.for_page().get(attachments=attachment)
    held(update.period.plan)
    update.refresh_from_db(fields=["state"])
    if closed := why_closed(update.period, update, today=timezone.localdate()):
        raise UpdateRefused(closed)
    _record(by, "removed evidence", update, file=attachment.code)
    drop_file(attachment)
