import datetime
import itertools

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Notice
from accounts.roles import Role
from committees.composition import Side
from committees.models import Appointment, Committee, CommitteeKind, MeetingState, Seat
from committees.services import states as services
from committees.services.committees import CommitteeRefused, change_committee
from committees.services.reopening import reopen_committee
from committees.services.states import MoveRefused
from committees.states import MOVES, CommitteeState
from tests.factories.accounts import AssignmentFactory
from tests.factories.committees import (
    AppointmentFactory,
    CommitteeAccessFactory,
    ForwardingFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.localities import LocalityFactory
from tests.factories.people import OrganizationFactory
from tests.factories.workshops import WorkshopFactory

DAY = datetime.date(2026, 9, 1)
SET_UP = datetime.date(2026, 3, 3)


def seats(committee, government, civil_society, **kwargs):
    for side, number in ((Side.GOVERNMENT, government), (Side.CIVIL_SOCIETY, civil_society)):
        for _ in range(number):
            SeatFactory(committee=committee, side=side, **kwargs)


def in_state(committee, state, *, stood=CommitteeState.ESTABLISHED):
    """The committee as it would stand there, written to the database without a move; a dissolved one with
    the days of where it stood before."""
    before = stood if state == CommitteeState.DISSOLVED else state
    values = {"state": state, "established_on": None if before == CommitteeState.PROPOSED else SET_UP}
    if before == CommitteeState.ACTIVE:
        values |= {"activated_on": SET_UP}
    if state == CommitteeState.DISSOLVED:
        values |= {"dissolved_on": DAY, "dissolved_reason": "Merged."}
    Committee.objects.filter(pk=committee.pk).update(**values)
    committee.refresh_from_db()
    return committee


def move(committee, to, by):
    if committee.state == CommitteeState.DISSOLVED:
        return reopen_committee(committee, reason="It is needed.", by=by)
    if to == CommitteeState.ACTIVE:
        return services.activate(committee, on=DAY, by=by, today=DAY)
    if to == CommitteeState.DISSOLVED:
        return services.dissolve(committee, on=DAY, reason="Merged.", by=by, today=DAY)
    if committee.state == CommitteeState.ACTIVE:
        return services.deactivate(committee, reason="To be completed.", by=by)
    return services.establish(committee, on=DAY, workshop=None, by=by, today=DAY)


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(CommitteeState, 2)))
def test_moves_over_all_pairs(before, after, committee, facilitator):
    seats(committee, 1, 1)
    in_state(committee, before, stood=after)
    if after == CommitteeState.PROPOSED and before != CommitteeState.DISSOLVED:
        assert after not in MOVES[before]  # nothing else leads back there
    elif after in MOVES[before]:
        moved = move(committee, after, facilitator)
        assert Committee.objects.get().state == moved.state == after
        assert moved.row_version == 2
        assert AuditEvent.objects.filter(subject=committee.code, by=facilitator).exists()
    else:
        with pytest.raises(MoveRefused):
            move(committee, after, facilitator)
        assert Committee.objects.get().state == before


# --- The gate of a board (BR5, F77) ------------------------------------------------------------


@pytest.fixture
def board(committee):
    committee.kind = CommitteeKind.MONITORING
    committee.responsible = OrganizationFactory(country=committee.locality.country)
    committee.save()
    return committee


@pytest.mark.parametrize(
    ("government", "civil_society", "accepted"),
    [(6, 6, True), (7, 5, False), (5, 4, True), (4, 5, True), (5, 3, False), (1, 0, True)],
)
def test_activate_board_by_the_balance_of_its_sides(government, civil_society, accepted, board, facilitator):
    seats(board, government, civil_society)
    seats(board, 3, 0, voting=False, role="observer")  # observers are ignored
    if accepted:
        assert services.activate(board, on=DAY, by=facilitator, today=DAY).activated_on == DAY
    else:
        with pytest.raises(MoveRefused) as refused:
            services.activate(board, on=DAY, by=facilitator, today=DAY)
        assert refused.value.field == "override"
        assert Committee.objects.get().state == CommitteeState.ESTABLISHED


