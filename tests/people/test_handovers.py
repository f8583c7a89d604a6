"""A hand-over opens by itself, goes from stage to stage, and refuses in words what cannot be."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, Notice
from people import handovers
from people.handovers import CHECKLIST, HandoverRefused
from people.incumbencies import change_holding, hold, remove_holding
from people.models import Handover, HandoverCause, HandoverStage, HowEnded
from people.rules import can_acknowledge_handover, can_keep_handover
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeAccessFactory, SeatFactory
from tests.factories.people import HandoverFactory, IncumbencyFactory, PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory

DAY = datetime.date
TODAY, YESTERDAY = DAY(2026, 10, 20), DAY(2026, 10, 19)
NAME = "Hidden Person Kabedi"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Followers ask the clock: they are called by whoever writes down who holds an office."""
    monkeypatch.setattr("people.handovers.timezone.localdate", lambda: TODAY)


@pytest.fixture
def mayor(committee):
    """The mayor's office, with a seat on the committee."""
    seat = SeatFactory(committee=committee, position__title="Mayor")
    return seat.position


@pytest.fixture
def holder(mayor, country):
    person = PersonFactory(country=country, full_name=NAME)
    return IncumbencyFactory(position=mayor, person=person, starts_on=DAY(2022, 11, 1))


@pytest.fixture
def handover(mayor, holder):
    return handovers.open_handover(
        mayor, cause="left", due_on=DAY(2026, 10, 5), today=DAY(2026, 10, 6), by=None, outgoing=holder
    )


def leave(row, by, *, on=YESTERDAY, how=HowEnded.ELECTION):
    return change_holding(row, starts_on=row.starts_on, ends_on=on, how_ended=how, by=by)


def test_when_left_opens_with_the_checklist_and_tells_the_keepers(holder, mayor, secretary, coordinator):
    leave(holder, secretary)
    handover = mayor.handovers.get()
    assert (handover.cause, handover.how_ended) == (HandoverCause.LEFT, HowEnded.ELECTION)
    assert (handover.due_on, handover.opened_on) == (DAY(2026, 10, 19), TODAY)
    assert [item.key for item in handover.items.all()] == list(CHECKLIST)
    told = Notice.objects.filter(subject=handover.code)
    assert {notice.user for notice in told} == {secretary, coordinator}
    assert all(NAME not in notice.text and "Mayor" in notice.text for notice in told)


def test_when_left_lets_the_open_one_take_over_the_real_day(holder, mayor, secretary):
    holder.term_ends_on = DAY(2026, 11, 30)
    holder.save()
    (opened,) = handovers.open_due_handovers(DAY(2026, 10, 1))
    assert (opened.cause, opened.due_on) == (HandoverCause.TERM_ENDS, DAY(2026, 11, 30))
    leave(holder, secretary, how=HowEnded.RESIGNED)
    moved = mayor.handovers.get()
    assert moved == opened
    assert (moved.due_on, moved.how_ended) == (DAY(2026, 10, 19), HowEnded.RESIGNED)
    assert moved.cause == HandoverCause.LEFT


def test_when_left_ignores_history_that_is_typed_in(holder, mayor, secretary):
    leave(holder, secretary, on=TODAY - datetime.timedelta(days=366))
    assert not mayor.handovers.exists()


def test_when_left_opens_no_second_one_for_the_same_time_in_office(holder, mayor, secretary):
    leave(holder, secretary)
    mayor.handovers.update(acknowledged_on=TODAY, pack_sent_on=TODAY)
    row = mayor.incumbencies.get()
    handovers.when_left(row, secretary)
    assert mayor.handovers.count() == 1


def test_when_left_ignores_a_row_that_is_taken_back(holder, mayor, secretary):
    remove_holding(holder, by=secretary)
    assert not mayor.handovers.exists()


def test_when_left_follows_the_day_when_it_is_corrected(holder, mayor, secretary):
    leave(holder, secretary)
    leave(holder, secretary, on=DAY(2026, 10, 12))
    assert mayor.handovers.get().due_on == DAY(2026, 10, 12)


