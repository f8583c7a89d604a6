import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from plans.smart import Period, activity_gaps, is_percentage, objective_gaps, plan_gaps, smart_check
from plans.vague import says_only_an_aim

PERIOD = Period(datetime.date(2026, 1, 1), datetime.date(2029, 12, 31))


@dataclass
class Work:
    text: str = "Light the market street with twenty lamps"
    expected_output: str = ""
    target_groups: str = ""
    location: str = "Bakwa Dianga"
    responsible_id: int | None = 1
    starts_on: datetime.date | None = datetime.date(2026, 3, 1)
    ends_on: datetime.date | None = datetime.date(2027, 3, 1)
    cost: Decimal | None = Decimal(1000)
    no_cost: bool = False
    gender_lens: str = "Women choose."
    conflict_lens: str = "Both quarters."
    do_no_harm: str = "Watchmen keep their pay."


@dataclass
class Measure:
    code: str = "I-1"
    kind: str = "number"
    baseline: Decimal | None = Decimal(0)
    target: Decimal | None = Decimal(2)
    baseline_text: str = ""
    target_text: str = ""


EMPTY = Work("", "", "", "", None, None, None, None, False, "", "", "")


def fields(work, *measures):
    return [gap.field for gap in activity_gaps(work, measures, period=PERIOD)]


def failed(work, *measures, is_relevant=True):
    found = smart_check(work, measures, period=PERIOD, is_relevant=is_relevant)
    return [criterion.key for criterion in found if not criterion.passed]


def test_activity_gaps_of_a_complete_activity_are_none():
    assert fields(Work(), Measure()) == []
    assert fields(Work(cost=None, no_cost=True), Measure()) == []
    assert fields(Work(cost=Decimal(0)), Measure()) == []


@pytest.mark.parametrize(
    ("change", "missing", "criteria"),
    [
        ({"text": "Light the street"}, ["text"], ["specific"]),
        ({"location": " "}, ["expected_output"], ["specific"]),
        ({"responsible_id": None}, ["position_title"], ["achievable"]),
        ({"starts_on": None}, ["starts_on"], ["time_bound"]),
        ({"ends_on": None}, ["ends_on"], ["time_bound"]),
        ({"starts_on": datetime.date(2025, 12, 31)}, ["starts_on"], ["time_bound"]),
        ({"ends_on": datetime.date(2030, 1, 1)}, ["ends_on"], ["time_bound"]),
        ({"ends_on": datetime.date(2026, 2, 1)}, ["ends_on"], ["time_bound"]),
        ({"cost": None}, ["cost"], ["achievable", "costed"]),
        ({"gender_lens": "  "}, ["gender_lens"], ["gender"]),
        ({"conflict_lens": ""}, ["conflict_lens"], ["conflict"]),
        ({"do_no_harm": ""}, ["do_no_harm"], ["do_no_harm"]),
    ],
)
def test_activity_gaps_name_the_field(change, missing, criteria):
    work = replace(Work(), **change)
    assert fields(work, Measure()) == missing
    assert failed(work, Measure()) == criteria


@pytest.mark.parametrize("filled", ["expected_output", "target_groups", "location"])
def test_smart_check_specific_with_one_of_three(filled):
    assert failed(replace(Work(location=""), **{filled: "Women traders"}), Measure()) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Support women in peace work", "Support"),
        ("Promouvoir la participation des femmes", "Promouvoir"),
        ("Sensibilizar a la población sobre la paz", "Sensibilizar"),
        ("Sensitization of local leaders on 1325", "Sensitization"),
        ("Support the women's market committee with twenty lamps and a keeper", ""),
        ("Train forty police officers on referral", ""),
        ("Appui à l'installation de vingt lampadaires dans la rue du marché central", ""),
        ("", ""),
    ],
)
def test_says_only_an_aim(text, word):
    assert says_only_an_aim(text) == word


def test_smart_check_vague_text_is_mended_by_its_output():
    vague = Work(text="Promote women in local peace talks")
    assert failed(vague, Measure()) == ["specific"]
    assert failed(replace(vague, expected_output="Two seats for women"), Measure()) == []


def test_smart_check_of_an_indicator():
    assert fields(Work()) == ["indicator_text"]
    assert fields(Work(), Measure(baseline=None, target=None)) == ["baseline", "target"]
    assert fields(Work(), Measure(), Measure(code="I-2", target=None)) == ["target"]
    assert fields(Work(), Measure(baseline=Decimal("2.00"))) == ["target"]


def test_smart_check_of_indicators_without_numbers():
    assert failed(Work(), Measure(kind="yes_no", baseline=None, target=None)) == []
    assert failed(Work(), Measure(kind="yes_no", baseline=Decimal(1), target=Decimal(1))) == ["measurable"]
    words = Measure(kind="qualitative", baseline_text="Refused at the desk", target_text="Each gets a number")
    assert failed(Work(), words) == []
    assert fields(Work(), replace(words, target_text=" ")) == ["target_text"]


def test_activity_gaps_say_which_indicator():
    gaps = activity_gaps(Work(), [Measure(), Measure(code="I-2", baseline=None)], period=PERIOD)
    assert [(gap.field, gap.part) for gap in gaps] == [("baseline", "I-2")]


def test_smart_check_relevant_is_said_at_the_objective():
    assert failed(Work(), Measure(), is_relevant=False) == ["relevant"]
    assert fields(Work(), Measure()) == []


def test_smart_check_says_why_and_what_would_mend_it():
    for criterion in smart_check(EMPTY, [], period=PERIOD, is_relevant=False):
        assert not criterion.passed
        assert str(criterion.why)
        assert str(criterion.mend)
        assert criterion.field
    passed = smart_check(Work(), [Measure()], period=PERIOD, is_relevant=True)
    assert {(criterion.why, criterion.mend, criterion.field) for criterion in passed} == {("", "", "")}


def test_activity_gaps_of_an_empty_activity_name_each_field_once():
    assert fields(EMPTY) == [
        "text",
        "expected_output",
        "indicator_text",
        "position_title",
        "cost",
        "starts_on",
        "ends_on",
        "gender_lens",
        "conflict_lens",
        "do_no_harm",
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
