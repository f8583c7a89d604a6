"""What a committee leaves waiting, by the day, and for whom."""

import datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from committees.composition import Side
from committees.models import (
    CommitteeKind,
    ForwardingState,
    MeetingState,
    MinutesCommentState,
    MinutesState,
)
from committees.rules import can_keep_committee
from committees.states import CommitteeState, MeetingFrequency
from lapportal.work import assessments, committees, meetings
from lapportal.work.reader import Reader
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AppointmentFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    ForwardingFactory,
    MeetingFactory,
    MinutesCommentFactory,
    SeatFactory,
)
from tests.factories.people import OrganizationFactory, PositionFactory

pytestmark = pytest.mark.django_db

SET_UP = datetime.date(2026, 3, 3)


def day(days):
    """So many days after the committee was set up."""
    return SET_UP + datetime.timedelta(days=days)


def waiting(source, user, today):
    """What waits, as the first words of each line."""
    return [task.what for task in source.tasks_of(Reader.of(user, today=today))]


@pytest.fixture
def monthly(committee):
    committee.meeting_frequency = MeetingFrequency.MONTHLY
    committee.activated_on = SET_UP
    committee.state = CommitteeState.ACTIVE
    committee.save()
    return committee


def test_overdue_meeting_waits_for_the_secretary_and_after_a_month_for_the_coordinator(
    monthly, secretary, coordinator, member, outsider
):
    """Due on 3 April (F73)."""
    overdue = "Plan the meeting that is overdue"
    assert waiting(committees, secretary, day(31)) == []
    assert waiting(committees, secretary, day(32)) == [overdue]
    assert waiting(committees, coordinator, day(60)) == []
    assert waiting(committees, coordinator, day(61)) == [overdue]
    for user in (member, outsider):
        assert waiting(committees, user, day(61)) == []


def test_without_secretary_it_waits_for_the_coordinator_from_the_first_day(monthly, coordinator, facilitator):
    for user in (coordinator, facilitator):
        assert waiting(committees, user, day(32)) == ["Plan the meeting that is overdue"]


def test_planned_meeting_ends_the_waiting(monthly, secretary):
    MeetingFactory(committee=monthly, day=day(50))
    assert waiting(committees, secretary, day(45)) == []
    MeetingFactory(committee=monthly, day=day(40), held=True)
    assert waiting(committees, secretary, day(60)) == []


def test_dormant_after_six_months(monthly, secretary, coordinator):
    """Set up on 3 March: dormant from 4 September (F72), for both at once."""
    dormant = "Bring the committee together again"
    for user in (secretary, coordinator):
        assert dormant not in waiting(committees, user, datetime.date(2026, 9, 3))
        [task] = committees.tasks_of(Reader.of(user, today=datetime.date(2026, 9, 4)))
        assert (task.what, task.day) == (dormant, datetime.date(2026, 9, 4))


def test_established_and_never_active_after_ninety_days(committee, coordinator, secretary):
    """Only who may set committees up is asked to."""
    words = "Make the committee active, or say that it ended"
    assert words not in waiting(committees, coordinator, day(89))
    assert words in waiting(committees, coordinator, day(90))
    assert words not in waiting(committees, secretary, day(90))


def test_vacant_seats_wait_as_one_line(monthly, secretary):
    for n in range(2):
        seat = SeatFactory(committee=monthly)
        AppointmentFactory(seat=seat, ends_on=day(10 + n), how_ended="resigned")
    SeatFactory(committee=monthly)  # nobody was ever written down: held by its office
    assert waiting(committees, secretary, day(9)) == []
    [task] = committees.tasks_of(Reader.of(secretary, today=day(12)))
    assert (task.what, task.day) == ("Fill 2 vacant seats", day(10))


def test_terms_that_end_within_sixty_days(monthly, secretary):
    seat = SeatFactory(committee=monthly)
    AppointmentFactory(seat=seat, term_ends_on=day(80))
    assert waiting(committees, secretary, day(19)) == []
    [task] = committees.tasks_of(Reader.of(secretary, today=day(20)))
    assert task.what == "Say who follows on 1 seat whose term ends"
    assert (task.day, task.is_due) == (day(80), True)


def test_unbalanced_board_waits_for_who_sets_it_up(locality, coordinator, secretary):
    """BR5: one seat more on one side is a board that leans, also with a reason for it."""
    board = CommitteeFactory(
        locality=locality,
        kind=CommitteeKind.MONITORING,
        state=CommitteeState.ACTIVE,
        activated_on=SET_UP,
        responsible=OrganizationFactory(country=locality.country),
        balance_override="One organisation withdrew.",
        balance_override_on=day(5),
    )
    SeatFactory.create_batch(2, committee=board, side=Side.GOVERNMENT)
    words = "Bring the two sides of the board into balance"
    assert words in waiting(committees, coordinator, day(10))
    assert words not in waiting(committees, secretary, day(10))
    SeatFactory.create_batch(2, committee=board, side=Side.CIVIL_SOCIETY)
    assert words not in waiting(committees, coordinator, day(10))


