"""What is counted of an office, and how it is read."""

import datetime
import re

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.reports.scorecards import Scorecard, counted
from plans.scorecards import (
    OUTCOMES,
    SHARE_FROM,
    Band,
    Criterion,
    Mark,
    Outcome,
    Part,
    PartCount,
    are_apart,
    band_of,
    marks_from,
    method_words,
    period_words,
)
from plans.states import PlanState
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import AttendanceFactory, DecisionFactory, MeetingFactory, SeatFactory
from tests.factories.people import IncumbencyFactory, PersonFactory, PositionFactory
from tests.factories.plans import (
    ActivityFactory,
    BudgetLineFactory,
    LocalActionPlanFactory,
    ProgressUpdateFactory,
    ReportingPeriodFactory,
)
from tests.factories.results import CommitmentFactory

D = datetime.date
TODAY = D(2026, 11, 20)


def found(part, numbers):
    return {outcome: ["X"] * number for outcome, number in zip(OUTCOMES[part], numbers, strict=False)}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    part=st.sampled_from(list(Part)),
    numbers=st.tuples(*[st.integers(min_value=0, max_value=60)] * 4),
    unknown=st.integers(min_value=0, max_value=9),
)
def test_part_count_adds_up(part, numbers, unknown):
    count = PartCount.of(part, found(part, numbers), unknown)
    assert count.total == sum(numbers[: len(OUTCOMES[part])]) == sum(line.count for line in count.lines)
    assert 0 <= count.done <= count.total
    for share in [count.share, *(line.share for line in count.lines)]:
        assert share is None if count.total < SHARE_FROM else 0 <= share <= 100
    assert 0 <= count.bar.part <= count.bar.length <= 100
    assert (count.share == 100) == (count.total >= SHARE_FROM and count.done == count.total)
    assert (count.band == Band.ALL) == (0 < count.total == count.done)
    assert ("%" in count.shown) == (count.total >= SHARE_FROM)


@pytest.mark.parametrize(
    ("done", "total", "band"),
    [
        (0, 0, "no_data"),
        (0, 1, "none"),
        (1, 1, "all"),
        (1, 2, "some"),
        (3, 4, "some"),
        (4, 6, "most"),
        (3, 6, "half"),
        (2, 6, "half"),
        (1, 6, "few"),
        (0, 6, "none"),
        (6, 6, "all"),
    ],
)
def test_band_of(done, total, band):
    assert band_of(done, total) == band


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [((0, 0, 0, 0), "no data"), ((1, 0, 1, 0), "1 of 2"), ((3, 1, 1, 0), "4 of 5 (80%)")],
)
def test_part_count_says_no_share_of_few(numbers, shown):
    assert PartCount.of(Part.COMMITMENTS, found(Part.COMMITMENTS, numbers)).shown == shown


@pytest.mark.parametrize(("one", "other", "apart"), [(0, 2, True), (4, 3, False), (None, 4, False)])
def test_are_apart(one, other, apart):
    assert are_apart(one, other) is apart


def test_marks_from_leaves_out_what_the_method_does_not_know():
    assert marks_from({"agenda": 3, "beauty": 4, "room": 7}) == {"agenda": 3}
    assert (len(Criterion), list(Mark.values)) == (5, [0, 1, 2, 3, 4])


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (D(2026, 1, 1), D(2026, 12, 31), "2026"),
        (D(2026, 1, 1), D(2026, 6, 30), "2026, first half"),
        (D(2026, 7, 1), D(2026, 12, 31), "2026, second half"),
        (D(2025, 7, 1), D(2026, 6, 30), "1 July 2025 – 30 June 2026"),
    ],
)
def test_period_words(start, end, said):
    assert period_words(start, end) == said


def test_method_says_from_when_to_when():
    words = " ".join(method_words(D(2026, 1, 1), D(2026, 6, 30)))
    assert "1 January 2026" in words
    assert "30 June 2026" in words
    assert "not a person" in words
    assert not re.search(r"%\(|%%", words)


@pytest.fixture
def mayor(locality):
    return PositionFactory(locality=locality, title="Mayor")


@pytest.fixture
def assessment(committee, mayor):
    return AssessmentFactory(committee=committee, position=mayor)


def card(assessment, today=TODAY):
    facts = counted(assessment, today=today)
    return Scorecard.from_facts(facts, start=assessment.start, end=assessment.end)