def test_when_left_leaves_the_next_handover_to_its_own_holder(holder, mayor, secretary):
    """A day of the last holder is corrected while the next one's term already ends."""
    leave(holder, secretary, on=DAY(2026, 8, 1))
    settled = mayor.handovers.get()
    settled.pack_sent_on = settled.acknowledged_on = TODAY
    settled.save()
    following = IncumbencyFactory(position=mayor, person=None, term_ends_on=DAY(2026, 12, 1))
    [opened] = handovers.open_due_handovers(TODAY)
    leave(holder, secretary, on=DAY(2026, 8, 2))
    opened.refresh_from_db()
    assert (opened.outgoing, opened.due_on) == (following, DAY(2026, 12, 1))


@pytest.mark.parametrize(
    ("term", "stage", "due_on"),
    [
        (None, HandoverStage.STAYS, YESTERDAY),
        (DAY(2028, 12, 1), HandoverStage.STAYS, YESTERDAY),
        (DAY(2026, 12, 1), HandoverStage.OPEN, DAY(2026, 12, 1)),
    ],
)
def test_when_came_back_the_handover_is_called_off(holder, mayor, secretary, term, stage, due_on):
    """The end was written down by mistake: nobody waits for a hand-over, unless the term ends soon."""
    leave(holder, secretary)
    change_holding(
        holder, starts_on=holder.starts_on, ends_on=None, how_ended="", term_ends_on=term, by=secretary
    )
    handover = mayor.handovers.get()
    assert (handover.stage, handover.due_on) == (stage, due_on)


def test_when_came_becomes_the_next_holder(holder, mayor, secretary, country):
    leave(holder, secretary)
    row = hold(mayor, person=PersonFactory(country=country), by=secretary, starts_on=DAY(2026, 10, 19))
    handover = mayor.handovers.get()
    assert (handover.outgoing, handover.incoming) == (holder, row)
    assert Notice.objects.filter(user=secretary, key__startswith="handover-came").count() == 1


@pytest.mark.parametrize(
    ("today", "opens"),
    [(DAY(2026, 8, 31), False), (DAY(2026, 9, 1), True), (DAY(2026, 11, 20), True)],
)
def test_open_due_handovers_60_days_before_a_term_ends(holder, today, opens, secretary):
    holder.term_ends_on = DAY(2026, 10, 31)
    holder.save()
    assert bool(handovers.open_due_handovers(today)) is opens
    assert handovers.open_due_handovers(today) == []  # a second run the same day
    assert Handover.objects.count() == opens
    assert Notice.objects.filter(user=secretary).count() == opens


def test_open_due_handovers_opens_one_for_a_shared_office(holder, mayor):
    holder.term_ends_on = DAY(2026, 10, 31)
    holder.save()
    IncumbencyFactory(position=mayor, person=None, term_ends_on=DAY(2026, 10, 30))
    (opened,) = handovers.open_due_handovers(TODAY)
    assert opened.due_on == DAY(2026, 10, 30)


def test_open_due_handovers_opens_none_for_a_term_that_was_settled(holder, secretary):
    holder.term_ends_on = DAY(2026, 10, 31)
    holder.save()
    (opened,) = handovers.open_due_handovers(TODAY)
    handovers.let_stay(
        opened, reason="Elected again", term_ends_on=DAY(2030, 10, 31), today=TODAY, by=secretary
    )
    holder.refresh_from_db()
    assert holder.term_ends_on == DAY(2030, 10, 31)
    assert handovers.open_due_handovers(TODAY) == []
    assert len(handovers.open_due_handovers(DAY(2030, 9, 15))) == 1


@pytest.mark.parametrize(
    ("today", "is_overdue"),
    [(DAY(2026, 10, 5), False), (DAY(2026, 11, 4), False), (DAY(2026, 11, 5), True)],
)
def test_handover_is_overdue_30_days_after_the_change(handover, today, is_overdue):
    assert handover.is_overdue(today) is is_overdue
    assert Handover.objects.overdue(today).exists() is is_overdue


