"""Items of the National Action Plan, with activities of adopted plans."""

import datetime

import pytest

from frameworks.pillars import Pillar
from guidelines.models import Block
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import ProvisionFactory
from tests.factories.plans import ActivityFactory, AlignmentFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.guidelines.blocks.scene import adopted_plan, get, rows_of, tables, words_of


def test_nap_items_stand_once_under_their_first_pillar(guidelines, nap):
    both = [Pillar.PREVENTION, Pillar.PROTECTION]
    ProvisionFactory(framework=nap, code="2.1", text="Guard the road", order=51, pillars=both)
    table = tables(get(Block.NAP_ITEMS, guidelines))[0]
    assert [(group.title, [row[0] for row in group.rows]) for group in table.groups] == [
        ("Participation", ["1.1"]),
        ("Prevention", ["2.1"]),
    ]
    assert table.groups[1].rows[0][1] == "Guard the road\nServes also: Protection"


def test_nap_items_count_each_adopted_plan_once(guidelines, nap, locality):
    item = nap.provisions.get()
    for objective in ObjectiveFactory.create_batch(2, plan=adopted_plan(locality)):
        AlignmentFactory(objective=objective, provision=item)
    draft = LocalActionPlanFactory(committee=CommitteeFactory(locality=locality))
    AlignmentFactory(objective=ObjectiveFactory(plan=draft), provision=item)
    assert rows_of(get(Block.NAP_ITEMS, guidelines))[0][-1] == "1"


def test_nap_items_show_activities_of_the_newest_plan_first(guidelines, nap, locality, provinces):
    item = nap.provisions.get()
    for place, year in ((locality, 2024), (provinces[0], 2026)):
        plan = adopted_plan(place, adopted_on=datetime.date(year, 5, 4))
        objective = ObjectiveFactory(plan=plan)
        AlignmentFactory(objective=objective, provision=item)
        ActivityFactory(objective=objective, text=f"Lamps at the market {year}")
    direct = ActivityFactory(
        objective=ObjectiveFactory(plan=adopted_plan(provinces[1], adopted_on=datetime.date(2023, 5, 4))),
        text="Names the item itself",
    )
    AlignmentFactory(objective=None, activity=direct, provision=item)
    assert rows_of(get(Block.NAP_ITEMS, guidelines))[0][2].split("\n") == [
        "Names the item itself (Ituri)",
        "Lamps at the market 2026 (Équateur)",
        "Lamps at the market 2024 (Kasaï-Oriental)",
    ]


@pytest.mark.parametrize(
    ("plan_fields", "activity_fields", "state"),
    [
        ({"is_public": False}, {}, "stated"),
        ({"is_amending": True}, {}, "stated"),
        ({}, {"state": "dropped", "state_reason": "funds"}, "stated"),
        ({}, {}, "doubted"),
    ],
)
def test_nap_items_show_no_activity_that_the_public_may_not_read(
    plan_fields, activity_fields, state, guidelines, nap, locality
):
    objective = ObjectiveFactory(plan=adopted_plan(locality, **plan_fields))
    AlignmentFactory(objective=objective, provision=nap.provisions.get(), state=state)
    ActivityFactory(objective=objective, text="Not to be told", **activity_fields)
    block = get(Block.NAP_ITEMS, guidelines)
    assert "Not to be told" not in words_of(block)
    assert rows_of(block)[0][-1] == "1"


def test_nap_items_in_the_language_of_the_document(guidelines, nap, settings):
    nap.provisions.update(texts={"fr": "Deux sièges pour les femmes"})
    from django.utils import translation

    with translation.override("fr"):
        block = get(Block.NAP_ITEMS, guidelines)
    assert rows_of(block)[0][1] == "Deux sièges pour les femmes"


def test_nap_items_are_wide_when_they_are_many(guidelines, nap):
    assert not tables(get(Block.NAP_ITEMS, guidelines))[0].is_wide
    for n in range(30):
        ProvisionFactory(framework=nap, code=f"7.{n}", order=100 + n)
    assert tables(get(Block.NAP_ITEMS, guidelines))[0].is_wide


def test_nap_items_say_which_numbers_are_not_of_the_source(guidelines, nap):
    nap.provisions.update(own_number=True)
    block = get(Block.NAP_ITEMS, guidelines)
    assert rows_of(block)[0][0] == "1.1*"
    assert "numbered in the portal" in words_of(block)