def part(assessment, name, today=TODAY):
    count = next(each for each in card(assessment, today).parts if each.part == name)
    return {line.outcome.value: line.count for line in count.lines if line.count}


@pytest.mark.django_db
def test_commitments_by_their_due_day(assessment, mayor, workshop):
    def promise(due, state="open", closed=None):
        CommitmentFactory(workshop=workshop, owner=mayor, due_on=due, state=state, closed_on=closed)

    promise(D(2026, 3, 1), "kept", D(2026, 3, 1))
    promise(D(2026, 3, 1), "kept", D(2026, 3, 2))
    promise(D(2026, 3, 1))
    promise(D(2026, 3, 1), "dropped", D(2026, 2, 1))
    promise(TODAY)  # due today: not late yet
    promise(D(2026, 12, 1))  # to come
    promise(D(2025, 12, 31))  # before the period
    CommitmentFactory(workshop=workshop, due_on=D(2026, 3, 1))  # of another office
    assert part(assessment, "commitments") == {"on_time": 1, "late": 1, "open": 1, "dropped": 1}


@pytest.mark.django_db
def test_commitment_is_overdue_from_the_day_after(assessment, mayor, workshop):
    CommitmentFactory(workshop=workshop, owner=mayor, due_on=TODAY)
    assert part(assessment, "commitments", TODAY) == {}
    assert part(assessment, "commitments", TODAY + datetime.timedelta(days=1)) == {"open": 1}


@pytest.mark.django_db
def test_decisions_that_are_tasks(assessment, mayor, committee):
    meeting = MeetingFactory(committee=committee, held=True)
    for state, closed in [("done", D(2026, 9, 30)), ("done", D(2026, 10, 1)), ("open", None)]:
        DecisionFactory(meeting=meeting, owner=mayor, state=state, closed_on=closed)
    DecisionFactory(meeting=meeting, owner=mayor, result="rejected")
    assert part(assessment, "decisions") == {"on_time": 1, "late": 1, "open": 1}


@pytest.mark.django_db
def test_meetings_there_and_nobody_wrote_down(assessment, mayor, committee):
    seat = SeatFactory(committee=committee, position=mayor, since=D(2026, 3, 3))
    for day, presence in [
        (D(2026, 4, 1), "present"),
        (D(2026, 5, 1), "represented"),
        (D(2026, 6, 1), "absent"),
    ]:
        AttendanceFactory(
            meeting=MeetingFactory(committee=committee, held=True, day=day), seat=seat, presence=presence
        )
    MeetingFactory(committee=committee, held=True, day=D(2026, 7, 1))
    MeetingFactory(committee=committee, held=True, day=D(2026, 3, 2))  # before the seat
    MeetingFactory(committee=committee, day=D(2026, 8, 1))  # planned only
    assert part(assessment, "meetings") == {"present": 1, "represented": 1, "absent": 1}
    assert next(each.unknown for each in card(assessment).parts if each.part == "meetings") == 1


@pytest.fixture
def led(committee, mayor):
    """Makes an activity that the mayor leads, in a plan that is carried out."""
    adopted = {"adopted_on": D(2025, 12, 1), "adopting_body": "Council", "adopting_act": "12/2025"}
    plan = LocalActionPlanFactory(committee=committee, state=PlanState.IN_IMPLEMENTATION, **adopted)

    def lead(**values):
        values.setdefault("objective__plan", plan)
        return ActivityFactory(responsible=mayor, starts_on=D(2026, 1, 1), **values)

    lead.plan = plan
    return lead


def update(activity, period, *, says="done", state="approved", on=None, **values):
    moment = timezone.make_aware(datetime.datetime.combine(on or period.due_on, datetime.time(12)))
    return ProgressUpdateFactory(
        activity=activity, period=period, activity_state=says, state=state, submitted_at=moment, **values
    )


@pytest.mark.django_db
def test_activities_by_the_quarter_in_which_they_were_reported_done(assessment, led):
    first = ReportingPeriodFactory(plan=led.plan, number=1)
    second = ReportingPeriodFactory(plan=led.plan, number=2, start=D(2026, 4, 1), end=D(2026, 6, 30))
    in_time, late = (led(ends_on=D(2026, 3, 20), state="done") for _ in range(2))
    update(in_time, first)
    update(late, second)
    led(ends_on=D(2026, 3, 20), state="ongoing")
    led(ends_on=D(2026, 3, 20), state="dropped", state_reason="funds")
    led(ends_on=D(2027, 3, 20))
    draft = LocalActionPlanFactory(committee=assessment.committee, title="Draft")
    led(ends_on=D(2026, 3, 20), objective__plan=draft)  # nobody adopted it
    assert part(assessment, "activities") == {"on_time": 1, "late": 1, "open": 1, "dropped": 1}


