"""Each kind of block, with and without data, and what may not be told."""

import datetime

import pytest

from accounts.roles import Role
from frameworks.models import Framework, FrameworkKind
from frameworks.pillars import Pillar
from guidelines.blocks.asked import Asked
from guidelines.blocks.frozen import problems_of
from guidelines.blocks.gather import READERS, gather, gather_all
from guidelines.blocks.localities import Coverage, HowFar
from guidelines.blocks.values import BlockValue, ChartValue, TableValue, TextValue
from guidelines.document import signatories_of
from guidelines.models import Block
from guidelines.signatories import ensure
from localities.models import Country
from people.models import Sex
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeFactory, SeatFactory
from tests.factories.frameworks import ProvisionFactory
from tests.factories.guidelines import (
    FieldTestFactory,
    GuidelinesFactory,
    ImpactStoryFactory,
    PlanningStepFactory,
    RolloutFactory,
    SectionFactory,
    SignatoryFactory,
)
from tests.factories.localities import LocalityFactory
from tests.factories.people import OrganizationFactory, PersonFactory, PositionFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    IntegrationFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
)
from tests.factories.workshops import ParticipationFactory, TallyFactory, WorkshopFactory
from workshops.models.participation import Half
from workshops.states import RiskLevel, WorkshopKind, WorkshopState

TODAY = datetime.date(2026, 11, 20)
LONG_AGO = datetime.date(2025, 3, 4)


def held(place, **fields):
    days = {"starts_on": LONG_AGO, "ends_on": LONG_AGO} | fields
    return WorkshopFactory(locality=place, state=WorkshopState.HELD, **days)


def secret(place, **fields):
    """At high risk, and over since a week: its days may not be known yet."""
    last = TODAY - datetime.timedelta(7)
    return held(place, risk_level=RiskLevel.HIGH, starts_on=last, ends_on=last, **fields)


def adopted_plan(place, **fields):
    values = {
        "state": "adopted",
        "adopting_body": "Municipal council",
        "adopting_act": "12/2026",
        "adopted_on": datetime.date(2026, 5, 4),
    }
    return LocalActionPlanFactory(committee=CommitteeFactory(locality=place), **(values | fields))


def words_of(block):
    """Everything that the block says, as one text."""
    return str(block.to_json())


def tables(block):
    return [part for part in block.parts if isinstance(part, TableValue)]


def rows_of(block):
    return [row for table in tables(block) for group in table.groups for row in group.rows]


def charts(block):
    return [part for part in block.parts if isinstance(part, ChartValue)]


def get(kind, guidelines, today=TODAY):
    return gather(kind, guidelines, today=today)


@pytest.fixture
def provinces(country):
    return [
        LocalityFactory(code=f"CD-{n}", name=n, country=country)
        for n in ("Équateur", "Ituri", "Kasaï", "Sankuru")
    ]


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


# Items of the National Action Plan


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


# Localities reached


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


# Workshops


def came(workshop, *, women=0, men=0, others=0, authorities=0):
    """So many people; `authorities` of the women first are local authorities."""
    for sex, number in ((Sex.WOMAN, women), (Sex.MAN, men), (Sex.UNSTATED, others)):
        if not number:
            continue
        local = min(number, authorities)
        authorities -= local
        if local:
            TallyFactory(workshop=workshop, sex=sex, count=local, counted_as_local_authority=True)
        if number - local:
            TallyFactory(workshop=workshop, sex=sex, count=number - local, counted_as_local_authority=False)


def test_workshops_composition_adds_up_all_workshops(guidelines, locality):
    came(held(locality), women=20, men=10, authorities=18)
    came(held(locality, kind=WorkshopKind.WRITESHOP), women=10, men=10, authorities=12)
    ParticipationFactory(workshop=held(locality), sex=Sex.WOMAN, counted_as_local_authority=True)
    block = get(Block.WORKSHOPS, guidelines)
    assert rows_of(block) == [
        ("Localization workshop", "2"),
        ("Writeshop", "1"),
        ("Woman", "31", "61%"),
        ("Man", "20", "39%"),
    ]
    assert charts(block)[0].caption.startswith("Local authorities: 61% of 51 people")


def test_workshops_composition_counts_who_was_marked_as_there(guidelines, locality):
    """Where attendance was noted, who was only registered did not come."""
    workshop = held(locality)
    came(workshop, women=20, men=20, authorities=20)
    there = ParticipationFactory(workshop=workshop, sex=Sex.WOMAN)
    ParticipationFactory(workshop=workshop, sex=Sex.WOMAN)
    there.attendances.create(day=workshop.starts_on, half=Half.MORNING)
    there.attendances.create(day=workshop.starts_on, half=Half.AFTERNOON)
    rows = rows_of(get(Block.WORKSHOPS, guidelines))
    assert ("Woman", "21", "51%") in rows


def test_contributors_and_paper_name_no_institution_that_is_to_be_named(guidelines, country):
    ensure(country)
    assert "to be named" not in str(get(Block.CONTRIBUTORS, guidelines))
    assert "to be named" not in str(signatories_of(country))


@pytest.mark.parametrize(
    ("people", "secrets"),
    [
        ({"women": 37, "men": 3, "authorities": 20}, ["'3'", "'37'", "93%"]),
        ({"women": 20, "men": 20, "authorities": 38}, ["38", "(95%)"]),
        ({"women": 2, "men": 1}, ["'2'", "'1', '", "3 people"]),
    ],
)
def test_workshops_composition_hides_small_numbers_and_what_gives_them_away(
    people, secrets, guidelines, locality
):
    came(held(locality), **people)
    block = get(Block.WORKSHOPS, guidelines)
    for told in secrets:
        assert told not in words_of(block)
    assert "ewer than 5" in words_of(block) or "not shown" in words_of(block)