def test_planned_meeting_in_the_past(monthly, secretary, member):
    MeetingFactory(committee=monthly, day=day(20))
    assert waiting(meetings, secretary, day(20)) == []
    assert waiting(meetings, secretary, day(21)) == ["Write down who came to the meeting"]
    assert waiting(meetings, member, day(21)) == []


@pytest.mark.parametrize(
    ("state", "words", "page"),
    [
        (MinutesState.NONE, "Write the minutes of the meeting", "minutes_edit"),
        (MinutesState.DRAFT, "Finish the minutes, then ask for comments or approve them", "minutes_detail"),
    ],
)
def test_minutes_are_asked_for_after_fourteen_days(monthly, secretary, state, words, page):
    meeting = MeetingFactory(committee=monthly, day=day(20), held=True, minutes_state=state)
    assert waiting(meetings, secretary, day(33)) == []
    [task] = meetings.tasks_of(Reader.of(secretary, today=day(34)))
    assert (task.what, task.url) == (words, reverse(page, args=[meeting.code]))


def test_minutes_in_comment(monthly, secretary, member):
    """Members say what is wrong, once; the secretary answers, and approves when the time is over."""
    read, approve = "Read the minutes and say what is wrong", "Approve the minutes"
    meeting = MeetingFactory(
        committee=monthly,
        day=day(20),
        held=True,
        minutes_state=MinutesState.COMMENT,
        minutes_comments_until=day(40),
    )
    assert waiting(meetings, member, day(40)) == [read]
    assert waiting(meetings, member, day(41)) == []
    assert waiting(meetings, secretary, day(40)) == []
    assert waiting(meetings, secretary, day(41)) == [approve]
    comment = MinutesCommentFactory(meeting=meeting, by=member)
    assert waiting(meetings, member, day(40)) == []
    assert waiting(meetings, secretary, day(41)) == ["Answer 1 comment on the minutes"]
    comment.state = MinutesCommentState.DECLINED
    comment.save()
    assert waiting(meetings, secretary, day(41)) == [approve]


def test_decisions_wait_for_who_keeps_them_and_for_the_office(monthly, secretary, member):
    office = PositionFactory(locality=monthly.locality, title="Mayor")
    meeting = MeetingFactory(
        committee=monthly,
        day=day(20),
        held=True,
        minutes_state=MinutesState.APPROVED,
        approved_on=day(30),
    )
    DecisionFactory(meeting=meeting, owner=office, due_on=day(100), text="Light the market street")
    assert waiting(meetings, secretary, day(69)) == []
    assert waiting(meetings, secretary, day(70)) == ["See to it: Light the market street"]
    assert waiting(meetings, member, day(70)) == []
    access = member.committee_access.get()
    access.seat = SeatFactory(committee=monthly, position=office)
    access.save()
    assert waiting(meetings, member, day(70)) == ["Carry out: Light the market street"]


def test_what_was_sent_on_waits_for_the_committee_that_got_it(monthly, secretary, elsewhere):
    sent = ForwardingFactory(to=monthly, sent_on=day(20), decision__meeting__committee__name="Bo committee")
    assert waiting(meetings, secretary, day(21)) == ["Take up what was sent by Bo committee"]
    sent.state = ForwardingState.ON_AGENDA
    sent.save()
    assert waiting(meetings, secretary, day(21)) == []


def test_assessment_over_waits_for_a_side_and_for_the_secretary(monthly, secretary, member):
    row = AssessmentFactory(committee=monthly, label="First half")
    end = row.end
    after = end + datetime.timedelta(days=1)
    assert waiting(assessments, secretary, end) == []
    assert waiting(assessments, secretary, after) == ["Close the assessment of First half"]
    access = member.committee_access.get()
    access.seat = SeatFactory(committee=monthly, side=Side.CIVIL_SOCIETY)
    access.save()
    assert waiting(assessments, member, after) == ["Say how the office did in First half, for your side"]
    row.views.create(side=Side.CIVIL_SOCIETY)
    assert waiting(assessments, member, after) == []


def test_cancelled_and_dissolved_wait_for_nobody(monthly, secretary, coordinator):
    MeetingFactory(
        committee=monthly, day=day(20), state=MeetingState.CANCELLED, cancelled_reason="Heavy rain"
    )
    monthly.state = CommitteeState.DISSOLVED
    monthly.dissolved_on, monthly.dissolved_reason = day(30), "Merged"
    monthly.save()
    for user in (secretary, coordinator):
        assert waiting(committees, user, day(400)) == []
        assert waiting(meetings, user, day(400)) == []


@pytest.mark.parametrize(
    "name",
    ["administrator", "coordinator", "facilitator", "oversight", "secretary", "member", "outsider"],
)
def test_reader_asks_the_same_as_the_rule(name, request, committee):
    """The set form and the question of one row agree, for everybody."""
    user = request.getfixturevalue(name)
    other = CommitteeFactory()
    CommitteeAccessFactory(committee=other, user=UserFactory(), role=Role.COMMITTEE_SECRETARY)
    reader = Reader.of(user, today=day(1))
    in_set = set(type(committee).objects.filter(reader.kept("")))
    for each in (committee, other):
        assert (each in in_set) == can_keep_committee(user, each) == reader.may_keep(each)
