import datetime

import pytest

from frameworks.models import Framework, FrameworkKind
from frameworks.pillars import Pillar
from guidelines.reports.facts import AdoptedPlan, CountryFacts, Coverage, NapItems, Reach, Resolution
from plans.states import PlanState
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import ProvisionFactory
from tests.factories.localities import LocalityFactory
from tests.factories.plans import AlignmentFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.workshops import WorkshopFactory
from workshops.states import WorkshopKind, WorkshopState


def adopted_plan(locality, **fields):
    return LocalActionPlanFactory(
        committee=CommitteeFactory(locality=locality),
        state=PlanState.ADOPTED,
        adopting_body="Municipal council",
        adopting_act="12/2026",
        adopted_on=datetime.date(2026, 5, 4),
        **fields,
    )


@pytest.fixture
def provinces(country):
    return [
        LocalityFactory(code=f"CD-{n}", name=n, country=country)
        for n in ("Équateur", "Ituri", "Kasaï", "Sankuru")
    ]


def reach_of(coverage):
    return {locality.name: locality.reach for locality in coverage.localities}


def test_coverage_reaches_a_province_by_what_happened_below_it(country, provinces):
    town = LocalityFactory(parent=provinces[1], code="CD-TOWN", name="Town")
    WorkshopFactory(locality=town, state=WorkshopState.HELD)
    coverage = Coverage.from_country(country)
    assert reach_of(coverage)["Ituri"] == Reach.WORKSHOP
    assert (coverage.reached, coverage.total, coverage.percent) == (1, 4, 25)


def test_coverage_counts_a_locality_once_by_the_furthest(country, provinces):
    town = LocalityFactory(parent=provinces[1], code="CD-TOWN", name="Town")
    WorkshopFactory.create_batch(3, locality=provinces[1], state=WorkshopState.HELD)
    adopted_plan(town)
    coverage = Coverage.from_country(country)
    assert reach_of(coverage)["Ituri"] == Reach.PLAN
    assert coverage.reached == 1
    assert [share.count for share in coverage.shares] == [1, 3]


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
    assert Coverage.from_country(country).reached == 0


def test_coverage_leaves_other_countries_out(country, provinces, elsewhere):
    WorkshopFactory(locality=elsewhere, state=WorkshopState.HELD)
    assert Coverage.from_country(country).reached == 0
    assert Coverage.from_country(elsewhere.country).percent == 100


def test_coverage_lists_names_in_order_whatever_their_accents(country, provinces):
    names = [locality.name for locality in Coverage.from_country(country).localities]
    assert names == ["Équateur", "Ituri", "Kasaï", "Sankuru"]


def test_coverage_of_a_country_without_localities(country):
    coverage = Coverage.from_country(country)
    assert (coverage.total, coverage.percent, coverage.shares) == (0, 0, [])


def test_nap_items_stand_once_under_their_first_pillar(nap):
    pillar = ProvisionFactory(framework=nap, code="2", kind="axis", pillars=[Pillar.PREVENTION], order=50)
    ProvisionFactory(
        framework=nap, parent=pillar, code="2.1", order=51, pillars=[Pillar.PREVENTION, Pillar.PROTECTION]
    )
    items = NapItems.from_nap(nap)
    assert [(p.label, [i.number for i in p.items]) for p in items.pillars] == [
        ("Participation", ["1.1"]),
        ("Prevention", ["2.1"]),
    ]
    assert items.pillars[1].items[0].also == ("Protection",)
    assert items.total == 2


def test_nap_items_count_each_adopted_plan_once(nap, locality):
    provision = nap.provisions.get()
    plan = adopted_plan(locality)
    for objective in ObjectiveFactory.create_batch(2, plan=plan):
        AlignmentFactory(objective=objective, provision=provision)
    drafted = LocalActionPlanFactory(committee=CommitteeFactory(locality=locality))
    AlignmentFactory(objective=ObjectiveFactory(plan=drafted), provision=provision)
    assert NapItems.from_nap(nap).pillars[0].items[0].plans == 1


def test_nap_items_without_a_nap():
    assert NapItems.from_nap(None).total == 0


def test_adopted_plan_from_country_shows_the_act(country, locality, elsewhere):
    adopted_plan(locality, title="Ours")
    adopted_plan(elsewhere, title="Theirs")
    LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), title="Draft")
    plan = AdoptedPlan.from_country(country)[0]
    assert (plan.title, plan.locality, plan.body, plan.act) == (
        "Ours",
        "Kasaï-Oriental",
        "Municipal council",
        "12/2026",
    )
    assert len(AdoptedPlan.from_country(country)) == 1


def test_resolutions_stand_in_the_order_of_their_adoption(db):
    for number, year in (("1820", 2008), ("1325", 2000)):
        Framework.objects.create(
            code=f"R{number}",
            number=number,
            kind=FrameworkKind.WPS_RESOLUTION,
            title=number,
            adopted_on=datetime.date(year, 1, 1),
        )
    assert [resolution.number for resolution in Resolution.in_order()] == ["1325", "1820"]


@pytest.mark.parametrize("plans", [1, 5])
def test_country_facts_ask_the_same_for_one_plan_and_five(plans, country, nap, django_assert_num_queries):
    for n in range(plans):
        place = LocalityFactory(country=country, code=f"CD-Q{n}")
        adopted_plan(place)
        WorkshopFactory(locality=place, state=WorkshopState.HELD)
    with django_assert_num_queries(7):
        CountryFacts.from_country(country, nap=nap)