def test_open_handover_refuses_a_second_open_one(handover, mayor, secretary):
    with pytest.raises(HandoverRefused, match="open already"):
        handovers.open_handover(mayor, cause="left", due_on=TODAY, today=TODAY, by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverFactory(position=mayor)


def send(handover, by, **said):
    said = {"on": DAY(2026, 10, 10), "on_paper": False, "today": TODAY} | said
    return handovers.send_pack(handover, by=by, **said)


def acknowledge(handover, by, **said):
    said = {"on": TODAY, "on_paper": False, "note": "", "today": TODAY} | said
    return handovers.acknowledge(handover, by=by, **said)


def test_stages_from_open_to_acknowledged_by_the_account(handover, secretary):
    successor = UserFactory()
    handover = handovers.name_successor(handover, user=successor, by=secretary)
    assert not Notice.objects.filter(user=successor).exists()
    handover = send(handover, secretary)
    assert handover.stage == HandoverStage.PACK_SENT
    assert Notice.objects.get(user=successor).address == handover.get_absolute_url()
    assert handover.items.get(key="pack").done_on == DAY(2026, 10, 10)
    handover = handovers.hold_meeting(
        handover, on=DAY(2026, 10, 12), note="The market keys", today=TODAY, by=secretary
    )
    assert handover.stage == HandoverStage.MET
    handover = acknowledge(handover, successor, note="Taken over")
    assert handover.stage == HandoverStage.ACKNOWLEDGED
    assert (handover.acknowledged_by, handover.acknowledged_on_paper) == (successor, False)
    assert not handover.is_overdue(DAY(2027, 10, 1))
    verbs = AuditEvent.objects.filter(subject=handover.code).values_list("verb", flat=True)
    assert {"opened handover", "named successor", "sent handover pack", "acknowledged handover"} <= set(verbs)


def test_acknowledge_on_paper_says_so(handover, secretary):
    handover = send(handover, secretary, on_paper=True)
    handover = acknowledge(handover, secretary, on_paper=True, on=DAY(2026, 10, 15))
    assert (handover.acknowledged_on, handover.acknowledged_on_paper) == (DAY(2026, 10, 15), True)
    assert handover.acknowledged_by == secretary


def test_name_successor_after_the_pack_was_sent_tells_the_account(handover, secretary):
    handover = send(handover, secretary, on_paper=True)
    successor = UserFactory()
    handovers.name_successor(handover, user=successor, by=secretary)
    assert Notice.objects.filter(user=successor, subject=handover.code).count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"on_paper": False}, "Choose the account"),
        ({"on_paper": True, "on": DAY(2026, 10, 21)}, "still to come"),
        ({"on_paper": True, "on": DAY(2026, 8, 5)}, "before this hand-over"),
    ],
)
def test_send_pack_refuses_in_words(handover, secretary, said, words):
    with pytest.raises(HandoverRefused, match=words):
        send(handover, secretary, **said)
    handover.refresh_from_db()
    assert handover.pack_sent_on is None


def test_acknowledge_refuses_before_the_pack_was_sent(handover, secretary):
    with pytest.raises(HandoverRefused, match="not sent yet"):
        acknowledge(handover, secretary, on_paper=True)


@pytest.mark.parametrize(
    ("on", "words"), [(DAY(2026, 10, 9), "sent later"), (DAY(2026, 10, 21), "still to come")]
)
def test_acknowledge_refuses_other_days(handover, secretary, on, words):
    handover = send(handover, secretary, on_paper=True)
    with pytest.raises(HandoverRefused, match=words):
        acknowledge(handover, secretary, on=on)


def test_acknowledge_refuses_a_second_time(handover, secretary):
    handover = acknowledge(send(handover, secretary, on_paper=True), secretary)
    with pytest.raises(HandoverRefused, match="acknowledged on"):
        acknowledge(handover, secretary)
    with pytest.raises(HandoverRefused, match="closed"):
        send(handover, secretary, on_paper=True)


def test_acknowledge_before_the_office_changes_hands_is_allowed(holder, secretary):
    holder.term_ends_on = DAY(2026, 11, 30)
    holder.save()
    (opened,) = handovers.open_due_handovers(TODAY)
    handover = send(opened, secretary, on_paper=True, on=TODAY)
    assert acknowledge(handover, secretary).acknowledged_on == TODAY


