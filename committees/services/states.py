"""The moves of a committee from one state to the next, and what each asks for first."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from committees.composition import Composition
from committees.models import (
    Appointment,
    Committee,
    CommitteeKind,
    ForwardingState,
    MeetingState,
)
from committees.services.appointments import end_sittings
from committees.services.forwarding import can_be_taken_up, send_back
from committees.services.meetings import cancel_meeting
from committees.states import MOVES, CommitteeState
from core.refusals import FieldRefused
from workshops.models import Workshop


class MoveRefused(FieldRefused):
    """The committee cannot move so."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(field, message)


@dataclass(frozen=True)
class Gate:
    """What stands between a committee and being active: errors stop it, warnings do not."""

    errors: list[str]
    warnings: list[str]
    needs_override: bool  # an error that a reason lifts (BR5)

    @classmethod
    def from_committee(cls, committee: Committee, composition: Composition, *, seats: int) -> "Gate":
        errors: list[str] = []
        warnings: list[str] = []
        needs_override = False
        is_board = committee.kind == CommitteeKind.MONITORING
        if not seats:
            errors.append(gettext("It has no seat yet. Add its seats first."))
        if is_board and committee.responsible_id is None:
            errors.append(
                gettext(
                    "A monitoring board needs its responsible department. Name it on the form of the board."
                )
            )
        if seats and not composition.is_balanced:
            words = gettext("Its two sides are not in balance: %(sentence)s.") % {
                "sentence": composition.sentence
            }
            needs_override = is_board
            (errors if is_board else warnings).append(words)
        return cls(errors, warnings, needs_override)

    @property
    def is_shut(self) -> bool:
        """Whether something is missing that no reason lifts."""
        return len(self.errors) > int(self.needs_override)


def gate_of(committee: Committee) -> Gate:
    seats = list(committee.seats.current().with_vacancy())
    return Gate.from_committee(committee, Composition.from_seats(seats), seats=len(seats))


def moved(committee: Committee, to: CommitteeState) -> Committee:
    """The committee as it stands, locked, if it may move there."""
    standing = Committee.objects.select_for_update().select_related("locality__country").get(pk=committee.pk)
    if to not in MOVES[CommitteeState(standing.state)]:
        words = gettext("The committee is “%(state)s” now: that is no step from there.")
        raise MoveRefused(words % {"state": standing.get_state_display()})
    standing.state = to
    return standing


def kept(committee: Committee, *, by: User) -> Committee:
    """Saved as the next version: whoever had its form open is told."""
    committee.row_version += 1
    committee.updated_by = by
    committee.save()
    return committee


@transaction.atomic
def establish(
    committee: Committee,
    *,
    on: datetime.date,
    workshop: Workshop | None,
    by: User,
    today: datetime.date,
) -> Committee:
    """Proposed → established."""
    if committee.state != CommitteeState.PROPOSED:
        raise MoveRefused(gettext("The committee is established already."))
    row = moved(committee, CommitteeState.ESTABLISHED)
    if on > today:
        raise MoveRefused(gettext("This day has not come yet."), field="on")
    row.established_on = on
    row.established_at = workshop or row.established_at
    record(by, "established committee", row)
    return kept(row, by=by)


@transaction.atomic
def activate(
    committee: Committee, *, on: datetime.date, by: User, today: datetime.date, override: str = ""
) -> Committee:
    """Established → active, through the gate (BR5 and F77, International Alert 2020)."""
    row = moved(committee, CommitteeState.ACTIVE)
    if on > today:
        raise MoveRefused(gettext("This day has not come yet."), field="on")
    if row.established_on and on < row.established_on:
        words = gettext("It was set up on %(day)s: it cannot be active before.")
        raise MoveRefused(words % {"day": date_format(row.established_on)}, field="on")
    gate = gate_of(row)
    if gate.is_shut:
        raise MoveRefused(gate.errors[0])
    if gate.needs_override and not override.strip():
        raise MoveRefused(
            gettext(
                "Its two sides are not in balance. Fill the seats first, or say why it works unbalanced."
            ),
            field="override",
        )
    row.activated_on = on
    row.balance_override = override.strip() if gate.needs_override else ""
    row.balance_override_by = by if gate.needs_override else None
    row.balance_override_on = today if gate.needs_override else None
    record(by, "activated committee", row, unbalanced=gate.needs_override)
    return kept(row, by=by)


@transaction.atomic
def deactivate(committee: Committee, *, reason: str, by: User) -> Committee:
    """Active → established: it is to be completed before it goes on."""
    if committee.state != CommitteeState.ACTIVE:
        raise MoveRefused(gettext("Only an active committee is put back to established."))
    row = moved(committee, CommitteeState.ESTABLISHED)
    row.activated_on = None
    row.balance_override, row.balance_override_by, row.balance_override_on = "", None, None
    record(by, "put committee back to established", row, reason=reason.strip())
    return kept(row, by=by)


@transaction.atomic
def dissolve(
    committee: Committee, *, on: datetime.date, reason: str, by: User, today: datetime.date
) -> Committee:
    """Its seats and who sits on them end on that day, what was planned is cancelled, and what others sent
    goes back to them. Plans, minutes and decisions stay.

    The audit line says how it stood, in codes and days: from it the committee can be reopened."""
    row = moved(committee, CommitteeState.DISSOLVED)
    was = Committee.objects.values_list("state", flat=True).get(pk=row.pk)  # not saved yet
    refuse_day_of_end(row, on=on, today=today)
    sat = end_sittings(Appointment.objects.filter(seat__committee=row), on=on)
    seats = list(row.seats.current().values_list("code", flat=True))
    row.seats.current().update(ended_on=on, ended_reason=gettext("The committee was dissolved."))
    for meeting in row.meetings.filter(state=MeetingState.PLANNED):
        cancel_meeting(meeting, reason=gettext("The committee was dissolved."), by=by)
    sent_back = []
    for sent in row.received.filter(state__in=[ForwardingState.WAITING, ForwardingState.ON_AGENDA]):
        if can_be_taken_up(sent):
            send_back(sent, answer=gettext("The committee was dissolved."), on=today, by=by)
            sent_back.append(sent.code)
    row.dissolved_on, row.dissolved_reason = on, reason.strip()
    record(
        by, "dissolved committee", row, on=on.isoformat(), was=was, seats=seats, sat=sat, sent_back=sent_back
    )
    return kept(row, by=by)


def refuse_day_of_end(committee: Committee, *, on: datetime.date, today: datetime.date) -> None:
    """Not before anything of it began, and not after today."""
    if on > today:
        raise MoveRefused(gettext("This day has not come yet."), field="on")
    latest = max(
        filter(
            None,
            [
                committee.established_on,
                committee.activated_on,
                committee.seats.current().aggregate(day=Max("since"))["day"],
                Appointment.objects.filter(seat__committee=committee).aggregate(day=Max("starts_on"))["day"],
                committee.meetings.filter(state=MeetingState.HELD).aggregate(day=Max("day"))["day"],
            ],
        ),
        default=None,
    )
    if latest and on < latest:
        words = gettext("Something of it is written down for %(day)s still: it cannot end before that day.")
        raise MoveRefused(words % {"day": date_format(latest)}, field="on")
