"""Commitments: who promised what, what was heard of it since, and how it ended."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User, record
from localities.models import Locality
from people.models import Organization, Position
from workshops.followup import Milestone, reached
from workshops.models import Commitment, CommitmentState, FollowUp, Progress
from workshops.services.refusals import WorkshopRefusal


class FollowUpRefused(WorkshopRefusal):
    """What was heard cannot be written down so. `field` is where the form shows the reason."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyClosed(WorkshopRefusal):
    """Somebody else marked it as kept or dropped in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This commitment was closed in the meantime: nothing was saved."))


@dataclass(frozen=True)
class Office:
    """The position that promised something, as it was typed."""

    title: str
    organization: str
    locality: Locality


def save_commitment(commitment: Commitment, *, owner: Office, by: User) -> Commitment:
    """Save a new or a changed commitment; its position is made where it is new."""
    is_new, workshop = commitment.pk is None, commitment.workshop
    with transaction.atomic():
        commitment.owner = _position(owner, is_demo=workshop.is_demo)
        commitment.is_demo = workshop.is_demo
        commitment.save()
        verb = "recorded commitment" if is_new else "changed commitment"
        record(by, verb, commitment, workshop=workshop.code)
    return commitment


def _position(owner: Office, *, is_demo: bool) -> Position:
    organization = None
    if owner.organization:
        organization = Organization.named(owner.organization, country=owner.locality.country, is_demo=is_demo)
    return Position.titled(owner.title, locality=owner.locality, organization=organization, is_demo=is_demo)


def remove_commitment(commitment: Commitment, *, by: User) -> None:
    """It was entered by mistake: it goes, with what was heard of it."""
    with transaction.atomic():
        record(by, "removed commitment", commitment, workshop=commitment.workshop.code)
        commitment.delete()


def hear(
    commitment: Commitment,
    *,
    milestone: Milestone,
    on: datetime.date,
    progress: Progress,
    note: str,
    today: datetime.date,
    by: User,
) -> FollowUp:
    """Write down what was heard at one milestone, or correct it. Kept and dropped close it."""
    if milestone not in reached(commitment.workshop.ends_on, today=today):
        raise FollowUpRefused("milestone", _("This day is still to come: ask when it is there."))
    with transaction.atomic():
        row = Commitment.objects.select_for_update().get(pk=commitment.pk)
        if not row.is_open:
            raise AlreadyClosed
        heard, _new = FollowUp.objects.update_or_create(
            commitment=row,
            milestone=milestone,
            defaults={
                "on": on,
                "progress": progress,
                "note": note,
                "recorded_by": by,
                "is_demo": row.is_demo,
            },
        )
        record(by, "followed up commitment", row, milestone=int(milestone), progress=str(progress))
        if progress in (Progress.KEPT, Progress.DROPPED):
            close_commitment(row, state=CommitmentState(progress), on=on, note=note[:1000], by=by)
    return heard


def close_commitment(
    commitment: Commitment, *, state: CommitmentState, on: datetime.date, note: str, by: User
) -> Commitment:
    """Mark it as kept or dropped on a day; what is dropped says why."""
    if state == CommitmentState.DROPPED and not note.strip():
        raise FollowUpRefused("note", _("Write down why it was dropped: others will ask."))
    with transaction.atomic():
        closed = Commitment.objects.filter(pk=commitment.pk, state=CommitmentState.OPEN).update(
            state=state, closed_on=on, closing_note=note
        )
        if not closed:
            raise AlreadyClosed
        record(by, "closed commitment", commitment, now=str(state))
    commitment.state, commitment.closed_on, commitment.closing_note = state, on, note
    return commitment


def reopen_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """It is open again: what was heard stays, the day it was closed goes."""
    with transaction.atomic():
        opened = (
            Commitment.objects.filter(pk=commitment.pk)
            .exclude(state=CommitmentState.OPEN)
            .update(state=CommitmentState.OPEN, closed_on=None, closing_note="")
        )
        if opened:
            record(by, "reopened commitment", commitment)
    commitment.state, commitment.closed_on, commitment.closing_note = CommitmentState.OPEN, None, ""
    return commitment
