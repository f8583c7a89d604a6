"""Localities reached: coverage and the list of them."""

import datetime

import pytest

from guidelines.blocks.localities import Coverage, HowFar
from guidelines.models import Block
from tests.factories.committees import CommitteeFactory
from tests.factories.guidelines import RolloutFactory
from tests.factories.localities import LocalityFactory
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.workshops import WorkshopFactory
from tests.guidelines.blocks.scene import LONG_AGO, TODAY, adopted_plan, charts, get, held, secret, tables
from workshops.states import WorkshopKind, WorkshopState


def how_far(country, level=1, today=TODAY):
    coverage = Coverage.from_country(country, level=level, today=today)
    return {place.name: place.how_far for place in coverage.localities}


def test_coverage_reaches_a_province_by_what_happened_below_it(country, provinces):
    held(LocalityFactory(parent=provinces[1], code="CD-TOWN", name="Town"))
    assert how_far(country)["Ituri"] == HowFar.WORKSHOP


def test_coverage_counts_a_locality_once_by_the_furthest(guidelines, country, provinces):
    town = LocalityFactory(parent=provinces[1], code="CD-TOWN", name="Town")
    for _n in range(3):
        held(provinces[1])
    adopted_plan(town)
    RolloutFactory(guidelines=guidelines, localities=[provinces[1]], on=LONG_AGO)
    assert how_far(country)["Ituri"] == HowFar.PLAN
    chart = charts(get(Block.COVERAGE, guidelines))[0]
    assert [(bar.label, bar.text) for bar in chart.bars] == [
        ("Local plan adopted", "1 (25%)"),
        ("Not reached yet", "3 (75%)"),
    ]
    assert chart.total == 4


def test_coverage_draws_white_what_is_not_reached_also_when_that_is_all_or_nothing(guidelines, provinces):
    def fills():
        return [(each.bar.label, each.fill) for each in charts(get(Block.COVERAGE, guidelines))[0].drawn]

    assert fills() == [("Local plan adopted", "#43205f"), ("Not reached yet", "#ffffff")]
    RolloutFactory(guidelines=guidelines, localities=provinces, on=LONG_AGO)
    assert fills() == [("Guidelines rolled out", "#43205f"), ("Not reached yet", "#ffffff")]


def test_coverage_knows_a_workshop_for_several_localities(country, provinces):
    held(provinces[0]).other_localities.add(provinces[2])
    assert [how_far(country)[name] for name in ("Équateur", "Kasaï")] == [HowFar.WORKSHOP] * 2


def test_coverage_knows_a_rollout(guidelines, country, provinces):
    RolloutFactory(guidelines=guidelines, localities=provinces[:2], on=LONG_AGO)
    edition = guidelines.editions.get()
    later = TODAY + datetime.timedelta(1)
    RolloutFactory(guidelines=guidelines, edition=edition, localities=provinces[2:3], on=later)
    found = how_far(country)
    assert [found[place.name] for place in provinces] == [
        HowFar.GUIDELINES,
        HowFar.GUIDELINES,
        HowFar.NONE,
        HowFar.NONE,
    ]


def test_coverage_at_the_level_of_the_guidelines(country, provinces):
    town = LocalityFactory(parent=provinces[1], code="CD-TOWN", name="Town")
    LocalityFactory(parent=provinces[1], code="CD-TOWN2", name="Other town")
    held(LocalityFactory(parent=town, code="CD-WARD", name="Ward"))
    held(provinces[1])  # for the province as a whole: it reaches no town
    found = how_far(country, level=2)
    assert found["Town"] == HowFar.WORKSHOP
    assert found["Other town"] == HowFar.NONE
    assert "Ituri" not in found


@pytest.mark.parametrize(
    "fields",
    [
        {"state": WorkshopState.PLANNED},
        {"state": WorkshopState.CANCELLED},
        {"state": WorkshopState.HELD, "kind": WorkshopKind.WRITESHOP},
    ],
)
def test_coverage_is_not_reached_by_other_events(fields, country, provinces):
    WorkshopFactory(locality=provinces[0], **fields)
    LocalActionPlanFactory(committee=CommitteeFactory(locality=provinces[1]))
    assert set(how_far(country).values()) == {HowFar.NONE}


def test_coverage_tells_of_a_workshop_at_high_risk_after_two_weeks(guidelines, country, provinces):
    workshop = secret(provinces[0])
    workshop.other_localities.add(provinces[1])
    rolled_out = RolloutFactory(
        guidelines=guidelines, localities=[provinces[2]], on=workshop.ends_on, workshop=workshop
    )
    assert rolled_out.workshop == workshop
    assert set(how_far(country).values()) == {HowFar.NONE}
    later = how_far(country, today=workshop.ends_on + datetime.timedelta(15))
    assert [later[place.name] for place in provinces] == [
        HowFar.WORKSHOP,
        HowFar.WORKSHOP,
        HowFar.GUIDELINES,
        HowFar.NONE,
    ]


def test_coverage_leaves_other_countries_out(country, provinces, elsewhere):
    held(elsewhere)
    assert set(how_far(country).values()) == {HowFar.NONE}


def test_localities_reached_stand_by_how_far_and_name(guidelines, provinces):
    held(provinces[1])
    groups = tables(get(Block.LOCALITIES, guidelines))[0].groups
    assert [(group.title, [row[0] for row in group.rows]) for group in groups] == [
        ("Localization workshop held: 1", ["Ituri"]),
        ("Not reached yet: 3", ["Équateur", "Kasaï", "Sankuru"]),
    ]
