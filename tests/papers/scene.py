"""A country in which everything that can be printed exists once, written in one script."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.roles import Role
from committees.composition import SeatRole, Side
from plans.models import SideView
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AgendaItemFactory,
    AttendanceFactory,
    CommitteeFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.editions import EditionFactory
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.guidelines import GuidelinesFactory, SectionFactory
from tests.factories.localities import CountryFactory, LocalityFactory
from tests.factories.people import (
    HandoverFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    TrainingNeedFactory,
)
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    BudgetLineFactory,
    IndicatorFactory,
    LocalActionPlanFactory,
    LocalLawFactory,
    ObjectiveFactory,
    PriorityIssueFactory,
    ProgressUpdateFactory,
)
from tests.factories.results import (
    CommitmentFactory,
    ConflictIssueFactory,
    NapVoteFactory,
    NeedFactory,
    PolicyMappingFactory,
)
from tests.factories.workshops import ParticipationFactory, ProgrammeItemFactory, WorkshopFactory
from tests.papers.words import Words
from workshops.models import Attendance, AwarenessScore, EvaluationCount
from workshops.papers.languages import COMPLETE
from workshops.states import WorkshopState

D = datetime.date
TODAY = D(2026, 6, 20)


@dataclass(frozen=True)
class Scene:
    """What the papers are drawn from."""

    words: Words
    user: User
    workshop: Any
    meeting: Any
    plan: Any
    edition: Any
    guidelines: Any
    assessment: Any
    handover: Any

    @property
    def paper_language(self) -> str:
        return next((code for code in self.words.spoken if code in COMPLETE), "en")


def scene_of(words: Words) -> Scene:
    country = CountryFactory(code="CD", name=words.country, languages=list(words.spoken))
    locality = LocalityFactory(code="XX-1", name=words.place, country=country)
    user = AssignmentFactory(role=Role.NATIONAL_COORDINATOR, country=country, user=UserFactory()).user
    organization = OrganizationFactory(country=country, name=words.body)
    office = PositionFactory(locality=locality, title=words.office, organization=organization)
    workshop = _workshop(words, locality, office)
    committee = CommitteeFactory(
        locality=locality, name=words.committee, established_at=workshop, mandate=words.sentence
    )
    seats = [
        SeatFactory(committee=committee, position=office, role=SeatRole.CHAIR),
        SeatFactory(
            committee=committee,
            position=PositionFactory(locality=locality, title=words.session, organization=organization),
            side=Side.CIVIL_SOCIETY,
            role=SeatRole.SECRETARY,
        ),
    ]
    meeting = _meeting(words, committee, seats, office)
    plan = _plan(words, committee, office, country)
    edition = EditionFactory(plan=plan, body=words.body)
    return Scene(
        words=words,
        user=user,
        workshop=workshop,
        meeting=meeting,
        plan=plan,
        edition=edition,
        guidelines=_guidelines(words, country),
        assessment=_assessment(words, committee, office, workshop),
        handover=_handover(words, office, locality, country),
    )


def _workshop(words: Words, locality: Any, office: Any) -> Any:
    """Three days of which everything is known; nobody but one person is named."""
    workshop = WorkshopFactory(
        title=words.title,
        locality=locality,
        language=words.language,
        other_languages=list(words.spoken[1:]),
        ends_on=D(2026, 3, 4),
        state=WorkshopState.HELD,
        narrative=words.markdown,
        good_cycle_notes=words.sentence,
        partners=words.body,
        access_note=words.sentence,
    )
    for day in (1, 2):
        for order, kind in enumerate(("plenary", "break", "hands_on")):
            ProgrammeItemFactory(
                workshop=workshop, day=day, order=order, title=words.session, kind=kind, minutes=75,
                materials=words.office,
            )  # fmt: skip
    for name in (words.person, f"{words.person} (2)"):
        person = PersonFactory(country=locality.country, full_name=name)
        one = ParticipationFactory(workshop=workshop, person=person, position=office)
        Attendance.objects.create(participation=one, day=workshop.starts_on, half="am")
        Attendance.objects.create(participation=one, day=workshop.starts_on, half="pm")
    _outcomes(words, workshop, office)
    return workshop


def _outcomes(words: Words, workshop: Any, office: Any) -> None:
    ConflictIssueFactory(workshop=workshop, description=words.sentence, affected=words.office)
    PolicyMappingFactory(workshop=workshop, name=words.session, effect="hinders", note=words.sentence)
    CommitmentFactory(workshop=workshop, owner=office, text=words.sentence, due_on=D(2026, 5, 1))
    CommitmentFactory(workshop=workshop, owner=office, text=words.session, due_on=D(2026, 8, 1))
    NeedFactory(workshop=workshop, text=words.sentence, named_by=words.body)
    nap = NapFactory(country=workshop.locality.country, title=words.title)
    for number in (1, 2):
        item = ProvisionFactory(framework=nap, code=f"1.{number}", text=words.sentence)
        NapVoteFactory(workshop=workshop, provision=item, group="A", votes=7 * number)
    AwarenessScore.objects.create(
        workshop=workshop, before_count=20, before_average=Decimal(4), after_count=20, after_average=7
    )
    EvaluationCount.objects.create(workshop=workshop, criterion="safe", agree=12, partly=8)


def _meeting(words: Words, committee: Any, seats: list[Any], office: Any) -> Any:
    meeting = MeetingFactory(
        committee=committee,
        day=D(2026, 6, 2),
        held=True,
        minutes=words.markdown,
        minutes_state="draft",
        place=words.place,
        guests=words.body,
        starts_at=datetime.time(9),
        ends_at=datetime.time(12, 30),
    )
    for seat in seats:
        AttendanceFactory(meeting=meeting, seat=seat)
    item = AgendaItemFactory(meeting=meeting, title=words.session, text=words.sentence, length=20)
    DecisionFactory(meeting=meeting, item=item, owner=office, number=1, text=words.sentence)
    return meeting


def _plan(words: Words, committee: Any, office: Any, country: Any) -> Any:
    """Adopted, with something in every chapter."""
    nap = NapFactory(country=country, title=words.title)
    item = ProvisionFactory(framework=nap, code="2.1", text=words.sentence)
    plan = LocalActionPlanFactory(
        committee=committee, nap=nap, title=words.title, language=words.language, foreword_by=office,
        sections={"foreword": words.markdown, "vision": words.sentence}, state="adopted",
        endorsed_on=D(2026, 2, 1), adopting_body=words.body, act_kind="resolution", adopting_act="12/2026",
        adopted_on=D(2026, 3, 12), votes_for=21, votes_against=3, votes_abstained=1,
    )  # fmt: skip
    objective = ObjectiveFactory(plan=plan, text=words.session, order=1)
    AlignmentFactory(objective=objective, provision=item)
    activity = ActivityFactory(
        objective=objective, text=words.sentence, expected_output=words.session, responsible=office,
        starts_on=D(2026, 3, 1), ends_on=D(2026, 9, 30), cost=Decimal(12500), target_groups=words.office,
        gender_lens=words.sentence, conflict_lens=words.sentence, do_no_harm=words.sentence, order=1,
        state="ongoing",
    )  # fmt: skip
    IndicatorFactory(activity=activity, text=words.sentence, means_of_verification=words.body)
    BudgetLineFactory(activity=activity, source="local", source_name=words.body, planned=10000)
    ProgressUpdateFactory(activity=activity, state="approved", done=words.sentence)
    issue = PriorityIssueFactory(plan=plan, text=words.sentence, affected=words.office, order=1)
    activity.issues.add(issue)
    PriorityIssueFactory(plan=plan, text=words.session, order=2)
    return plan


def _guidelines(words: Words, country: Any) -> Any:
    row = GuidelinesFactory(country=country, title=words.title, language=words.language)
    section = SectionFactory(guidelines=row, heading=words.session, body=words.markdown)
    SectionFactory(guidelines=row, parent=section, heading=words.office, body="{{adopted_plans}}")
    return row


def _assessment(words: Words, committee: Any, office: Any, workshop: Any) -> Any:
    for number in range(6):
        CommitmentFactory(workshop=workshop, owner=office, text=words.session, due_on=D(2026, 2, 1 + number))
    row = AssessmentFactory(committee=committee, position=office, start=D(2026, 1, 1), end=D(2026, 6, 30))
    SideView.objects.create(assessment=row, side="government", marks={"agenda": 4}, note=words.sentence)
    SideView.objects.create(assessment=row, side="civil_society", marks={"agenda": 1})
    return row


def _handover(words: Words, office: Any, locality: Any, country: Any) -> Any:
    person = PersonFactory(country=country, full_name=words.person)
    IncumbencyFactory(position=office, person=person, starts_on=D(2024, 1, 1), ends_on=D(2026, 6, 1))
    TrainingNeedFactory(position=office, topic="other", note=words.sentence)
    LocalLawFactory(locality=locality, title=words.title)
    return HandoverFactory(position=office, opened_on=D(2026, 6, 1), due_on=D(2026, 6, 30))
