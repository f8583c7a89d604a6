"""Dropping an amendment together with everything that was written in it."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core.conflicts import EditConflict
from plans.models import (
    Activity,
    Amendment,
    Edition,
    Indicator,
    LocalActionPlan,
    Objective,
    PriorityIssue,
    ProgressUpdate,
    Revision,
    Subject,
)
from plans.reports.differences import PartDifference, differences
from plans.services.amendments import drop_amendment, open_one
from plans.services.history import RestoreRefused, restore_revision
from plans.services.holding import held
from plans.services.refusals import EditionDiffers, Reported
from plans.services.removing import not_measured, not_reported
from plans.subjects import subject_of
from plans.tracking import keep_removal

# What stands under something comes after it.
DEPTH = {kind: place for place, kind in enumerate(Subject)}


@transaction.atomic
def take_back_amendment(plan: LocalActionPlan, *, by: User) -> Amendment:
    """Every part again as the last edition has it, and the amendment dropped. What was written stays in
    the history. Raises AmendmentOver, or EditionDiffers when a part cannot be restored: then nothing
    is changed at all."""
    row = held(plan)
    amendment, before = open_one(row)
    changes = sorted(
        differences(row, before, since=amendment.created_at), key=lambda change: DEPTH[change.kind]
    )
    try:
        for change in changes:
            if change.is_in_edition:
                _restore(row, change, amendment, by=by)
        for change in reversed(changes):
            if not change.is_in_edition:
                _remove(row, change, by=by)
    except (RestoreRefused, EditConflict, Reported) as refused:
        raise EditionDiffers(str(refused)) from refused
    _order_as(before, row)
    return drop_amendment(row, by=by)


def _restore(row: LocalActionPlan, change: PartDifference, amendment: Amendment, *, by: User) -> None:
    """As it was when the amendment was opened: a part without history before begins it then."""
    own = Revision.objects.filter(plan=row, subject=change.kind, subject_code=change.code)
    own = own.order_by("version")
    then = own.filter(at__lt=amendment.created_at).last() or own.first()
    if then is None:
        return  # only its place among the others differs
    part = subject_of(row, change.kind, change.code)
    restore_revision(then, opened_version=part.row_version if part else 0, by=by)


def _remove(row: LocalActionPlan, change: PartDifference, *, by: User) -> None:
    """Added in the amendment; it may have gone with what it stood under."""
    part = subject_of(row, change.kind, change.code)
    if part is not None:
        if isinstance(part, Activity):
            not_reported(ProgressUpdate.objects.filter(activity=part))
        if isinstance(part, Indicator):
            not_measured(part.recorded_values.all())
        keep_removal(part, by=by)
        part.delete()


def _order_as(edition: Edition, row: LocalActionPlan) -> None:
    """Restored parts stand at the end: back to their places."""
    content = edition.content
    codes: dict[Any, list[str]] = {
        PriorityIssue: [issue["code"] for issue in content["issues"]],
        Objective: [objective["code"] for objective in content["objectives"]],
        Activity: [each["code"] for objective in content["objectives"] for each in objective["activities"]],
    }
    for model, ordered in codes.items():
        for place, code in enumerate(ordered, start=1):
            model._default_manager.filter(code=code).exclude(order=place).update(order=place)