def test_activate_board_counts_whom_a_seat_lost_no_more(board, facilitator):
    seats(board, 6, 6)
    for seat in board.seats.filter(side=Side.CIVIL_SOCIETY)[:2]:
        AppointmentFactory(seat=seat, ends_on=DAY, how_ended="resigned")
    with pytest.raises(MoveRefused):
        services.activate(board, on=DAY, by=facilitator, today=DAY)


def test_activate_unbalanced_board_with_a_reason_that_stays_on_its_page(board, facilitator, signed_in):
    seats(board, 7, 5)
    client, url = signed_in(facilitator), reverse("committee_activate", args=[board.code])
    assert client.post(url, {"on": "2026-09-01", "override": " "}).status_code == 422
    client.post(url, {"on": "2026-09-01", "override": "The council elects two in May."})
    kept = Committee.objects.get()
    assert (kept.balance_override_by, kept.state) == (facilitator, CommitteeState.ACTIVE)
    assert "The council elects two in May." in client.get(board.get_absolute_url()).content.decode()
    seats(board, 0, 2)
    assert "The council elects two in May." not in client.get(board.get_absolute_url()).content.decode()


def test_activate_steering_committee_is_warned_and_goes_on(committee, facilitator, signed_in):
    seats(committee, 7, 5)
    client, url = signed_in(facilitator), reverse("committee_activate", args=[committee.code])
    assert "not in balance" in client.get(url).content.decode()
    assert client.post(url, {"on": "2026-09-01"}).url == committee.get_absolute_url()
    assert Committee.objects.get().balance_override == ""


def test_activate_without_seats_or_department_is_refused(board, facilitator, signed_in):
    page = signed_in(facilitator).get(reverse("committee_activate", args=[board.code])).content.decode()
    assert "It has no seat yet" in page
    assert '<button class="btn btn-primary">Make it active' not in page
    seats(board, 2, 2)
    board.responsible = None
    board.save()
    with pytest.raises(MoveRefused, match="responsible department"):
        services.activate(board, on=DAY, by=facilitator, today=DAY)


def test_active_board_keeps_its_department(board, facilitator):
    seats(board, 2, 2)
    services.activate(board, on=DAY, by=facilitator, today=DAY)
    board.refresh_from_db()
    with pytest.raises(CommitteeRefused) as refused:
        change_committee(board, opened_version=2, responsible="", by=facilitator)
    assert refused.value.field == "responsible"


def test_active_committee_becomes_a_board_only_through_the_gate(committee, facilitator):
    seats(committee, 5, 2)
    services.activate(committee, on=DAY, by=facilitator, today=DAY)
    committee.refresh_from_db()
    committee.kind = CommitteeKind.MONITORING
    for name, field in (("", "responsible"), ("Division of gender", "kind")):
        with pytest.raises(CommitteeRefused) as refused:
            change_committee(committee, opened_version=2, responsible=name, by=facilitator)
        assert refused.value.field == field


@pytest.mark.parametrize(("on", "words"), [("2999-01-01", "not come yet"), ("2026-03-02", "was set up on")])
def test_committee_activate_on_a_day_that_cannot_be(on, words, committee, facilitator, signed_in):
    seats(committee, 1, 1)
    url = reverse("committee_activate", args=[committee.code])
    response = signed_in(facilitator).post(url, {"on": on})
    assert response.status_code == 422
    assert words in str(response.context["form"].errors["on"])


# --- The pages ---------------------------------------------------------------------------------