@pytest.mark.django_db
def test_reports_in_time_late_and_missing(assessment, led):
    periods = [
        ReportingPeriodFactory(plan=led.plan, number=number, start=start, end=end)
        for number, (start, end) in enumerate(
            [
                (D(2026, 1, 1), D(2026, 3, 31)),
                (D(2026, 4, 1), D(2026, 6, 30)),
                (D(2026, 7, 1), D(2026, 9, 30)),
                (D(2026, 10, 1), D(2026, 12, 31)),
            ],
            start=1,
        )
    ]
    activity = led(ends_on=D(2027, 3, 20), state="ongoing")
    update(activity, periods[0], says="ongoing", on=periods[0].due_on)
    update(activity, periods[1], says="ongoing", on=periods[1].due_on + datetime.timedelta(days=1))
    update(activity, periods[2], says="ongoing", state="returned", return_reason="Which figures?")
    assert part(assessment, "reports") == {"on_time": 1, "late": 1, "missing": 1}


@pytest.mark.django_db
def test_superseded_plan_asks_for_nothing_after_its_end(assessment, led):
    ReportingPeriodFactory(plan=led.plan, number=1)
    led(ends_on=D(2026, 3, 20), state="ongoing")
    led.plan.moves.create(was="in_implementation", now="superseded", on=D(2026, 2, 1))
    led.plan.state = PlanState.SUPERSEDED
    led.plan.save()
    assert part(assessment, "activities") == {}
    assert part(assessment, "reports") == {}


@pytest.mark.django_db
def test_money_by_currency_and_fiscal_year(assessment, led):
    activity = led()
    BudgetLineFactory(activity=activity, planned=1000, disbursed=400, spent=300)
    BudgetLineFactory(activity=activity, planned=500, fiscal_year="2025/26")
    BudgetLineFactory(activity=activity, planned=9999, fiscal_year="2028")
    (row,) = card(assessment).money
    assert (row.planned, row.received, row.spent, row.share) == (1500, 400, 300, 75)
    assert row.currency == led.plan.currency


@pytest.mark.django_db
def test_money_share_of_nothing_is_no_data_and_never_over_100(assessment, led):
    line = BudgetLineFactory(activity=led(), planned=1000)
    assert card(assessment).money[0].share is None
    line.disbursed, line.spent = 10, 90
    line.save()
    (row,) = card(assessment).money
    assert (row.share, row.is_overspent) == (100, True)


@pytest.mark.django_db
def test_terms_of_the_period_in_days_and_without_names(assessment, mayor):
    for starts_on, ends_on in [
        (D(2020, 1, 1), D(2025, 12, 31)),
        (D(2025, 12, 31), D(2026, 5, 4)),
        (D(2026, 5, 4), None),
    ]:
        person = PersonFactory(country=mayor.locality.country, full_name="Kabedi Hidden")
        IncumbencyFactory(position=mayor, person=person, starts_on=starts_on, ends_on=ends_on)
    facts = counted(assessment, today=TODAY)
    assert facts["terms"] == [["2025-12-31", "2026-05-04"], ["2026-05-04", None]]
    assert "Kabedi" not in str(facts)


@pytest.mark.django_db
def test_office_that_owed_nothing_has_no_data(assessment):
    found = card(assessment)
    assert not any(part.total for part in found.parts)
    assert {each.shown for each in found.parts} == {"no data"}
    assert {each.sentence for each in found.parts} == {"nothing was due"}


@pytest.mark.django_db
def test_period_that_runs_is_counted_to_yesterday(assessment):
    assert card(assessment).is_partial
    assert card(assessment).counted_to == D(2026, 11, 19)
    assert not card(assessment, D(2027, 1, 5)).is_partial


def test_outcomes_of_each_part_are_told_apart():
    assert set(OUTCOMES) == set(Part)
    assert {outcome for each in OUTCOMES.values() for outcome in each} == set(Outcome)
