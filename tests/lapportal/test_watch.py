"""The daily look, by time travel: who is told what on which day, and nothing twice."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Notice
from accounts.roles import Role
from committees.composition import Side
from committees.models import CommitteeKind, MeetingState, MinutesState
from committees.states import CommitteeState, MeetingFrequency
from lapportal.watch import watch
from people.models import Handover
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import (
    AppointmentFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.frameworks import NapFactory
from tests.factories.people import (
    ElectionFactory,
    HandoverFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
)
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.results import CommitmentFactory, FollowUpFactory
from tests.factories.workshops import WorkshopFactory
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db

DAY = datetime.date


def told(today):
    """What is new on that day: who, and the first part of the key."""
    known = set(Notice.objects.values_list("pk", flat=True))
    watch(today)
    new = Notice.objects.exclude(pk__in=known).select_related("user")
    return sorted((notice.user.display_name.split()[0], notice.key.split(":")[0]) for notice in new)


def days_told(first, last):
    """Day by day: the days on which somebody was told something."""
    days = ((first + datetime.timedelta(days=n)) for n in range((last - first).days + 1))
    return {day: news for day in days if (news := told(day))}


@pytest.fixture
def quarterly(committee):
    """Set up on 3 March 2026, meets every quarter."""
    committee.meeting_frequency = MeetingFrequency.QUARTERLY
    committee.state, committee.activated_on = CommitteeState.ACTIVE, committee.established_on
    committee.save()
    return committee


def test_watch_through_a_year_of_a_small_world(
    quarterly, locality, country, secretary, member, coordinator, outsider, administrator
):
    """One meeting in the year, one decision, one mayor whose term ends, an election, a plan that ends."""
    nap = NapFactory(country=country, period_end=DAY(2027, 1, 31))
    LocalActionPlanFactory(committee=quarterly, nap=nap)
    mayor = PositionFactory(locality=locality, title="Mayor")
    seat = SeatFactory(committee=quarterly, position=mayor)
    IncumbencyFactory(position=mayor, person=None, starts_on=DAY(2022, 1, 1), term_ends_on=DAY(2026, 12, 1))
    AppointmentFactory(seat=seat, term_ends_on=DAY(2026, 12, 1))
    meeting = MeetingFactory(committee=quarterly, day=DAY(2026, 4, 20))
    ElectionFactory(country=country, held_on=DAY(2026, 11, 15))
    found = days_told(DAY(2026, 4, 10), DAY(2026, 4, 20))
    meeting.state, meeting.voting_seats, meeting.quorum = MeetingState.HELD, 9, 5
    meeting.minutes_state, meeting.minutes_comments_until = MinutesState.COMMENT, DAY(2026, 5, 4)
    meeting.save()
    DecisionFactory(meeting=meeting, owner=mayor, due_on=DAY(2026, 6, 30))
    found |= days_told(DAY(2026, 4, 21), DAY(2027, 1, 5))
    both = ["Cora", "Safi"]
    committee_and_coordinator = ["Cora", "Mado", "Safi"]
    everybody_there = ["Cora", "Fatou", "Mado", "Safi"]
    assert found == {
        DAY(2026, 4, 17): [("Mado", "meeting-soon"), ("Safi", "meeting-soon")],
        DAY(2026, 5, 3): [("Mado", "minutes-comments"), ("Safi", "minutes-comments")],
        DAY(2026, 6, 16): [("Safi", "decision-due")],
        DAY(2026, 7, 1): [("Safi", "decision-overdue")],
        DAY(2026, 7, 21): [("Safi", "meeting-overdue")],
        DAY(2026, 8, 4): [(name, "nap-180") for name in committee_and_coordinator],
        DAY(2026, 8, 19): [("Cora", "meeting-overdue")],
        DAY(2026, 9, 16): [(name, "election-60") for name in everybody_there],
        DAY(2026, 10, 2): [("Cora", "handover-opened"), ("Safi", "handover-opened"), ("Safi", "seat-terms")],
        DAY(2026, 10, 21): [(name, "dormant") for name in both],
        DAY(2026, 11, 1): [(name, "election-14") for name in everybody_there],
        DAY(2027, 1, 1): [
            ("Cora", "handover-overdue"),
            ("Cora", "nap-30"),
            ("Mado", "nap-30"),
            ("Safi", "handover-overdue"),
            ("Safi", "nap-30"),
        ],
    }
    assert Handover.objects.get().position == mayor


def test_watch_makes_up_for_days_on_which_nothing_ran(quarterly, secretary, coordinator):
    """Overdue since 4 June: first looked at in August, both are told at once."""
    assert told(DAY(2026, 8, 1)) == [("Cora", "meeting-overdue"), ("Safi", "meeting-overdue")]
    assert told(DAY(2026, 8, 1)) == []
    assert told(DAY(2026, 8, 2)) == []


def test_watch_tells_anew_when_it_happens_again(quarterly, secretary):
    assert told(DAY(2026, 6, 4)) == [("Safi", "meeting-overdue")]
    MeetingFactory(
        committee=quarterly,
        day=DAY(2026, 6, 10),
        held=True,
        minutes_state="approved",
        approved_on=DAY(2026, 6, 11),
    )
    assert told(DAY(2026, 6, 12)) == []
    assert told(DAY(2026, 9, 11)) == [("Safi", "meeting-overdue")]


def test_watch_says_nothing_of_a_meeting_that_is_planned_already(quarterly, secretary):
    MeetingFactory(committee=quarterly, day=DAY(2026, 6, 20))
    assert told(DAY(2026, 6, 10)) == []


def test_watch_tells_the_coordinator_of_a_board_that_lost_its_balance(locality, coordinator):
    """BR5: not again while it stays so, and not where somebody allowed it since."""
    board = CommitteeFactory(
        locality=locality,
        kind=CommitteeKind.MONITORING,
        state=CommitteeState.ACTIVE,
        activated_on=DAY(2026, 3, 3),
        responsible=OrganizationFactory(country=locality.country),
    )
    seats = [SeatFactory(committee=board, side=side) for side in (Side.GOVERNMENT, Side.CIVIL_SOCIETY) * 2]
    rows = [AppointmentFactory(seat=seat) for seat in seats]
    assert told(DAY(2026, 4, 1)) == []
    for row in (rows[0], rows[2]):
        row.ends_on, row.how_ended = DAY(2026, 4, 2), "transfer"
        row.save()
    assert told(DAY(2026, 4, 2)) == [("Cora", "unbalanced")]
    assert told(DAY(2026, 4, 3)) == []
    Notice.objects.all().delete()
    board.balance_override, board.balance_override_on = "Until the election", DAY(2026, 4, 3)
    board.save()
    assert told(DAY(2026, 4, 4)) == []


def test_watch_tells_who_works_for_the_office_of_a_decision(quarterly, member):
    office = PositionFactory(locality=quarterly.locality)
    access = member.committee_access.get()
    access.seat = SeatFactory(committee=quarterly, position=office)
    access.save()
    meeting = MeetingFactory(committee=quarterly, day=DAY(2026, 3, 20), held=True)
    DecisionFactory(meeting=meeting, owner=office, due_on=DAY(2026, 4, 20), text="Ask Amani Example")
    assert told(DAY(2026, 4, 5)) == []
    assert told(DAY(2026, 4, 6)) == [("Mado", "decision-due")]
    assert "Amani" not in Notice.objects.get().text


def test_watch_tells_only_open_accounts_of_the_place(quarterly, secretary, outsider, elsewhere):
    CommitteeAccessFactory(
        committee=CommitteeFactory(locality=elsewhere),
        role=Role.COMMITTEE_SECRETARY,
        user=UserFactory(display_name="Other Secretary"),
    )
    AssignmentFactory(
        role=Role.NATIONAL_COORDINATOR,
        country=quarterly.locality.country,
        user=UserFactory(display_name="Closed Coordinator", is_active=False),
    )
    assert told(DAY(2026, 7, 10)) == [("Safi", "meeting-overdue")]


def test_watch_names_no_person_and_leads_to_pages_that_open(
    quarterly, locality, country, secretary, coordinator, signed_in
):
    mayor = PositionFactory(locality=locality, title="Mayor")
    SeatFactory(committee=quarterly, position=mayor)
    person = PersonFactory(country=country, full_name="Hidden Person Kabedi")
    row = IncumbencyFactory(position=mayor, person=person, term_ends_on=DAY(2026, 8, 1))
    HandoverFactory(position=PositionFactory(locality=locality), outgoing=row, due_on=DAY(2026, 5, 1))
    meeting = MeetingFactory(committee=quarterly, day=DAY(2026, 7, 12), place="Behind the mission")
    DecisionFactory(meeting=meeting, owner=mayor, due_on=DAY(2026, 7, 1))
    ElectionFactory(country=country, held_on=DAY(2026, 8, 4))
    NapFactory(country=country, period_end=DAY(2026, 9, 1))
    watch(DAY(2026, 7, 10))
    notices = Notice.objects.select_related("user")
    assert len({notice.key.split(":")[0] for notice in notices}) >= 6
    for notice in notices:
        for secret in ("Kabedi", "Hidden", "mission", secretary.display_name, "@"):
            assert secret not in notice.text
        assert signed_in(notice.user).get(notice.address).status_code == 200, notice.address


def test_watch_asks_for_commitments_30_90_and_180_days_after_the_workshop(locality, facilitator, outsider):
    """Told to who runs it, once a milestone, until somebody asked; and not of workshops long past (F22)."""
    workshop = WorkshopFactory(locality=locality, facilitators=[facilitator, outsider], kind="writeshop")
    row = CommitmentFactory(workshop=workshop)
    found = days_told(DAY(2026, 3, 25), DAY(2026, 4, 6))
    assert found == {DAY(2026, 4, 2): [("Fatou", "commitments-30")]}
    assert told(DAY(2026, 6, 1)) == [("Fatou", "commitments-90")]
    FollowUpFactory(commitment=row, milestone=180)
    assert told(DAY(2026, 8, 30)) == []
    CommitmentFactory(workshop=workshop)
    assert told(DAY(2026, 9, 30)) == []  # long past by now
    assert told(DAY(2026, 8, 31)) == [("Fatou", "commitments-180")]


def test_watch_tells_the_coordinator_of_a_place_without_a_committee(locality, facilitator, coordinator):
    """BR13."""
    WorkshopFactory(locality=locality, facilitators=[facilitator], state=WorkshopState.HELD)
    assert told(DAY(2026, 6, 1)) == []
    assert told(DAY(2026, 6, 2)) == [("Cora", "no-committee")]
    CommitteeFactory(locality=locality)
    Notice.objects.all().delete()
    assert told(DAY(2026, 6, 3)) == []


@pytest.mark.parametrize("number", [1, 5])
def test_watch_costs_the_same_for_one_committee_and_five(
    locality, coordinator, number, django_assert_num_queries
):
    for _ in range(number):
        committee = CommitteeFactory(
            locality=locality,
            state=CommitteeState.ACTIVE,
            activated_on=DAY(2026, 3, 3),
            meeting_frequency=MeetingFrequency.MONTHLY,
        )
        seat = SeatFactory(committee=committee)
        CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_SECRETARY, user=UserFactory())
        AppointmentFactory(seat=seat, term_ends_on=DAY(2026, 8, 1))
        MeetingFactory(committee=committee, day=DAY(2026, 7, 12))
        held = MeetingFactory(committee=committee, day=DAY(2026, 3, 20), held=True)
        DecisionFactory(meeting=held, owner=seat.position, due_on=DAY(2026, 6, 1))
        HandoverFactory(position=seat.position, due_on=DAY(2026, 5, 1))
    with django_assert_num_queries(37):
        watch(DAY(2026, 7, 10))
    kinds = {notice.key.split(":")[0] for notice in Notice.objects.all()}
    assert kinds == {"seat-terms", "meeting-soon", "decision-overdue", "handover-overdue"}
    assert Notice.objects.count() == 5 * number


def test_watch_committees_says_how_many_notices_it_made(quarterly, secretary):
    out = StringIO()
    call_command("watch_committees", stdout=out)
    assert f"Notices made: {Notice.objects.count()}." in out.getvalue()