def test_workshops_composition_keeps_to_the_threshold_of_the_country(guidelines, country, locality):
    came(held(locality), women=9, men=30, authorities=20)
    assert ("Woman", "9", "23%") in rows_of(get(Block.WORKSHOPS, guidelines))
    Country.objects.filter(pk=country.pk).update(small_cell_threshold=10)
    guidelines.country.refresh_from_db()
    assert "'9'" not in words_of(get(Block.WORKSHOPS, guidelines))


def test_workshops_composition_knows_nothing_of_a_secret_workshop(guidelines, locality):
    came(secret(locality, kind=WorkshopKind.CONFERENCE), women=40, men=40, authorities=40)
    block = get(Block.WORKSHOPS, guidelines)
    assert block.parts == ()
    assert block.empty
    later = get(Block.WORKSHOPS, guidelines, today=TODAY + datetime.timedelta(15))
    assert "Conference" in words_of(later)


# Stories


def story(place, **fields):
    values = {
        "state": "published",
        "consent_on": LONG_AGO,
        "consent_note": "The women's group, in a meeting",
        "evidence": "documented",
        "evidence_note": "Minutes of the council",
    }
    return ImpactStoryFactory(locality=place, **(values | fields))


def test_good_practices_tell_published_stories_newest_first(guidelines, locality, elsewhere):
    story(locality, title="Old one", period_start=datetime.date(2020, 1, 1))
    story(locality, title="New one", before="All men", lesson="Ask the elders first")
    story(locality, title="Not yet told", state="draft")
    story(locality, title="Taken back", state="withdrawn")
    story(elsewhere, title="Of another country")
    block = get(Block.PRACTICES, guidelines)
    texts = [part for part in block.parts if isinstance(part, TextValue)]
    assert [part.title for part in texts if part.title] == ["New one", "Old one"]
    assert "Ask the elders first" in words_of(block)
    assert "Written down in a record or report" in words_of(block)
    assert "women's group" not in words_of(block)  # who agreed is for the file, not for print


def test_good_practices_are_silent_on_a_place_with_a_secret_workshop(guidelines, locality):
    town = LocalityFactory(parent=locality, code="CD-TOWN", name="Town")
    secret(locality)
    story(town, title="Too early")
    story(town, title="Looked at", safety_reason="The story is in the newspaper already")
    block = get(Block.PRACTICES, guidelines)
    assert "Too early" not in words_of(block)
    assert "Looked at" in words_of(block)
    assert "Too early" in words_of(get(Block.PRACTICES, guidelines, TODAY + datetime.timedelta(15)))


# Resolutions, contributors


def test_resolutions_stand_in_the_order_of_their_adoption(guidelines):
    for number, year in (("1820", 2008), ("1325", 2000)):
        Framework.objects.create(
            code=f"R{number}",
            number=number,
            kind=FrameworkKind.WPS_RESOLUTION,
            title=number,
            adopted_on=datetime.date(year, 1, 1),
        )
    assert [row[0] for row in rows_of(get(Block.RESOLUTIONS, guidelines))] == ["1325", "1820"]


def test_contributors_are_institutions_by_kind(guidelines, country, locality, elsewhere):
    committee = CommitteeFactory(locality=locality, name="Committee of the province")
    SeatFactory(
        committee=committee,
        position=None,
        organization=OrganizationFactory(country=country, name="Women of Peace", kind="womens_rights"),
    )
    police = OrganizationFactory(country=country, name="Provincial police", kind="police")
    SeatFactory(committee=committee, position=PositionFactory(organization=police, locality=locality))
    FieldTestFactory(guidelines=guidelines, locality=locality)
    SignatoryFactory(country=country, institution="Ministry of Gender")
    SignatoryFactory(country=elsewhere.country, institution="Another ministry")
    groups = {g.title: g.rows for g in tables(get(Block.CONTRIBUTORS, guidelines))[0].groups}
    assert groups["Ministries that sign"] == (("Ministry of Gender", str(country)),)
    assert groups["Police"] == (("Provincial police", "Kasaï-Oriental"),)
    assert groups["Women's rights organisation"] == (("Women of Peace", "Kasaï-Oriental"),)
    assert groups["Committees"] == (("Committee of the province", "Kasaï-Oriental"),)
    assert groups["Localities in which it was tried"][0][0] == "Kasaï-Oriental"


def test_contributors_never_come_from_the_list_of_a_workshop(guidelines, country, locality):
    seen = OrganizationFactory(country=country, name="Known from the desk only")
    ParticipationFactory(workshop=held(locality), organization=seen)
    assert "Known from the desk" not in words_of(get(Block.CONTRIBUTORS, guidelines))


def test_contributors_are_silent_on_a_place_with_a_secret_workshop(guidelines, country, locality):
    seat = SeatFactory(committee=CommitteeFactory(locality=locality, name="Secret committee"))
    secret(locality)
    block = get(Block.CONTRIBUTORS, guidelines)
    assert seat.committee.name not in words_of(block)
    assert seat.committee.name in words_of(
        get(Block.CONTRIBUTORS, guidelines, TODAY + datetime.timedelta(15))
    )


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