def test_let_stay_refuses_a_term_that_ends_before_the_old_one(handover, secretary):
    with pytest.raises(HandoverRefused, match="after the old one"):
        handovers.let_stay(
            handover, reason="Prolonged", term_ends_on=DAY(2026, 10, 5), today=TODAY, by=secretary
        )


def test_tick_and_untick(handover, secretary):
    item = handover.items.get(key="papers")
    handovers.tick(item, on=TODAY, note="Two boxes", today=TODAY, by=secretary)
    assert (item.done_on, item.done_by, item.note) == (TODAY, secretary, "Two boxes")
    handovers.untick(item)
    item.refresh_from_db()
    assert item.done_on is None
    with pytest.raises(HandoverRefused, match="still to come"):
        handovers.tick(item, on=DAY(2026, 10, 21), note="", today=TODAY, by=secretary)


def test_add_line_stops_at_forty(handover):
    for number in range(40 - len(CHECKLIST)):
        handovers.add_line(handover, text=f"Line {number}")
    with pytest.raises(HandoverRefused, match="40"):
        handovers.add_line(handover, text="One more")


@pytest.mark.parametrize(
    ("who", "keeps"),
    [("coordinator", True), ("facilitator", True), ("secretary", True), ("member", False),
     ("oversight", False), ("administrator", False), ("outsider", False)],
)  # fmt: skip
def test_can_keep_handover(request, who, keeps, handover):
    assert can_keep_handover(request.getfixturevalue(who), handover) is keeps


def test_can_keep_handover_ends_with_the_seat(handover, secretary, mayor):
    mayor.seats.update(ended_on=TODAY)
    assert not can_keep_handover(secretary, handover)


def test_can_acknowledge_handover_is_for_the_chosen_account_alone(handover, secretary):
    successor = UserFactory()
    handover = handovers.name_successor(handover, user=successor, by=secretary)
    assert can_acknowledge_handover(successor, handover)
    assert not can_acknowledge_handover(secretary, handover)
    handover = acknowledge(send(handover, secretary), successor)
    assert not can_acknowledge_handover(successor, handover)


def test_handovers_are_seen_in_the_place_on_the_committee_and_by_the_successor(
    handover, coordinator, oversight, member, outsider, secretary
):
    successor = CommitteeAccessFactory(role="committee_member").user  # of another committee
    assert not Handover.objects.visible_to(successor)
    handovers.name_successor(handover, user=successor, by=secretary)
    for reader in (coordinator, oversight, member, secretary, successor):
        assert list(Handover.objects.visible_to(reader)) == [handover]
    assert not Handover.objects.visible_to(outsider)


def test_position_without_a_committee_is_kept_in_its_place(coordinator, secretary, locality):
    handover = HandoverFactory(position=PositionFactory(locality=locality))
    assert can_keep_handover(coordinator, handover)
    assert not can_keep_handover(secretary, handover)


def test_handover_of_an_office_known_only_from_a_workshop_is_for_who_runs_it(
    workshop, facilitator, coordinator, oversight, signed_in
):
    """The list of hand-overs would tell who came to the workshop."""
    office = PositionFactory(locality=workshop.locality, title="Hidden office")
    ParticipationFactory(workshop=workshop, position=office)
    hold(office, person=None, by=facilitator, starts_on=DAY(2022, 1, 1), term_ends_on=DAY(2026, 11, 30))
    (handover,) = handovers.open_due_handovers(TODAY)
    assert not Notice.objects.filter(user__in=[coordinator, oversight]).exists()
    for user, sees in ((facilitator, True), (coordinator, False), (oversight, False)):
        assert Handover.objects.visible_to(user).filter(pk=handover.pk).exists() is sees
        page = signed_in(user).get("/work/").content.decode()
        assert ("Hidden office" in page) is sees
    SeatFactory(position=office)
    assert Handover.objects.visible_to(oversight).filter(pk=handover.pk).exists()
