"""Setting up a committee, its seats and its access. Every change leaves an audit line of codes."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from accounts.roles import Role
from committees.composition import SeatRole, Side
from committees.models import Committee, CommitteeAccess, Seat
from localities.models import Locality
from people.models import Organization, Position


class SeatRefused(Exception):
    """The seat cannot be as asked for. `field` is the form field that the message belongs to."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class AlreadyHasAccess(Exception):
    """The account works for this committee already."""

    def __init__(self) -> None:
        super().__init__(gettext("This account works for the committee already. Remove its access first."))


@dataclass(frozen=True)
class SeatValues:
    """What a seat is made of, as typed: the position by its title and organisation."""

    position_title: str
    side: Side | str
    organization: str = ""
    role: SeatRole | str = SeatRole.MEMBER
    voting: bool = True


@transaction.atomic
def set_up_committee(committee: Committee, *, by: User) -> Committee:
    """Save a new committee. What a demonstration workshop sets up belongs to the demonstration."""
    workshop = committee.established_at
    committee.is_demo = workshop is not None and workshop.is_demo
    committee.save()
    record(by, "set up committee", committee, locality=committee.locality.code)
    return committee


@transaction.atomic
def change_committee(committee: Committee, *, by: User) -> Committee:
    """Save what was corrected of a committee."""
    committee.save()
    record(by, "changed committee", committee)
    return committee


@transaction.atomic
def add_seat(committee: Committee, values: SeatValues, *, by: User) -> Seat:
    """A new seat for the position of that title, which is made if the locality has none."""
    seat = _filled(Seat(committee=committee, is_demo=committee.is_demo), values)
    seat.save()
    record(by, "added seat", committee, seat=seat.code)
    return seat


@transaction.atomic
def change_seat(seat: Seat, values: SeatValues, *, by: User) -> Seat:
    """Correct a seat. Another title means another position: the old one keeps its history."""
    _filled(seat, values).save()
    record(by, "changed seat", seat.committee, seat=seat.code)
    return seat


def _filled(seat: Seat, values: SeatValues) -> Seat:
    """The seat with these values, unless the committee has such a seat or a chair already."""
    committee = Committee.objects.select_for_update().get(pk=seat.committee_id)
    position = position_named(
        values.position_title,
        organization=values.organization,
        locality=committee.locality,
        is_demo=seat.is_demo,
    )
    others = committee.seats.exclude(pk=seat.pk)
    if others.filter(position=position).exists():
        raise SeatRefused("position_title", gettext("This position has a seat on the committee already."))
    if values.role == SeatRole.CHAIR and others.filter(role=SeatRole.CHAIR).exists():
        raise SeatRefused("role", gettext("The committee has a chair already. Change that seat first."))
    seat.position, seat.side, seat.role = position, values.side, values.role
    seat.voting = values.voting and values.role != SeatRole.OBSERVER
    return seat


def position_named(title: str, *, organization: str, locality: Locality, is_demo: bool = False) -> Position:
    """The position of that title in the locality, and its organisation; made if they are new."""
    owner = None
    if organization.strip():
        owner = Organization.named(organization, country=locality.country, is_demo=is_demo)
    return Position.titled(title, locality=locality, organization=owner, is_demo=is_demo)


@transaction.atomic
def remove_seat(seat: Seat, *, by: User) -> None:
    """Take the seat away. The position stays: plans and registrations point at it."""
    record(by, "removed seat", seat.committee, seat=seat.code)
    seat.delete()


@transaction.atomic
def give_access(committee: Committee, *, user: User, role: Role | str, by: User) -> CommitteeAccess:
    """Let an account work for the committee, as secretary or member."""
    access, is_new = CommitteeAccess.objects.get_or_create(
        committee=committee, user=user, defaults={"role": role, "is_demo": committee.is_demo}
    )
    if not is_new:
        raise AlreadyHasAccess
    record(by, "gave committee access", committee, access=access.code, role=str(role))
    return access


@transaction.atomic
def remove_access(access: CommitteeAccess, *, by: User) -> None:
    """Take the access away. What the account wrote stays."""
    record(by, "removed committee access", access.committee, access=access.code)
    access.delete()
