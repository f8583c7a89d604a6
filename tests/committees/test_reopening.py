"""An end is taken back: of a committee that was dissolved, of a seat."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Notice
from accounts.roles import Role
from committees.models import Appointment, Committee, MeetingState, Seat
from committees.services import reopening
from committees.services.seats import SeatRefused, end_seat
from committees.services.states import activate, dissolve
from committees.states import CommitteeState
from tests.factories.committees import (
    AppointmentFactory,
    CommitteeAccessFactory,
    ForwardingFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import IncumbencyFactory, OrganizationFactory

DAY = datetime.date(2026, 9, 1)
TERM = datetime.date(2027, 3, 3)
WHY = {"reason": "The merger did not come about."}


def ended(committee, by, **end):
    return dissolve(committee, on=DAY, reason="Merged.", by=by, today=DAY, **end)


def seat_ended(seat, by):
    return end_seat(seat, on=DAY, reason="Fewer seats.", by=by, today=DAY)


def reopen_url(row):
    if isinstance(row, Seat):
        return reverse("seat_reopen", args=[row.committee.code, row.code])
    return reverse("committee_reopen", args=[row.code])


def days_of(row):
    row.refresh_from_db()
    return row.starts_on, row.ends_on, row.how_ended


# A committee


def test_committee_reopen_gives_back_what_ended_with_it(committee, facilitator, signed_in):
    sits, agreed, left = AppointmentFactory.create_batch(3, seat__committee=committee)
    Appointment.objects.filter(pk=agreed.pk).update(ends_on=TERM, how_ended="term")
    Appointment.objects.filter(pk=left.pk).update(ends_on=DAY, how_ended="resigned")
    before = [days_of(row) for row in (sits, agreed, left)]
    earlier = SeatFactory(committee=committee, ended_on=DAY, ended_reason="Fewer seats.")
    activate(committee, on=DAY, by=facilitator, today=DAY)
    ended(committee, facilitator)
    assert days_of(agreed) != before[1]
    client = signed_in(facilitator)
    page = client.get(committee.get_absolute_url()).content.decode()
    assert page.count(reopen_url(committee)) == 1
    assert "The committee has no seats any more." in page
    assert "Who votes" not in page
    assert "No seat yet" not in page
    page = client.get(reopen_url(committee)).content.decode()
    assert "It is “Active” again, as before." in page
    assert "Its 3 seats are there again" in page
    assert client.post(reopen_url(committee), WHY).url == committee.get_absolute_url()
    row = Committee.objects.get()
    assert (row.state, row.dissolved_on, row.dissolved_reason) == (CommitteeState.ACTIVE, None, "")
    assert [days_of(each) for each in (sits, agreed, left)] == before
    assert set(row.seats.current()) == {sits.seat, agreed.seat, left.seat}
    earlier.refresh_from_db()
    assert earlier.ended_reason == "Fewer seats."
    event = AuditEvent.objects.get(verb="reopened committee")
    assert (event.subject, event.by) == (committee.code, facilitator)
    assert event.detail == {"now": "active", "seats": 3} | WHY


@pytest.mark.parametrize("was", [CommitteeState.PROPOSED, CommitteeState.ESTABLISHED, CommitteeState.ACTIVE])
def test_committee_reopen_leads_back_to_where_it_stood(was, committee, facilitator):
    set_up = None if was == CommitteeState.PROPOSED else datetime.date(2026, 3, 3)
    Committee.objects.filter(pk=committee.pk).update(state=was, established_on=set_up)
    gone = ended(Committee.objects.get(), facilitator)
    assert reopening.reopen_committee(gone, by=facilitator, **WHY).state == was


def test_committee_reopen_needs_a_reason_and_an_end(committee, facilitator, signed_in):
    client = signed_in(facilitator)
    assert client.get(reopen_url(committee)).url == committee.get_absolute_url()
    assert client.post(reopen_url(committee), WHY).url == committee.get_absolute_url()
    ended(committee, facilitator)
    for reason in ("", " ", "x" * 501):
        assert client.post(reopen_url(committee), {"reason": reason}).status_code == 422
    assert Committee.objects.get().state == CommitteeState.DISSOLVED


def test_committee_reopen_at_once_reopens_once(committee, facilitator):
    gone = ended(committee, facilitator)
    stale = Committee.objects.get()
    reopening.reopen_committee(gone, by=facilitator, **WHY)
    with pytest.raises(reopening.MoveRefused):
        reopening.reopen_committee(stale, by=facilitator, **WHY)
    assert Committee.objects.get().row_version == 3


def test_committee_reopen_is_refused_where_it_was_reopened_and_moved_on(committee, facilitator):
    """Who asked for it before finds another step that could be taken from there: it is not this one."""
    gone = ended(committee, facilitator)
    stale = Committee.objects.get()
    row = reopening.reopen_committee(gone, by=facilitator, **WHY)
    SeatFactory(committee=committee)
    activate(row, on=DAY, by=facilitator, today=DAY)
    with pytest.raises(reopening.MoveRefused, match="Only a dissolved committee"):
        reopening.reopen_committee(stale, by=facilitator, **WHY)
    assert Committee.objects.get().state == CommitteeState.ACTIVE


def test_committee_reopen_keeps_why_a_board_works_unbalanced(committee, facilitator, signed_in):
    committee.kind, committee.responsible = (
        "monitoring",
        OrganizationFactory(country=committee.locality.country),
    )
    committee.save()
    SeatFactory.create_batch(3, committee=committee)
    activate(committee, on=DAY, by=facilitator, today=DAY, override="The council elects two in May.")
    client = signed_in(facilitator)
    ended(committee, facilitator)
    assert "The council elects two" not in client.get(committee.get_absolute_url()).content.decode()
    client.post(reopen_url(committee), WHY)
    assert "The council elects two in May." in client.get(committee.get_absolute_url()).content.decode()
    assert Committee.objects.get().balance_override_by == facilitator


def test_committee_reopen_tells_its_accounts_and_who_sent_something(
    committee, elsewhere, facilitator, member, secretary
):
    """The meeting stays cancelled; what was sent waits again."""
    meeting = MeetingFactory(committee=committee, day=datetime.date(2026, 10, 2))
    waits = ForwardingFactory(to=committee, decision__meeting__committee__locality=elsewhere)
    declined = ForwardingFactory(to=committee, state="declined", answer="Not ours.")
    sender = CommitteeAccessFactory(
        committee=waits.decision.meeting.committee, role=Role.COMMITTEE_SECRETARY
    ).user
    gone = ended(committee, facilitator)
    Notice.objects.all().delete()
    reopening.reopen_committee(gone, by=secretary, **WHY)
    told = set(Notice.objects.values_list("user", "subject"))
    assert told == {(member.pk, committee.code), (sender.pk, waits.code)}
    for row in (meeting, waits, declined):
        row.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    assert (waits.state, waits.answer, waits.answered_on) == ("waiting", "", None)
    assert declined.answer == "Not ours."


def test_committee_reopen_of_an_end_that_left_no_trace(committee, facilitator, signed_in):
    """Dissolved before the audit line said how it stood: its days and those of its seats say so."""
    sits = AppointmentFactory(seat__committee=committee)
    left = AppointmentFactory(seat__committee=committee, ends_on=DAY, how_ended="resigned")
    by_itself = SeatFactory(committee=committee)
    seat_ended(by_itself, facilitator)
    ended(committee, facilitator)
    AuditEvent.objects.filter(verb="dissolved committee").update(detail={"seats": 2})
    signed_in(facilitator).post(reopen_url(committee), WHY)
    assert Committee.objects.get().state == CommitteeState.ESTABLISHED
    assert days_of(sits)[1:] == (None, "")
    assert days_of(left)[1:] == (DAY, "resigned")
    assert set(committee.seats.current()) == {sits.seat, left.seat}


@pytest.mark.parametrize(("rows", "queries"), [(1, 6), (5, 6)])
def test_committee_reopen_asks_the_same_for_many(
    rows, queries, committee, facilitator, signed_in, django_assert_num_queries
):
    AppointmentFactory.create_batch(rows, seat__committee=committee)
    ended(committee, facilitator)
    client = signed_in(facilitator)
    with django_assert_num_queries(queries):
        client.get(reopen_url(committee))


# A seat


def test_seat_reopen_gives_back_who_sat_there(committee, facilitator, signed_in):
    sits = AppointmentFactory(seat__committee=committee)
    agreed = AppointmentFactory(seat__committee=committee, ends_on=TERM, how_ended="term")
    before = [days_of(row) for row in (sits, agreed)]
    client = signed_in(facilitator)
    for row in (sits, agreed):
        seat_ended(row.seat, facilitator)
        seat = reverse("seat_detail", args=[committee.code, row.seat.code])
        assert reopen_url(row.seat) in client.get(seat).content.decode()
        assert client.get(reopen_url(row.seat)).status_code == 200
        assert client.post(reopen_url(row.seat), {"reason": ""}).status_code == 422
        assert client.post(reopen_url(row.seat), WHY).url == seat
        assert reopen_url(row.seat) not in client.get(seat).content.decode()
        assert client.get(reopen_url(row.seat)).url == seat
    assert [days_of(row) for row in (sits, agreed)] == before
    assert committee.seats.current().count() == 2
    event = AuditEvent.objects.filter(verb="reopened seat").last()
    assert (event.subject, event.detail) == (committee.code, {"seat": sits.seat.code} | WHY)


def test_seat_detail_of_an_ended_seat_asks_nobody_to_write_down_who_sits_there(
    committee, facilitator, signed_in
):
    seat = SeatFactory(committee=committee)
    page = reverse("seat_detail", args=[committee.code, seat.code])
    client = signed_in(facilitator)
    assert "Write down who sits there" in client.get(page).content.decode()
    seat_ended(seat, facilitator)
    text = client.get(page).content.decode()
    assert "Nobody was written down." in text
    assert "Write down who sits there" not in text


def test_seat_reopen_leaves_what_was_corrected_since(committee, facilitator):
    row = AppointmentFactory(seat__committee=committee)
    seat_ended(row.seat, facilitator)
    earlier = datetime.date(2026, 6, 2)
    Appointment.objects.filter(pk=row.pk).update(ends_on=earlier, how_ended="resigned")
    reopening.reopen_seat(row.seat, by=facilitator, **WHY)
    assert days_of(row)[1:] == (earlier, "resigned")


def test_seat_reopen_is_refused_where_somebody_took_the_place(committee, facilitator, signed_in):
    seat = AppointmentFactory(seat__committee=committee).seat
    seat_ended(seat, facilitator)
    twin = SeatFactory(committee=committee, position=seat.position)
    client = signed_in(facilitator)
    answer = client.post(reopen_url(seat), WHY)
    assert answer.status_code == 422
    assert "This position has another seat" in answer.content.decode()
    twin.delete()
    AppointmentFactory(seat=seat, starts_on=DAY, ends_on=DAY, how_ended="unknown")
    answer = client.post(reopen_url(seat), WHY)
    assert "the days overlap" in answer.content.decode()
    seat.refresh_from_db()
    assert seat.ended_on == DAY
    assert set(seat.appointments.values_list("how_ended", flat=True)) == {"seat_ended", "unknown"}


def test_seat_reopen_is_refused_where_there_is_another_chair(committee, facilitator):
    seat = SeatFactory(committee=committee, role="chair")
    seat_ended(seat, facilitator)
    SeatFactory(committee=committee, role="chair")
    with pytest.raises(SeatRefused, match="another chair"):
        reopening.reopen_seat(seat, by=facilitator, **WHY)


def test_seat_reopen_keeps_the_balance_of_an_active_board(committee, facilitator, signed_in):
    third = SeatFactory(committee=committee)
    seat_ended(third, facilitator)
    for side in ("government", "government", "civil_society"):
        SeatFactory(committee=committee, side=side)
    committee.kind, committee.state = "monitoring", "active"
    committee.responsible = OrganizationFactory(country=committee.locality.country)
    committee.save()
    answer = signed_in(facilitator).post(reopen_url(third), WHY)
    assert answer.status_code == 422
    assert "3 government, 1 civil society" in answer.content.decode()
    assert committee.seats.current().count() == 3


def test_seat_reopen_in_a_dissolved_committee_waits_for_it(committee, facilitator, signed_in):
    seat = SeatFactory(committee=committee)
    seat_ended(seat, facilitator)
    ended(committee, facilitator)
    client = signed_in(facilitator)
    page = client.get(reverse("seat_detail", args=[committee.code, seat.code])).content.decode()
    assert reopen_url(seat) not in page
    assert "The committee was dissolved" in client.post(reopen_url(seat), WHY).content.decode()
    client.post(reopen_url(committee), WHY)
    assert client.post(reopen_url(seat), WHY).status_code == 302


@pytest.mark.parametrize("whole", [True, False])
def test_reopened_seat_follows_its_office(whole, committee, facilitator):
    """The holder left, and somebody else came, while the seat was ended."""
    seat = SeatFactory(committee=committee)
    first = IncumbencyFactory(position=seat.position, person=None)
    row = AppointmentFactory(seat=seat, incumbency=first)
    gone = ended(committee, facilitator) if whole else seat_ended(seat, facilitator)
    left = datetime.date(2026, 10, 1)
    first.ends_on, first.how_ended = left, "transfer"
    first.save()
    second = IncumbencyFactory(position=seat.position, person=None, starts_on=left)
    if whole:
        reopening.reopen_committee(gone, by=facilitator, **WHY)
    else:
        reopening.reopen_seat(gone, by=facilitator, **WHY)
    assert days_of(row)[1:] == (left, "transfer")
    now = seat.appointments.get(ends_on=None)
    assert (now.incumbency, now.starts_on) == (second, left)


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("coordinator", 200),
        ("facilitator", 200),
        ("oversight", 403),
        ("secretary", 403),
        ("member", 403),
        ("outsider", 404),
    ],
)
def test_reopening_is_for_who_may_end(who, status, committee, facilitator, request, signed_in):
    seat = SeatFactory(committee=committee)
    seat_ended(seat, facilitator)
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reopen_url(seat)).status_code == status
    ended(committee, facilitator)
    assert client.get(reopen_url(committee)).status_code == status
    if status != 200:
        assert client.post(reopen_url(committee), WHY).status_code == status
        assert client.post(reopen_url(seat), WHY).status_code == status
        page = client.get(committee.get_absolute_url()).content.decode()
        assert reopen_url(committee) not in page
    assert Committee.objects.get().state == CommitteeState.DISSOLVED
