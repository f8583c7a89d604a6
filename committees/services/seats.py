"""Seats of a committee. Every change leaves an audit line of codes."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from committees.composition import SeatRole, Side
from committees.models import Appointment, Committee, CommitteeKind, Seat
from committees.services.appointments import end_sittings
from committees.states import CommitteeState
from core.refusals import FieldRefused
from localities.models import Locality
from people.models import Organization, Position

POSITION, ORGANIZATION = "position", "organization"


class SeatRefused(FieldRefused):
    """The seat cannot be as asked for."""


@dataclass(frozen=True)
class SeatValues:
    """What a seat is made of, as typed: the position by its title and organisation, or the organisation
    alone where it sends whom it likes."""

    position_title: str
    side: Side | str
    organization: str = ""
    role: SeatRole | str = SeatRole.MEMBER
    voting: bool = True
    held_by: str = POSITION
    category: str = ""
    since: datetime.date | None = None


@transaction.atomic
def add_seat(committee: Committee, values: SeatValues, *, by: User) -> Seat:
    """A new seat for the position of that title, which is made if the locality has none, or for the
    organisation."""
    with keeping_balance(committee.pk):
        seat = _filled(Seat(committee=committee, is_demo=committee.is_demo), values)
        seat.save()
    record(by, "added seat", committee, seat=seat.code)
    return seat


@transaction.atomic
def change_seat(seat: Seat, values: SeatValues, *, by: User) -> Seat:
    """Correct a seat. Another title means another position: the old one keeps its history."""
    if not seat.is_current:
        raise SeatRefused(None, gettext("This seat has ended: it stays as it was."))
    with keeping_balance(seat.committee_id):
        _filled(seat, values).save()
    record(by, "changed seat", seat.committee, seat=seat.code)
    return seat


def _filled(seat: Seat, values: SeatValues) -> Seat:
    """The seat with these values, unless the committee has such a seat or a chair already."""
    committee = locked(seat.committee_id)
    refuse_days(seat, committee, values.since)
    position, organization = _office(seat, committee, values)
    others = committee.seats.current().exclude(pk=seat.pk)
    if position and others.filter(position=position).exists():
        raise SeatRefused("position_title", gettext("This position has a seat on the committee already."))
    if values.role == SeatRole.CHAIR and others.filter(role=SeatRole.CHAIR).exists():
        raise SeatRefused("role", gettext("The committee has a chair already. Change that seat first."))
    refuse_other_office(seat, position)
    voted = seat.pk is not None and seat.voting
    seat.position, seat.organization = position, organization
    seat.side, seat.role = values.side, values.role
    seat.category, seat.since = values.category, values.since
    seat.voting = values.voting and values.role != SeatRole.OBSERVER
    if voted and not seat.voting:
        refuse_below_quorum(committee, field="voting")
    return seat


def locked(committee_id: int) -> Committee:
    """The committee, held until the seat is written. Nothing changes on one that was dissolved."""
    committee = Committee.objects.select_for_update().select_related("locality__country").get(pk=committee_id)
    if committee.state == CommitteeState.DISSOLVED:
        raise SeatRefused(None, gettext("The committee was dissolved: its seats stay as they were."))
    return committee


def _office(
    seat: Seat, committee: Committee, values: SeatValues
) -> tuple[Position, None] | tuple[None, Organization]:
    if values.held_by == ORGANIZATION:
        country = committee.locality.country
        return None, Organization.named(values.organization, country=country, is_demo=seat.is_demo)
    position = position_named(
        values.position_title,
        organization=values.organization,
        locality=committee.locality,
        is_demo=seat.is_demo,
    )
    return position, None


def position_named(title: str, *, organization: str, locality: Locality, is_demo: bool = False) -> Position:
    """The position of that title in the locality, and its organisation; made if they are new."""
    owner = None
    if organization.strip():
        owner = Organization.named(organization, country=locality.country, is_demo=is_demo)
    return Position.titled(title, locality=locality, organization=owner, is_demo=is_demo)


def refuse_days(seat: Seat, committee: Committee, since: datetime.date | None) -> None:
    """A seat is not older than its committee, and nobody sat on it before it was there."""
    if since is None:
        return
    if committee.established_on and since < committee.established_on:
        words = gettext("The committee was set up on %(day)s: its seats cannot be older.")
        raise SeatRefused("since", words % {"day": date_format(committee.established_on)})
    first = seat.appointments.order_by("starts_on").first() if seat.pk else None
    if first and first.starts_on < since:
        words = gettext("Somebody sat here from %(day)s on: the seat cannot be younger.")
        raise SeatRefused("since", words % {"day": date_format(first.starts_on)})


def refuse_other_office(seat: Seat, position: Position | None) -> None:
    """Who sat by office sat by that office: another one gets another seat."""
    if seat.pk is None or seat.position_id == (position and position.pk):
        return
    if seat.appointments.filter(incumbency__isnull=False).exists():
        raise SeatRefused(
            "position_title" if position else "held_by",
            gettext(
                "Somebody sat here by office, so the seat stays with that office. End this seat and add "
                "another one; or, where only the title is spelt wrongly, correct the position itself."
            ),
        )


@contextmanager
def keeping_balance(committee_id: int) -> Iterator[None]:
    """A monitoring board that was made active in balance does not lose it by its seats, without a reason
    (BR5, F76). Called inside the transaction, which is undone."""
    committee = locked(committee_id)
    is_board = committee.kind == CommitteeKind.MONITORING and committee.state == CommitteeState.ACTIVE
    holds = is_board and not committee.balance_override and committee.composition.is_balanced
    yield
    if holds and not committee.composition.is_balanced:
        words = gettext(
            "The board is active and its two sides are in balance; so they would not be: %(sentence)s. "
            "Change a seat of the other side first, or put the board back to established and make it active "
            "again: there you can give a reason."
        )
        raise SeatRefused(None, words % {"sentence": committee.composition.counted})


def refuse_below_quorum(committee: Committee, *, field: str | None) -> None:
    """One voting seat less must not leave a quorum that cannot be reached any more."""
    left = committee.seats.current().filter(voting=True).count() - 1
    if committee.quorum is not None and committee.quorum > left:
        words = gettext(
            "The quorum of the committee is %(quorum)s; without this vote there would be %(left)s voting "
            "seats. Change the quorum first."
        )
        raise SeatRefused(field, words % {"quorum": committee.quorum, "left": left})


def has_history(seat: Seat) -> bool:
    """Whether somebody sat on it, came to a meeting or voted for it: then it is kept when it ends."""
    return seat.appointments.exists() or seat.attendance.exists() or seat.votes.exists()


@transaction.atomic
def remove_seat(seat: Seat, *, by: User) -> None:
    """Take away a seat that has no history. The position stays: plans and registrations point at it."""
    committee = locked(seat.committee_id)
    if has_history(seat):
        raise SeatRefused(None, gettext("This seat has a history by now: say when it ended."))
    if seat.voting:
        refuse_below_quorum(committee, field=None)
    record(by, "removed seat", committee, seat=seat.code)
    with keeping_balance(committee.pk):
        seat.delete()


@transaction.atomic
def end_seat(seat: Seat, *, on: datetime.date, reason: str, by: User, today: datetime.date) -> Seat:
    """The committee has this seat no more; who sat on it stays in its history."""
    committee = locked(seat.committee_id)
    row = Seat.objects.select_for_update().get(pk=seat.pk)
    if not row.is_current:
        raise SeatRefused(None, gettext("This seat has ended already."))
    if on > today:
        raise SeatRefused("ended_on", gettext("This day has not come yet."))
    latest = last_day_of(row)
    if latest and on < latest:
        words = gettext("Something of this seat is written down for %(day)s: it cannot end before that day.")
        raise SeatRefused("ended_on", words % {"day": date_format(latest)})
    if row.voting:
        refuse_below_quorum(committee, field=None)
    with keeping_balance(committee.pk):
        sat = end_sittings(Appointment.objects.filter(seat=row), on=on)
        row.ended_on, row.ended_reason = on, reason.strip()
        row.save()
    record(by, "ended seat", committee, seat=row.code, on=on.isoformat(), sat=sat)
    return row


def last_day_of(seat: Seat) -> datetime.date | None:
    """The last day on which something of the seat begins or was counted."""
    days = [
        seat.since,
        seat.appointments.aggregate(day=Max("starts_on"))["day"],
        seat.attendance.aggregate(day=Max("meeting__day"))["day"],
        seat.votes.aggregate(day=Max("decision__meeting__day"))["day"],
    ]
    return max((day for day in days if day), default=None)
