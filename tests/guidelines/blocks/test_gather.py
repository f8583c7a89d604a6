"""Every kind of block: with and without data, odd data, and what none of them tells."""

import pytest

from accounts.roles import Role
from guidelines.blocks.asked import Asked
from guidelines.blocks.frozen import problems_of
from guidelines.blocks.gather import READERS, gather_all
from guidelines.blocks.values import BlockValue
from guidelines.models import Block
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeFactory, SeatFactory
from tests.factories.frameworks import ProvisionFactory
from tests.factories.guidelines import (
    FieldTestFactory,
    GuidelinesFactory,
    PlanningStepFactory,
    SectionFactory,
)
from tests.factories.localities import LocalityFactory
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.plans import ActivityFactory, AlignmentFactory, IntegrationFactory, ObjectiveFactory
from tests.factories.workshops import ParticipationFactory
from tests.guidelines.blocks.scene import TODAY, adopted_plan, came, get, held, story, words_of

# All of them


def test_gather_has_a_reader_for_each_kind():
    assert set(READERS) == set(Block.values)


@pytest.mark.parametrize("kind", Block.values)
def test_gather_of_each_kind_without_any_data(kind, db):
    guidelines = GuidelinesFactory(country__level_names=[])
    block = get(kind, guidelines)
    assert block.problem == ""
    assert block.title
    assert block.source
    assert block.as_of == TODAY
    if kind != Block.PLAN_TEMPLATE:
        assert block.parts == ()
        assert block.empty
    assert BlockValue.from_json(block.to_json()) == block


def test_gather_of_an_unknown_kind_is_a_problem(guidelines):
    block = get("no_such_thing", guidelines)
    assert "no_such_thing" in block.problem
    assert block.parts == ()


def test_gather_of_odd_data_is_a_problem_and_no_error(guidelines, nap, caplog):
    ProvisionFactory(framework=nap, code="9.9", pillars=["no pillar"])
    block = get(Block.NAP_ITEMS, guidelines)
    assert block.problem
    assert guidelines.code in caplog.text
    assert get(Block.PLANS, guidelines).problem == ""


def test_gather_where_the_nap_is_gone(guidelines):
    guidelines.nap_id = 999_999
    guidelines._state.fields_cache.pop("nap", None)
    assert get(Block.NAP_ITEMS, guidelines).problem


def test_problems_of_names_the_section(guidelines, section):
    broken = SectionFactory(guidelines=guidelines, body="Text\n\n{{coverage_chrat}}\n\n{{resolutions}}")
    found = problems_of(guidelines, TODAY)
    assert [(row.pk, block.kind) for row, block in found] == [(broken.pk, "coverage_chrat")]


def test_gather_all_reads_what_two_blocks_share_once(guidelines, provinces, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = gather_all([Block.COVERAGE, Block.LOCALITIES], guidelines, today=TODAY)
    assert set(found) == {Block.COVERAGE, Block.LOCALITIES}


# Nobody


def test_blocks_never_name_a_person(guidelines, country, locality):
    facilitator = UserFactory(display_name="Fatou Neverprinted")
    workshop = held(locality, facilitators=[facilitator])
    person = PersonFactory(country=country, full_name="Zawadi Verysecret", phone="0999123456")
    position = PositionFactory(locality=locality)
    ParticipationFactory(workshop=workshop, person=person, position=position)
    SeatFactory(committee=CommitteeFactory(locality=locality), position=position)
    adopted_plan(locality)
    story(locality, updated_by=facilitator)
    told = " ".join(words_of(get(kind, guidelines)) for kind in Block.values)
    for hidden in ("Zawadi", "Verysecret", "0999123456", person.code, "Neverprinted", Role.FACILITATOR):
        assert hidden not in told


@pytest.mark.parametrize("rows", [1, 5])
def test_gather_all_asks_the_same_for_one_and_five(rows, guidelines, nap, country, django_assert_num_queries):
    for n in range(rows):
        place = LocalityFactory(country=country, code=f"CD-Q{n}")
        plan = adopted_plan(place)
        objective = ObjectiveFactory(plan=plan)
        AlignmentFactory(objective=objective, provision=nap.provisions.get())
        ActivityFactory.create_batch(rows, objective=objective)
        came(held(place), women=20, men=20, authorities=20)
        story(place)
        PlanningStepFactory(country=country)
        IntegrationFactory(locality=place, entry_point_on=TODAY)
        FieldTestFactory(guidelines=guidelines, locality=place)
        SeatFactory(committee=CommitteeFactory(locality=place))
    asked = Asked(guidelines, TODAY)
    with django_assert_num_queries(19):
        found = gather_all(Block.values, asked.guidelines, today=TODAY)
    assert not [block.problem for block in found.values() if block.problem]