def test_committee_establish_takes_the_day_and_the_workshop(committee, workshop, facilitator, signed_in):
    in_state(committee, CommitteeState.PROPOSED)
    client, url = signed_in(facilitator), reverse("committee_establish", args=[committee.code])
    assert client.get(url).status_code == 200
    assert client.post(url, {"on": "2999-01-01"}).status_code == 422
    client.post(url, {"on": "2026-03-05", "workshop": workshop.code})
    row = Committee.objects.get()
    assert (row.state, row.established_on) == (CommitteeState.ESTABLISHED, datetime.date(2026, 3, 5))
    assert client.get(url).url == committee.get_absolute_url()  # once more: no step from there


def test_committee_establish_at_a_workshop_where_one_only_looks(committee, country, oversight, signed_in):
    """Its committee would read what was promised there."""
    in_state(committee, CommitteeState.PROPOSED)
    AssignmentFactory(role=Role.FACILITATOR, locality=committee.locality, country=None, user=oversight)
    elsewhere = WorkshopFactory(locality=LocalityFactory(code="CD-HK", country=country))
    url = reverse("committee_establish", args=[committee.code])
    answer = signed_in(oversight).post(url, {"on": "2026-03-05", "workshop": elsewhere.code})
    assert answer.status_code == 422
    assert Committee.objects.get().state == CommitteeState.PROPOSED


def test_committee_deactivate_keeps_the_reason_in_the_audit(committee, facilitator, signed_in):
    in_state(committee, CommitteeState.ACTIVE)
    client, url = signed_in(facilitator), reverse("committee_deactivate", args=[committee.code])
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Half of the seats are vacant."})
    assert Committee.objects.get().state == CommitteeState.ESTABLISHED
    event = AuditEvent.objects.get(verb="put committee back to established")
    assert event.detail == {"reason": "Half of the seats are vacant."}


def test_committee_dissolve_ends_seats_and_who_sits_there(committee, facilitator, signed_in):
    sitting = AppointmentFactory(seat__committee=committee)
    meeting = MeetingFactory(committee=committee)
    client, url = signed_in(facilitator), reverse("committee_dissolve", args=[committee.code])
    assert "Its 1 seat ends on that day" in client.get(url).content.decode()
    assert client.post(url, {"on": "2026-09-01", "reason": "Merged with the province."}).status_code == 302
    seat = Seat.objects.get()
    assert (seat.ended_on, Appointment.objects.get().ends_on) == (DAY, DAY)
    sitting.refresh_from_db()
    assert sitting.how_ended == "seat_ended"
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "Merged with the province." in page
    assert reverse("seat_new", args=[committee.code]) not in page
    assert client.get(reverse("committee_edit", args=[committee.code])).url == committee.get_absolute_url()


def test_dissolve_tells_who_was_invited_and_sends_back_what_waits(
    committee, elsewhere, facilitator, member, secretary
):
    meeting = MeetingFactory(committee=committee, invited_on=SET_UP)
    waits = ForwardingFactory(to=committee, decision__meeting__committee__locality=elsewhere)
    other = waits.decision.meeting.committee
    CommitteeAccessFactory(committee=other, user=secretary, role=Role.COMMITTEE_SECRETARY)
    services.dissolve(committee, on=DAY, reason="Merged.", by=facilitator, today=DAY)
    told = set(Notice.objects.values_list("user", "subject"))
    assert {(member.pk, meeting.code), (secretary.pk, meeting.code), (secretary.pk, waits.code)} <= told
    waits.refresh_from_db()
    assert (waits.state, waits.answer) == ("declined", "The committee was dissolved.")


@pytest.mark.parametrize("on", ["2026-03-02", "2026-05-01", "2999-01-01"])
def test_committee_dissolve_on_a_day_that_cannot_be(on, committee, facilitator, signed_in):
    MeetingFactory(committee=committee, held=True, day=datetime.date(2026, 6, 2))
    url = reverse("committee_dissolve", args=[committee.code])
    response = signed_in(facilitator).post(url, {"on": on, "reason": "Merged."})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"on"}
    assert Committee.objects.get().state == CommitteeState.ESTABLISHED
