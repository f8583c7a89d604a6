"""Taking back an end: of a seat, or of a whole committee that was dissolved.

How it stood before is read from the audit line that the end left (codes and days). An end that was written
down before that line said so much is taken back as far as the rows themselves tell it."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import AuditEvent, NoticeKind, User, record
from accounts.notices import notify
from committees.audience import workers_of
from committees.composition import SeatRole
from committees.models import Appointment, Committee, HowAppointmentEnded, Seat
from committees.services.appointments import refuse_overlap
from committees.services.forwarding import wait_again
from committees.services.seats import SeatRefused, keeping_balance, locked
from committees.services.states import MoveRefused, kept, moved
from committees.states import CommitteeState
from committees.turnover import catch_up

DISSOLVED, SEAT_ENDED = "dissolved committee", "ended seat"


@dataclass(frozen=True)
class Before:
    """How a dissolved committee stood."""

    state: CommitteeState
    seats: list[Seat]  # those that ended with it
    sat: dict[str, str] | None  # the last day of each appointment that ended with it; None: not known
    sent_back: list[str]  # codes of what others had sent

    @classmethod
    def from_committee(cls, committee: Committee) -> Self:
        seats = committee.seats.filter(ended_on=committee.dissolved_on).select_related("position")
        if detail := what_was_written(DISSOLVED, committee, on=committee.dissolved_on):
            ended = list(seats.filter(code__in=detail["seats"]))
            return cls(CommitteeState(detail["was"]), ended, detail["sat"], detail["sent_back"])
        by_itself = AuditEvent.objects.filter(subject=committee.code, verb=SEAT_ENDED)
        codes = set(by_itself.values_list("detail__seat", flat=True))
        return cls(as_its_days_say(committee), [seat for seat in seats if seat.code not in codes], None, [])


def what_was_written(
    verb: str, committee: Committee, *, on: datetime.date | None, **of: str
) -> dict[str, Any] | None:
    """What the audit line of the end on that day says of the time before; None where it says nothing."""
    about = {f"detail__{name}": value for name, value in of.items()}
    event = AuditEvent.objects.filter(subject=committee.code, verb=verb, **about).order_by("pk").last()
    if event is None or on is None or event.detail.get("on") != on.isoformat():
        return None
    return event.detail


def as_its_days_say(committee: Committee) -> CommitteeState:
    if committee.activated_on:
        return CommitteeState.ACTIVE
    return CommitteeState.ESTABLISHED if committee.established_on else CommitteeState.PROPOSED


@transaction.atomic
def reopen_committee(committee: Committee, *, reason: str, by: User) -> Committee:
    """It goes back to where it stood, with its seats and who sat there, and what others had sent waits
    again. Meetings that were cancelled stay so: whoever was invited was told. Its accounts are told."""
    # Held before it is asked how it stood: somebody may have reopened it, and moved it on, meanwhile.
    standing = Committee.objects.select_for_update().get(pk=committee.pk)
    if standing.state != CommitteeState.DISSOLVED:
        raise MoveRefused(gettext("Only a dissolved committee is reopened."))
    before = Before.from_committee(standing)
    row = moved(standing, before.state)
    day, row.dissolved_on, row.dissolved_reason = row.dissolved_on, None, ""
    assert day is not None  # noqa: S101 - a constraint of the database
    kept(row, by=by)
    for seat in before.seats:
        there_again(seat, row, sat=before.sat, by=by)
    record(by, "reopened committee", row, now=row.state, seats=len(before.seats), reason=reason.strip())
    for sent in row.received.filter(code__in=before.sent_back):
        wait_again(sent, by=by)
    notify(
        [user for user in workers_of(row) if user != by],
        kind=NoticeKind.MEETING,
        text=gettext("%(committee)s was reopened. Meetings that were cancelled are to be planned anew.")
        % {"committee": row},
        subject=row.code,
        address=row.get_absolute_url(),
        key=f"reopened:{row.code}:{row.row_version}",
    )
    return row


@transaction.atomic
def reopen_seat(seat: Seat, *, reason: str, by: User) -> Seat:
    """The seat is there as if it had not ended, with who sat there. Refused where somebody else has taken
    its place since, or where an active board would lose its balance (BR5)."""
    committee = locked(seat.committee_id)
    row = Seat.objects.select_for_update(of=("self",)).select_related("position").get(pk=seat.pk)
    if row.ended_on is None:
        raise SeatRefused(None, gettext("This seat has not ended."))
    refuse_if_taken(row, committee)
    written = what_was_written(SEAT_ENDED, committee, on=row.ended_on, seat=row.code)
    with keeping_balance(committee.pk):
        there_again(row, committee, sat=written["sat"] if written else None, by=by)
    record(by, "reopened seat", committee, seat=row.code, reason=reason.strip())
    return row


def refuse_if_taken(seat: Seat, committee: Committee) -> None:
    """A position has one seat on the committee, and the committee one chair."""
    others = committee.seats.current()
    if seat.position_id and others.filter(position=seat.position_id).exists():
        raise SeatRefused(
            None,
            gettext(
                "This position has another seat on the committee by now. End that one first, or leave this "
                "one in the history."
            ),
        )
    if seat.role == SeatRole.CHAIR and others.filter(role=SeatRole.CHAIR).exists():
        raise SeatRefused(
            None, gettext("The committee has another chair by now. Change the role of that seat first.")
        )


def there_again(seat: Seat, committee: Committee, *, sat: dict[str, str] | None, by: User) -> None:
    """The seat without its end, and who sat there; then what happened to its office meanwhile."""
    day = seat.ended_on
    assert day is not None  # noqa: S101 - only of a seat that ended
    seat.committee = committee  # as it stands now
    seat.ended_on, seat.ended_reason = None, ""
    seat.save()
    for appointment in seat.appointments.filter(ends_on=day):
        if not ended_with_its_seat(appointment, sat):
            continue
        until = (sat or {}).get(appointment.code)
        appointment.ends_on = datetime.date.fromisoformat(until) if until else None
        if appointment.ends_on is None:
            appointment.how_ended = ""
        refuse_overlap(appointment)
        appointment.save()
    catch_up(seat, since=day, by=by)


def ended_with_its_seat(appointment: Appointment, sat: dict[str, str] | None) -> bool:
    """Not one that ended by itself on that day, nor one that somebody corrected since."""
    with_seat = appointment.how_ended == HowAppointmentEnded.SEAT_ENDED
    if sat is None:
        return with_seat
    return appointment.code in sat and (with_seat or bool(sat[appointment.code]))
