"""The people and the place of the play about a hand-over: a mayor with promises, a committee, a plan."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from accounts.roles import Role
from committees.composition import SeatRole, Side
from committees.models import CommitteeKind
from localities.categories import ActorCategory
from localities.models import Country, Locality
from people.models import Incumbency, Organization, Position
from plans.states import PlanState
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import (
    AppointmentFactory,
    AttendanceFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.results import CommitmentFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory

DESK = {"viewport": {"width": 1280, "height": 800}}
TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TODAY = timezone.localdate()
ELECTED = TODAY - datetime.timedelta(days=20)
OLD_MAYOR = "Albert Tshibanda Mukendi"
PROMISE = "Light the market of Bipemba"
ACTIVITY = "Put up twelve lamps at the market"
DECISION = "Ask the province for the poles"


def days(number):
    return TODAY + datetime.timedelta(days=number)


def city_with_a_mayor(watched, sign_in):
    """Mbujimayi: a committee with its accounts, and a mayor who promised, leads an activity and decided."""
    locality = Locality.objects.select_related("country").get(code="CD-MBUJIMAYI")
    city = Organization.named("City of Mbujimayi", country=locality.country)
    mayor = Position.titled("Mayor", locality=locality, organization=city)
    clerk = Position.titled("Town clerk", locality=locality, organization=city)
    women = Position.titled("President", locality=locality, organization=None)
    accounts = {
        name: UserFactory(display_name=shown)
        for name, shown in (
            ("secretary", "Safi Secretary"),
            ("member", "Mado Member"),
            ("successor", "Nadine Newmayor"),
        )
    }
    users = accounts | {"coordinator": coordinator_of("CD")}
    workshop = WorkshopFactory(locality=locality, facilitators=[users["coordinator"]])
    committee = CommitteeFactory(
        locality=locality,
        established_at=workshop,
        established_on=days(-500),
        activated_on=days(-480),
        state="active",
    )
    seats = {
        position: SeatFactory(committee=committee, position=position, side=side, role=role)
        for position, side, role in (
            (mayor, Side.GOVERNMENT, SeatRole.CHAIR),
            (clerk, Side.GOVERNMENT, SeatRole.MEMBER),
            (women, Side.CIVIL_SOCIETY, SeatRole.SECRETARY),
        )
    }
    for name, role, position in (
        ("secretary", Role.COMMITTEE_SECRETARY, women),
        ("member", Role.COMMITTEE_MEMBER, clerk),
        ("successor", Role.COMMITTEE_MEMBER, mayor),
    ):
        CommitteeAccessFactory(committee=committee, role=role, user=users[name], seat=seats[position])
    _holder(mayor, seats[mayor], workshop=workshop)
    _work(committee, mayor, seats, workshop=workshop)
    pages = {}
    for name, screen in (
        ("coordinator", DESK),
        ("secretary", DESK),
        ("member", DESK),
        ("successor", TELEPHONE),
    ):
        pages[name] = watched(**screen)
        sign_in(pages[name], users[name])
    return SimpleNamespace(
        committee=committee, mayor=mayor, seat=seats[mayor], users=users, locality=locality, **pages
    )


def coordinator_of(code):
    return AssignmentFactory(
        role=Role.NATIONAL_COORDINATOR,
        country=Country.objects.get(code=code),
        user=UserFactory(display_name="Cora Coordinator"),
    ).user


def _holder(mayor, seat, *, workshop):
    """Known by name to who ran the workshop, and to nobody else."""
    person = PersonFactory(country=workshop.locality.country, full_name=OLD_MAYOR)
    ParticipationFactory(
        workshop=workshop,
        person=person,
        position=mayor,
        organization=mayor.organization,
        category=ActorCategory.MAYOR,
    )
    incumbency = Incumbency.objects.create(position=mayor, person=person, starts_on=days(-1800))
    AppointmentFactory(
        seat=seat, person=person, incumbency=incumbency, starts_on=seat.committee.established_on
    )


def _work(committee, mayor, seats, *, workshop):
    CommitmentFactory(workshop=workshop, owner=mayor, text=PROMISE, due_on=days(40))
    CommitmentFactory(workshop=workshop, owner=mayor, text="Receive the women's groups", due_on=days(-60))
    plan = LocalActionPlanFactory(
        committee=committee,
        state=PlanState.IN_IMPLEMENTATION,
        adopting_body="Urban council",
        adopting_act="12/2026",
        adopted_on=days(-300),
        period_start=days(-300),
        period_end=days(700),
    )
    ActivityFactory(
        objective=ObjectiveFactory(plan=plan),
        text=ACTIVITY,
        responsible=mayor,
        starts_on=days(-200),
        ends_on=days(30),
        no_cost=True,
    )
    meeting = MeetingFactory(committee=committee, held=True, day=days(-100), voting_seats=3, quorum=2)
    for seat in seats.values():
        AttendanceFactory(meeting=meeting, seat=seat)
    DecisionFactory(meeting=meeting, number=1, text=DECISION, owner=mayor, due_on=days(-5))


def board_of(government, civil_society, *, observers=0):
    """A monitoring board with so many voting seats on each side, set up and not active yet."""
    locality = Locality.objects.select_related("country").get(code="CD-KASAI-ORIENTAL")
    board = CommitteeFactory(
        locality=locality,
        kind=CommitteeKind.MONITORING,
        established_on=days(-60),
        responsible=Organization.named("Provincial division of gender", country=locality.country),
        name=f"Board of {government} and {civil_society}",
    )
    for side, number in ((Side.GOVERNMENT, government), (Side.CIVIL_SOCIETY, civil_society)):
        for _ in range(number):
            SeatFactory(committee=board, side=side)
    for _ in range(observers):
        SeatFactory(committee=board, side=Side.GOVERNMENT, role=SeatRole.OBSERVER, voting=False)
    return board
