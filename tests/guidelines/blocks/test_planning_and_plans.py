"""The planning calendar, adopted plans and the columns of the plan template."""

import datetime

from frameworks.pillars import Pillar
from guidelines.models import Block
from tests.factories.committees import CommitteeFactory
from tests.factories.guidelines import PlanningStepFactory
from tests.factories.plans import IntegrationFactory, LocalActionPlanFactory
from tests.guidelines.blocks.scene import adopted_plan, charts, get, rows_of, tables, words_of

# Planning calendar


def test_planning_calendar_over_the_end_of_the_year(guidelines, country):
    PlanningStepFactory(
        country=country, from_month=11, to_month=2, step="Draft budget", entry_point="Ask for a line"
    )
    PlanningStepFactory(country=country, from_month=3, to_month=3, step="Budget is voted", led_by="Council")
    rows = rows_of(get(Block.CALENDAR, guidelines))
    assert rows == [
        ("March", "Budget is voted", "Council", "–"),
        ("November – February", "Draft budget", "–", "Ask for a line"),
    ]


def test_planning_calendar_counts_entry_points_of_localities(guidelines, locality, elsewhere):
    for day in (datetime.date(2026, 9, 3), datetime.date(2027, 9, 1), datetime.date(2019, 9, 1)):
        IntegrationFactory(locality=locality, entry_point_on=day)
    IntegrationFactory(locality=elsewhere, entry_point_on=datetime.date(2026, 9, 3))
    chart = charts(get(Block.CALENDAR, guidelines))[0]
    assert [(bar.label, bar.count) for bar in chart.bars] == [("September", 2)]


def test_planning_calendar_names_its_sources_once(guidelines, country):
    for month in (1, 2):
        PlanningStepFactory(
            country=country,
            from_month=month,
            to_month=month,
            source="Budget law",
            as_of=datetime.date(2026, month, 1),
        )
    source = get(Block.CALENDAR, guidelines).source
    assert source.count("Budget law") == 1
    assert "1 February 2026" in source or "Feb. 1, 2026" in source


# Plans


def test_adopted_plans_show_the_act(guidelines, locality, elsewhere):
    adopted_plan(locality, title="Ours")
    adopted_plan(elsewhere, title="Theirs")
    LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), title="A draft")
    rows = rows_of(get(Block.PLANS, guidelines))
    assert len(rows) == 1
    title, place, period, body, act = rows[0]
    assert (title, place, period, body) == ("Ours", "Kasaï-Oriental", "2026–2029", "Municipal council")
    assert act.startswith("12/2026, ")


def test_adopted_plans_count_without_naming_what_is_not_public(guidelines, locality):
    adopted_plan(locality, title="Not for everybody", is_public=False)
    block = get(Block.PLANS, guidelines)
    assert "Not for everybody" not in words_of(block)
    assert "1 more plan is adopted" in words_of(block)


def test_plan_template_has_the_columns_of_the_matrix(guidelines):
    block = get(Block.PLAN_TEMPLATE, guidelines)
    table = tables(block)[0]
    assert table.is_wide
    assert [column.label for column in table.columns][-2:] == [
        "Indicator: from baseline to target",
        "Cost and source",
    ]
    assert [group.title for group in table.groups][1:] == [str(pillar.label) for pillar in Pillar]
    assert set(table.groups[1].rows) == {("",) * 7}
    assert "conflict" in words_of(block)
