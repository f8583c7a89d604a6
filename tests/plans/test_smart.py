import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from plans.smart import Period, activity_gaps, is_percentage, objective_gaps, plan_gaps

PERIOD = Period(datetime.date(2026, 1, 1), datetime.date(2029, 12, 31))


@dataclass
class Work:
    responsible_id: int | None = 1
    starts_on: datetime.date | None = datetime.date(2026, 3, 1)
    ends_on: datetime.date | None = datetime.date(2027, 3, 1)
    cost: Decimal | None = Decimal(1000)
    no_cost: bool = False
    gender_lens: str = "Women choose."
    conflict_lens: str = "Both quarters."


@dataclass
class Measure:
    text: str = "Seats held by women"
    baseline: Decimal | None = Decimal(0)
    target: Decimal | None = Decimal(2)


def fields(work, *measures):
    return [gap.field for gap in activity_gaps(work, measures, period=PERIOD)]


def test_activity_gaps_of_a_complete_activity_are_none():
    assert fields(Work(), Measure()) == []
    assert fields(Work(cost=None, no_cost=True), Measure()) == []
    assert fields(Work(cost=Decimal(0)), Measure(baseline=Decimal(0), target=Decimal(0))) == []


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"responsible_id": None}, ["position_title"]),
        ({"starts_on": None}, ["starts_on"]),
        ({"ends_on": None}, ["ends_on"]),
        ({"starts_on": datetime.date(2025, 12, 31)}, ["starts_on"]),
        ({"ends_on": datetime.date(2030, 1, 1)}, ["ends_on"]),
        ({"cost": None}, ["cost"]),
        ({"gender_lens": "  "}, ["gender_lens"]),
        ({"conflict_lens": ""}, ["conflict_lens"]),
    ],
)
def test_activity_gaps_name_the_field(change, missing):
    assert fields(replace(Work(), **change), Measure()) == missing


def test_activity_gaps_of_an_indicator():
    assert fields(Work()) == ["indicator_text"]
    assert fields(Work(), Measure(baseline=None, target=None)) == ["baseline", "target"]
    assert fields(Work(), Measure(), Measure(target=None)) == ["target"]


def test_activity_gaps_of_an_empty_activity_come_in_the_order_of_the_form():
    empty = Work(None, None, None, None, False, "", "")
    assert fields(empty) == [
        "position_title",
        "starts_on",
        "ends_on",
        "cost",
        "indicator_text",
        "gender_lens",
        "conflict_lens",
    ]


@pytest.mark.parametrize(
    ("aligned", "reason", "activities", "missing"),
    [
        (True, "", 1, []),
        (False, "It matters here.", 1, []),
        (False, " ", 1, ["local_reason"]),
        (True, "", 0, ["activities"]),
        (False, "", 0, ["local_reason", "activities"]),
    ],
)
def test_objective_gaps(aligned, reason, activities, missing):
    gaps = objective_gaps(is_aligned=aligned, local_reason=reason, activities=activities)
    assert [gap.field for gap in gaps] == missing


@pytest.mark.parametrize(
    ("has_nap", "reason", "objectives", "missing"),
    [
        (True, "", 1, []),
        (False, "The country has none.", 1, []),
        (False, "", 1, ["no_nap_reason"]),
        (True, "", 0, ["objectives"]),
    ],
)
def test_plan_gaps(has_nap, reason, objectives, missing):
    gaps = plan_gaps(has_nap=has_nap, no_nap_reason=reason, objectives=objectives)
    assert [gap.field for gap in gaps] == missing


@pytest.mark.parametrize(
    ("unit", "share"), [("%", True), (" Percent ", True), ("pour cent", True), ("lamps", False), ("", False)]
)
def test_is_percentage(unit, share):
    assert is_percentage(unit) is share
