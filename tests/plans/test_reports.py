import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.reports.alignment import PlanAlignment
from plans.reports.matrix import ActivityRow, PlanMatrix
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    IndicatorFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
)


def test_matrix_sums_up(plan, objective, activity):
    ActivityFactory(objective=objective, cost=Decimal("1500.50"), order=2)
    ActivityFactory(objective=objective, order=3)
    matrix = PlanMatrix.from_plan(plan)
    assert [row.number for row in matrix.activities] == ["1.1", "1.2", "1.3"]
    assert (matrix.cost, matrix.costed, matrix.share_costed) == (Decimal("1500.50"), 2, 67)
    assert not matrix.objectives[0].is_local


def test_matrix_of_an_empty_plan(plan):
    matrix = PlanMatrix.from_plan(plan)
    assert (matrix.cost, matrix.share_costed, matrix.copied) == (0, None, 0)
    assert [shortcoming.subject for shortcoming in matrix.shortcomings] == ["The plan"]


def test_coverage_says_what_is_served_and_what_is_not(plan, objective, items):
    second = ObjectiveFactory(plan=plan, order=2)
    for item in items[:2]:
        AlignmentFactory(objective=second, provision=item)
    coverage = PlanMatrix.from_plan(plan).coverage
    assert coverage.served == [(items[0], ["1", "2"]), (items[1], ["2"])]
    assert coverage.not_served == [items[2]]
    assert (coverage.total, coverage.share) == (3, 67)
    assert [(pillar.label, pillar.served, pillar.total, pillar.share) for pillar in coverage.by_pillar] == [
        ("Participation", 1, 1, 100),
        ("Prevention", 1, 1, 100),
        ("Protection", 0, 1, 0),
        ("Coordination and support", 1, 1, 100),
    ]


def test_coverage_counts_what_activities_serve(plan, objective, activity, items, member):
    """The plan's page and its tab "Alignment" say the same."""
    AlignmentFactory(objective=None, activity=activity, provision=items[2])
    coverage = PlanMatrix.from_plan(plan).coverage
    assert coverage.served == [(items[0], ["1"]), (items[2], ["1.1"])]
    assert coverage == PlanAlignment.from_plan(plan, reader=member).coverage


def test_coverage_without_a_nap_is_empty(committee):
    plan = LocalActionPlanFactory(committee=committee)
    objective = ObjectiveFactory(plan=plan)
    matrix = PlanMatrix.from_plan(plan)
    assert matrix.coverage.total == 0
    assert matrix.objectives[0].objective == objective
    assert matrix.objectives[0].is_local


def test_shortcomings_lead_to_the_field(plan, objective, activity):
    unfinished = ActivityFactory(objective=objective, order=2)
    lonely = ObjectiveFactory(plan=plan, order=2)
    matrix = PlanMatrix.from_plan(plan)
    found = {shortcoming.subject: dict(shortcoming.lacks) for shortcoming in matrix.shortcomings}
    assert set(found) == {"Activity 1.2", "Objective 2"}
    edit = reverse("activity_edit", args=[plan.code, unfinished.code])
    assert found["Activity 1.2"]["the cost, or “no cost”"] == f"{edit}#id_cost"
    assert found["Objective 2"]["an activity"] == reverse("activity_new", args=[plan.code, lonely.code])
    assert matrix.gap_count == 12


def test_copied_objectives_are_told_above_seventy_percent(plan, items):
    for order, item in enumerate(items):
        row = ObjectiveFactory(plan=plan, order=order, text=item.text, started_from=item)
        AlignmentFactory(objective=row, provision=item)
    assert PlanMatrix.from_plan(plan).copied == 3
    plan.objectives.filter(order=0).update(text="What we want here")
    assert PlanMatrix.from_plan(plan).copied == 0


def test_copied_objectives_are_found_in_the_plans_language_and_when_nearly_equal(plan, items):
    texts = ["Inclusion des femmes dans les instances de décision", items[1].text.upper() + ".", "Other"]
    items[0].texts = {"fr": texts[0]}
    items[0].save()
    for order, text in enumerate(texts[:2]):
        row = ObjectiveFactory(plan=plan, order=order, text=text)
        AlignmentFactory(objective=row, provision=items[order])
    ObjectiveFactory(plan=plan, order=3, text=items[2].text, started_from=items[2])
    assert [row.number for row in PlanMatrix.from_plan(plan).copied_rows] == [1, 2, 3]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        ((2026, 3), (2026, 3), "Mar 2026"),
        ((2026, 3), (2026, 9), "Mar–Sep 2026"),
        ((2026, 11), (2027, 2), "Nov 2026 – Feb 2027"),
        ((2026, 11), None, "Nov 2026 – …"),
        (None, (2027, 2), "… – Feb 2027"),
    ],
)
def test_activity_row_dates(start, end, words):
    activity = ActivityFactory.build(
        objective=None,
        starts_on=start and datetime.date(*start, 1),
        ends_on=end and datetime.date(*end, 1),
    )
    assert ActivityRow("1.1", activity, [], []).dates == words


@pytest.mark.parametrize("rows", [1, 5])
def test_matrix_queries(rows, plan, objective, django_assert_num_queries):
    for _ in range(rows):
        activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), complete=True)
        IndicatorFactory(activity=activity)
    with django_assert_num_queries(5):
        matrix = PlanMatrix.from_plan(plan)
        assert matrix.shortcomings
        assert all(str(row.activity.responsible) for row in matrix.activities)
