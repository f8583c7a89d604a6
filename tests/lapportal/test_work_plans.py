"""What plans, host plans, National Action Plans and offices leave waiting, by the day, and for whom."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from frameworks.models import NapState
from lapportal.work import naps, offices, plans, progress, workshops
from lapportal.work.reader import Reader
from people.models import ElectionState
from plans.models import LocalActionPlan, UpdateState
from plans.services.periods import create_periods
from plans.states import PlanState
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory, SeatFactory
from tests.factories.frameworks import LeadFactory, NapFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import ElectionFactory, HandoverFactory, IncumbencyFactory, PositionFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    CommentFactory,
    IntegrationFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    ProgressUpdateFactory,
    ValidationRoundFactory,
)
from tests.factories.workshops import SelfRegistrationFactory, WorkshopFactory
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db

DAY = datetime.date


def tasks(source, user, today):
    reader = Reader.of(user, today=today)
    if source in (plans, progress, naps):
        return source.tasks_of(reader, plans.plans_of(reader))
    return source.tasks_of(reader)


def waiting(source, user, today):
    return [task.what for task in tasks(source, user, today)]


@pytest.fixture
def plan(committee):
    return LocalActionPlanFactory(committee=committee, title="Plan of Kasaï-Oriental")


def adopted(plan, state=PlanState.IN_IMPLEMENTATION):
    values = {"adopted_on": DAY(2025, 12, 20), "adopting_body": "Assembly", "adopting_act": "12/2025"}
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state, **values)
    plan.refresh_from_db()
    return plan


def test_round_waits_for_readers_while_there_is_time_and_for_the_secretary(
    plan, secretary, member, coordinator, oversight, outsider
):
    LocalActionPlan.objects.update(state=PlanState.VALIDATION)
    current = ValidationRoundFactory(plan=plan, closes_on=DAY(2026, 2, 20))
    read = "Read the draft and say what you think"
    for user in (member, coordinator):
        assert waiting(plans, user, DAY(2026, 2, 20)) == [read]
        assert waiting(plans, user, DAY(2026, 2, 21)) == []
    assert waiting(plans, secretary, DAY(2026, 2, 21)) == [
        "Record who stands behind the draft, then endorse or return it"
    ]
    for user in (oversight, outsider):
        assert waiting(plans, user, DAY(2026, 2, 10)) == []
    CommentFactory(plan=plan, round=current, author=coordinator)
    assert waiting(plans, coordinator, DAY(2026, 2, 10)) == []
    assert "Answer 1 comment on the plan" in waiting(plans, secretary, DAY(2026, 2, 10))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PlanState.ENDORSED, "Send the plan to the council"),
        (PlanState.ADOPTED, "Begin to carry out the plan"),
    ],
)
def test_next_step_waits_for_the_secretary_alone(plan, secretary, member, coordinator, state, words):
    if state == PlanState.ADOPTED:
        adopted(plan, state)
    else:
        LocalActionPlan.objects.update(state=state)
    assert waiting(plans, secretary, timezone.localdate()) == [words]
    for user in (member, coordinator):
        assert waiting(plans, user, timezone.localdate()) == []


def test_council_is_asked_after_sixty_days(plan, secretary):
    LocalActionPlan.objects.update(state=PlanState.SUBMITTED)
    plan.moves.create(was=PlanState.ENDORSED, now=PlanState.SUBMITTED, on=DAY(2026, 3, 1))
    words = "Ask the council, and record what it decided"
    assert waiting(plans, secretary, DAY(2026, 4, 29)) == []
    assert waiting(plans, secretary, DAY(2026, 4, 30)) == [words]


def test_plan_past_its_period_is_to_be_closed(plan, secretary):
    adopted(plan)
    assert waiting(plans, secretary, DAY(2029, 12, 31)) == []
    assert waiting(plans, secretary, DAY(2030, 1, 1)) == ["Close the plan, or begin the next one"]
    LocalActionPlan.objects.update(state=PlanState.CLOSED)
    assert waiting(plans, secretary, DAY(2030, 1, 1)) == []


def test_returned_plan_waits_for_its_writers(plan, secretary, member, coordinator):
    LocalActionPlan.objects.update(returned_reason="The budget is missing.")
    for user in (secretary, member):
        assert waiting(plans, user, timezone.localdate()) == ["Rework the plan that was returned"]
    assert waiting(plans, coordinator, timezone.localdate()) == []


def test_amendment_that_stays_open(plan, secretary, member):
    adopted(plan)
    plan.amendments.create(number=1, reason="Floods", opened_on=DAY(2026, 3, 1))
    words = "Finish the amendment of the plan, or drop it"
    assert waiting(plans, secretary, DAY(2026, 4, 30)) == []
    assert waiting(plans, secretary, DAY(2026, 5, 1)) == [words]
    assert waiting(plans, member, DAY(2026, 5, 1)) == []


def test_statements_wait_for_a_second_person(plan, secretary, coordinator, member):
    """Never for who made them; not for members (can_review_alignment)."""
    AlignmentFactory(objective=ObjectiveFactory(plan=plan), stated_by=secretary)
    AlignmentFactory(objective=None, activity=ActivityFactory(objective__plan=plan), stated_by=coordinator)
    words = "Review 1 statement of what the plan serves"
    for user in (secretary, coordinator):
        assert waiting(plans, user, timezone.localdate()) == [words]
    assert waiting(plans, member, timezone.localdate()) == []


@pytest.fixture
def followed(plan, member):
    """In implementation, with two activities; the quarter is due on 15 April 2026."""
    adopted(plan)
    create_periods(plan)
    objective = ObjectiveFactory(plan=plan)
    ActivityFactory(objective=objective)
    ActivityFactory(objective=objective, reporter=member)
    return plan


def test_reports_wait_for_who_reports_and_later_for_who_accompanies(
    followed, secretary, member, coordinator, outsider
):
    other = CommitteeAccessFactory(committee=followed.committee, role=Role.COMMITTEE_MEMBER).user
    two, one = "Report on 2 activities for Q1 2026", "Report on 1 activity for Q1 2026"
    assert waiting(progress, secretary, DAY(2026, 3, 31)) == [two]  # the last day of the quarter
    assert waiting(progress, member, DAY(2026, 4, 20)) == [two]
    assert waiting(progress, other, DAY(2026, 4, 20)) == [one]
    assert waiting(progress, coordinator, DAY(2026, 5, 14)) == []
    assert waiting(progress, coordinator, DAY(2026, 5, 15)) == [
        "Ask the committee for 2 missing reports of Q1 2026"
    ]
    assert waiting(progress, outsider, DAY(2026, 5, 15)) == []
    [task] = tasks(progress, secretary, DAY(2026, 4, 20))
    assert (task.day, task.is_overdue) == (DAY(2026, 4, 15), True)


def test_reports_sent_in_wait_for_the_secretary_and_returned_ones_for_who_sent_them(
    followed, secretary, member
):
    update = ProgressUpdateFactory(
        activity__objective__plan=followed,
        period=followed.periods.get(number=1),
        state=UpdateState.SUBMITTED,
        submitted_by=member,
    )
    assert "Approve 1 report of Q1 2026" in waiting(progress, secretary, DAY(2026, 3, 1))
    assert waiting(progress, member, DAY(2026, 3, 1)) == []
    update.state, update.return_reason = UpdateState.RETURNED, "Which village?"
    update.save()
    assert waiting(progress, secretary, DAY(2026, 3, 1)) == []
    assert waiting(progress, member, DAY(2026, 3, 1)) == ["Mend 1 report of Q1 2026 that came back to you"]


def test_own_report_waits_only_for_who_is_alone(followed, secretary, member):
    ProgressUpdateFactory(
        activity__objective__plan=followed,
        period=followed.periods.get(number=1),
        state=UpdateState.SUBMITTED,
        submitted_by=secretary,
    )
    assert waiting(progress, secretary, DAY(2026, 3, 1)) == []
    member.is_active = False
    member.save()
    assert waiting(progress, secretary, DAY(2026, 3, 1)) == ["Approve 1 report of Q1 2026"]


def test_entry_points_wait_for_who_may_write_them_down(locality, coordinator, secretary, oversight, outsider):
    IntegrationFactory(locality=locality, host_plan="Development plan", entry_point_on=DAY(2026, 5, 1))

    def entry(user, *today):
        return [task.what for task in plans.entry_points(Reader.of(user, today=DAY(*today)))]

    for user in (coordinator, secretary):
        assert entry(user, 2026, 4, 1) == ["Hand in the clause for “Development plan”"]
        assert entry(user, 2026, 3, 1) == []
    for user in (oversight, outsider):
        assert entry(user, 2026, 4, 1) == []


def test_nap_that_ends_waits_for_the_coordinator_and_for_the_plans_that_point_to_it(
    plan, country, coordinator, secretary, member, outsider
):
    """BR18: 180 days before."""
    nap = NapFactory(country=country, period_end=DAY(2026, 12, 31))
    LocalActionPlan.objects.update(nap=nap)
    first = DAY(2026, 7, 4)
    for user, words in (
        (coordinator, "Prepare the next National Action Plan"),
        (secretary, "Find out what follows the National Action Plan"),
    ):
        assert waiting(naps, user, first - datetime.timedelta(days=1)) == []
        assert waiting(naps, user, first) == [words]
    for user in (member, outsider):
        assert waiting(naps, user, first) == []
    later = NapFactory(country=country, period_end=DAY(2030, 12, 31), generation=nap.generation + 1)
    nap.replaced_by, nap.replaced_on, nap.state = later, first, NapState.SUPERSEDED
    nap.save()
    assert waiting(naps, coordinator, first) == []
    assert waiting(naps, secretary, first) == ["Let the plan point to the new National Action Plan"]


def test_new_lead_is_to_be_written_to(plan, country, coordinator, secretary):
    nap = NapFactory(country=country)
    LocalActionPlan.objects.update(nap=nap)
    LeadFactory(framework=nap, until=DAY(2026, 6, 1))
    LeadFactory(framework=nap, institution="Ministry of Peace", since=DAY(2026, 6, 1))
    for user in (coordinator, secretary):
        assert waiting(naps, user, DAY(2026, 6, 1)) == ["Write to Ministry of Peace about the local plans"]
        assert waiting(naps, user, DAY(2026, 8, 1)) == []


def test_handover_waits_for_its_keepers_and_for_the_successor(
    locality, committee, coordinator, secretary, member, oversight, outsider
):
    office = PositionFactory(locality=locality, title="Mayor")
    SeatFactory(committee=committee, position=office)
    row = HandoverFactory(position=office, opened_on=DAY(2026, 8, 2), due_on=DAY(2026, 10, 1))
    for user in (coordinator, secretary):
        assert waiting(offices, user, DAY(2026, 10, 31)) == ["Send the hand-over pack"]
        assert waiting(offices, user, DAY(2026, 11, 1)) == ["Bring the overdue hand-over to its end"]
    for user in (member, oversight, outsider):
        assert waiting(offices, user, DAY(2026, 11, 1)) == []
    row.pack_sent_on, row.successor = DAY(2026, 10, 2), member
    row.save()
    assert waiting(offices, secretary, DAY(2026, 10, 5)) == []
    assert waiting(offices, member, DAY(2026, 10, 5)) == [
        "Read the hand-over pack and say that you take over"
    ]
    row.acknowledged_on = DAY(2026, 10, 6)
    row.save()
    for user in (member, secretary):
        assert waiting(offices, user, DAY(2026, 11, 1)) == []


def test_elections_of_the_next_sixty_days_and_outcomes(country, locality, coordinator, secretary, outsider):
    part = AssignmentFactory(role=Role.FACILITATOR, locality=locality, user=UserFactory()).user
    row = ElectionFactory(country=country, held_on=DAY(2026, 10, 4))
    prepare = "Prepare the hand-overs before the election"
    for user in (coordinator, secretary, part):
        assert waiting(offices, user, DAY(2026, 8, 4)) == []
        assert waiting(offices, user, DAY(2026, 8, 5)) == [prepare]
    assert waiting(offices, outsider, DAY(2026, 8, 5)) == []
    assert waiting(offices, coordinator, DAY(2026, 10, 5)) == [
        "Record which offices changed hands in the election"
    ]
    assert waiting(offices, secretary, DAY(2026, 10, 5)) == []
    row.state = ElectionState.HELD
    row.save()
    assert waiting(offices, coordinator, DAY(2026, 10, 5)) == []


def test_election_held_waits_until_it_is_said_who_stays(country, locality, elsewhere, coordinator, secretary):
    """The terms that end around it stand as before: nobody wrote the outcome down."""
    row = ElectionFactory(country=country, held_on=DAY(2026, 10, 4), state=ElectionState.HELD)
    mayor = PositionFactory(locality=locality)
    holder = IncumbencyFactory(
        position=mayor, person=None, starts_on=DAY(2021, 1, 1), term_ends_on=DAY(2026, 11, 1)
    )
    abroad = PositionFactory(locality=elsewhere)
    IncumbencyFactory(position=abroad, person=None, starts_on=DAY(2021, 1, 1), term_ends_on=DAY(2026, 11, 1))
    [task] = offices.tasks_of(Reader.of(coordinator, today=DAY(2026, 10, 5)))
    assert task.what == "Record which offices changed hands in the election"
    assert task.url == reverse("election_outcome", args=[row.code])
    assert waiting(offices, secretary, DAY(2026, 10, 5)) == []
    holder.term_ends_on = DAY(2031, 11, 1)
    holder.save()
    assert waiting(offices, coordinator, DAY(2026, 10, 5)) == []


def test_election_of_a_part_concerns_that_part_alone(country, locality, elsewhere, secretary):
    other = LocalityFactory(code="CD-LU", name="Lualaba", country=country)
    ElectionFactory(country=country, locality=other, held_on=DAY(2026, 10, 4))
    assert waiting(offices, secretary, DAY(2026, 9, 1)) == []
    ElectionFactory(country=country, locality=locality, held_on=DAY(2026, 10, 4))
    assert len(waiting(offices, secretary, DAY(2026, 9, 1))) == 1


def test_workshops_past_held_and_with_people_at_the_door(locality, facilitator, coordinator):
    held = WorkshopFactory(locality=locality, facilitators=[facilitator], ends_on=DAY(2026, 3, 3))
    assert waiting(workshops, facilitator, DAY(2026, 3, 3)) == []
    assert waiting(workshops, facilitator, DAY(2026, 3, 4)) == ["Say whether the workshop was held"]
    SelfRegistrationFactory(workshop=held)
    assert "Let in 1 person who waits at the door" in waiting(workshops, facilitator, DAY(2026, 3, 2))
    held.self_registrations.all().delete()
    held.state = WorkshopState.HELD
    held.save()
    assert waiting(workshops, facilitator, DAY(2026, 3, 4)) == ["Write the report of the workshop"]
    assert waiting(workshops, coordinator, DAY(2026, 3, 4)) == []
