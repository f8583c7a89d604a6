import pytest

from accounts.models import AuditEvent
from accounts.roles import Role
from committees.composition import SeatRole, Side
from committees.models import CommitteeAccess, Seat
from committees.services.access import AlreadyHasAccess, give_access, remove_access
from committees.services.committees import set_up_committee
from committees.services.seats import SeatRefused, SeatValues, add_seat, change_seat, remove_seat
from people.models import Organization, Position
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeFactory
from tests.factories.workshops import WorkshopFactory

MAYOR = SeatValues("Mayor", side=Side.GOVERNMENT, organization="City council")


def test_add_seat_makes_the_position_once(committee, facilitator):
    seat = add_seat(committee, MAYOR, by=facilitator)
    assert str(seat) == "Mayor, City council"
    assert seat.position.locality == committee.locality
    event = AuditEvent.objects.get(verb="added seat")
    assert (event.subject, event.detail) == (committee.code, {"seat": seat.code})
    with pytest.raises(SeatRefused) as refused:
        add_seat(committee, SeatValues(" mayor ", Side.GOVERNMENT, "CITY council"), by=facilitator)
    assert refused.value.field == "position_title"
    assert Seat.objects.count() == Position.objects.count() == Organization.objects.count() == 1


def test_set_up_committee_at_a_demo_workshop_is_demo(locality, facilitator):
    workshop = WorkshopFactory(locality=locality, is_demo=True)
    committee = CommitteeFactory.build(locality=locality, established_at=workshop)
    assert set_up_committee(committee, by=facilitator).is_demo
    seat = add_seat(committee, MAYOR, by=facilitator)
    access = give_access(committee, user=facilitator, role=Role.COMMITTEE_MEMBER, by=facilitator)
    assert seat.is_demo
    assert seat.position.is_demo
    assert access.is_demo


def test_add_seat_refuses_a_second_chair(committee, facilitator):
    add_seat(committee, SeatValues("Mayor", Side.GOVERNMENT, role=SeatRole.CHAIR), by=facilitator)
    with pytest.raises(SeatRefused) as refused:
        add_seat(committee, SeatValues("Vicar", Side.OTHER, role=SeatRole.CHAIR), by=facilitator)
    assert refused.value.field == "role"


def test_add_seat_never_lets_an_observer_vote(committee, facilitator):
    seat = add_seat(committee, SeatValues("Adviser", Side.OTHER, role=SeatRole.OBSERVER), by=facilitator)
    assert seat.voting is False


def test_change_seat_keeps_its_own_position_and_chair(committee, facilitator):
    seat = add_seat(committee, SeatValues("Mayor", Side.GOVERNMENT, role=SeatRole.CHAIR), by=facilitator)
    change_seat(seat, SeatValues("Mayor", Side.OTHER, role=SeatRole.CHAIR), by=facilitator)
    assert Seat.objects.get().side == Side.OTHER
    change_seat(seat, SeatValues("Governor", Side.OTHER), by=facilitator)
    assert set(Position.objects.values_list("title", flat=True)) == {"Mayor", "Governor"}


def test_remove_seat_keeps_the_position(committee, facilitator):
    seat = add_seat(committee, MAYOR, by=facilitator)
    remove_seat(seat, by=facilitator)
    assert not Seat.objects.exists()
    assert Position.objects.count() == 1


def test_give_and_remove_access_leave_codes_only(committee, coordinator):
    user = UserFactory(email="somebody@test.example", display_name="Some Body")
    access = give_access(committee, user=user, role=Role.COMMITTEE_MEMBER, by=coordinator)
    with pytest.raises(AlreadyHasAccess):
        give_access(committee, user=user, role=Role.COMMITTEE_SECRETARY, by=coordinator)
    remove_access(access, by=coordinator)
    assert not CommitteeAccess.objects.exists()
    kept = str(list(AuditEvent.objects.values_list("verb", "subject", "detail")))
    assert access.code in kept
    assert "somebody" not in kept
    assert "Some Body" not in kept
