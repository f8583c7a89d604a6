"""Statements of what a plan serves: made, changed, taken back by its writers; reviewed by another.

Each of them gives the objective or activity its next version, so that its history holds what it served
when. A review belongs to a version of the text; a new statement beside it does not undo it.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import RowRemoved
from core.refusals import FieldRefused
from frameworks.models import Provision
from plans.models import Activity, Alignment, AlignmentState, Objective
from plans.offers import refusal
from plans.services.holding import held, held_open, touch
from plans.tracking import keep_baseline, keep_revision

Item = Objective | Activity


class AlignmentChanged(Exception):
    """Somebody changed the statement since it was opened. `current` is how it stands now."""

    def __init__(self, current: Alignment) -> None:
        super().__init__(gettext("Somebody else changed this statement while you were writing."))
        self.current = current


class ReviewRefused(Exception):
    """A review that cannot count: of one's own statement, or of another text than the one that was read."""


@transaction.atomic
def state_alignment(
    item: Item, *, provision: Provision, strength: str, justification: str, by: User
) -> Alignment:
    """Say that the item serves the provision. Raises PlanClosed, RowRemoved or FieldRefused."""
    row = _opened(item)
    _check(row, provision)
    owner = {"objective": row} if isinstance(row, Objective) else {"activity": row}
    made = Alignment.objects.create(
        **owner,
        provision=provision,
        strength=strength,
        justification=justification,
        stated_by=by,
        is_demo=row.is_demo,
    )
    item_changed(row, by=by)
    return made


@transaction.atomic
def save_alignment(
    alignment: Alignment,
    *,
    provision: Provision,
    strength: str,
    justification: str,
    opened_at: datetime.datetime,
    by: User,
) -> Alignment:
    """State it anew: what was reviewed before is to be reviewed again. Raises AlignmentChanged besides."""
    row = _opened(alignment.item)
    current = _current(alignment)
    if current.stated_at != opened_at:
        raise AlignmentChanged(current)
    if (current.provision, current.strength, current.justification) == (provision, strength, justification):
        return current
    if provision != current.provision:
        _check(row, provision)
    current.provision, current.strength, current.justification = provision, strength, justification
    current.stated_by, current.stated_at = by, timezone.now()
    current.state, current.reviewed_version = AlignmentState.STATED, None
    current.reviewer, current.reviewed_at, current.review_note = None, None, ""
    current.save()
    item_changed(row, by=by)
    return current


@transaction.atomic
def remove_alignment(alignment: Alignment, *, by: User) -> None:
    """Take the statement back. The history of the item keeps it."""
    row = _opened(alignment.item)
    _current(alignment).delete()
    item_changed(row, by=by)


@transaction.atomic
def review_alignment(
    alignment: Alignment, *, is_confirmed: bool, note: str, seen_version: int, by: User
) -> Alignment:
    """A second person says whether it holds, for the text as it was read. In every state of the plan."""
    held(alignment.item.plan)
    current = _current(alignment)
    if current.stated_by_id == by.pk:
        raise ReviewRefused(gettext("You wrote this yourself. Somebody else has to review it."))
    if current.item.row_version != seen_version:
        raise ReviewRefused(
            gettext("The text or the statement changed while you were reading. Read it again.")
        )
    current.state = AlignmentState.CONFIRMED if is_confirmed else AlignmentState.DOUBTED
    current.reviewer, current.reviewed_at, current.review_note = by, timezone.now(), note
    current.reviewed_version = seen_version
    current.save()
    record(by, "reviewed alignment", current.item.plan, alignment=current.code, state=current.state)
    return current


def item_changed(item: Any, *, by: User) -> None:
    """After what it serves was written: the item's next version, in its history. Its text is the same,
    so what was reviewed stays reviewed."""
    touch(item, by=by)
    keep_revision(item, by=by)


def opened_item(item: Item) -> Item:
    """The item as it stands now, in its history before it is written. Hold its plan first."""
    rows: Any = type(item)._default_manager
    row: Item | None = rows.filter(pk=item.pk).first()
    if row is None:
        raise RowRemoved
    keep_baseline(row)
    return row


def _opened(item: Item) -> Item:
    held_open(item.plan)
    return opened_item(item)


def _current(alignment: Alignment) -> Alignment:
    rows = Alignment.objects.select_related("provision", "objective", "activity")
    current = rows.filter(pk=alignment.pk).first()
    if current is None:
        raise RowRemoved
    return current


def _check(item: Item, provision: Provision) -> None:
    if why := refusal(item.plan, provision):
        raise FieldRefused("provision", why)
    if item.alignments.filter(provision=provision).exists():
        raise FieldRefused("provision", gettext("This is stated already. Change that statement instead."))
