import datetime

import pytest

from guidelines.reach import ReachKind, unit_path
from guidelines.reports.country_reach import reach_of, reach_of_each
from tests.factories.guidelines import RolloutFactory
from tests.factories.localities import CountryFactory, LocalityFactory
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.workshops import WorkshopFactory

TODAY = datetime.date(2026, 9, 1)


@pytest.fixture
def region(country):
    return LocalityFactory(code="CD-E", name="Eastern Region", country=country, kind="Region")


@pytest.fixture
def council(region):
    return LocalityFactory(code="CD-E-1", name="Kenema City", parent=region, country=region.country)


def reach(country, level=2, today=TODAY):
    return reach_of(country, level=level, today=today)


def kinds(found):
    return {place.name: place.kind for place in found.localities}


@pytest.mark.django_db
def test_reach_of_counts_each_locality_once_by_the_furthest(country, region, council):
    """F32: a workshop, a roll-out and copies in the same council are one council reached."""
    other = LocalityFactory(code="CD-E-2", name="Bo District", parent=region, country=country)
    third = LocalityFactory(code="CD-E-3", name="Kono", parent=region, country=country)
    WorkshopFactory(locality=council, state="held")
    RolloutFactory(
        guidelines__country=country,
        kind="workshop",
        on=datetime.date(2026, 4, 14),
        localities=[council, other],
    )
    RolloutFactory(guidelines__country=country, on=datetime.date(2026, 5, 1), localities=[council, other])
    found = reach(country)
    assert kinds(found) == {
        "Bo District": ReachKind.GUIDELINES,
        "Kenema City": ReachKind.WORKSHOP,
        "Kono": ReachKind.NONE,
    }
    assert list(found.counts.values()) == [0, 1, 1, 0, 1]
    assert (found.reached, found.total, found.percent, found.is_whole) == (2, 3, 67, False)
    assert (found.by_guidelines, found.guidelines_percent) == (2, 67)
    assert found.not_reached[0].code == third.code
    city = next(place for place in found.localities if place.name == "Kenema City")
    assert city.since == datetime.date(2026, 3, 3)
    assert city.guidelines_since == datetime.date(2026, 4, 14)
    assert [day for _label, day in city.also] == [datetime.date(2026, 4, 14), datetime.date(2026, 5, 1)]
    assert found.regions == [("CD-E", "Eastern Region")]


@pytest.mark.django_db
def test_reach_of_takes_what_happens_below_and_not_what_happens_above(country, region, council):
    ward = LocalityFactory(code="CD-E-1-W", name="Ward", parent=council, country=country)
    WorkshopFactory(locality=ward, state="held")
    other = LocalityFactory(code="CD-E-2", name="Bo District", parent=region, country=country)
    WorkshopFactory(locality=region, state="held")
    assert kinds(reach(country)) == {"Bo District": ReachKind.NONE, "Kenema City": ReachKind.WORKSHOP}
    assert kinds(reach(country, level=1)) == {"Eastern Region": ReachKind.WORKSHOP}
    assert other.depth == 2


@pytest.mark.django_db
def test_reach_of_counts_a_workshop_for_its_other_localities(country, region, council):
    other = LocalityFactory(code="CD-E-2", name="Bo District", parent=region, country=country)
    WorkshopFactory(locality=council, state="reported").other_localities.add(other)
    assert reach(country).is_whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"state": "planned"}, {"state": "cancelled"}, {"state": "held", "kind": "writeshop"}]
)
def test_reach_of_counts_localization_workshops_that_took_place(country, council, values):
    WorkshopFactory(locality=council, **values)
    assert reach(country).reached == 0


@pytest.mark.django_db
def test_reach_of_says_nothing_of_a_workshop_at_high_risk_until_its_days_may_be_known(country, council):
    """§2.7: two weeks after the last day (3 March), and the same for a roll-out made of such a workshop."""
    risky = WorkshopFactory(locality=council, state="held", risk_level="high")
    RolloutFactory(
        guidelines__country=country, workshop=risky, on=risky.ends_on, kind="workshop", localities=[council]
    )
    hidden, told = datetime.date(2026, 3, 17), datetime.date(2026, 3, 18)
    assert reach(country, today=hidden).reached == 0
    assert kinds(reach(country, today=told)) == {"Kenema City": ReachKind.WORKSHOP}


@pytest.mark.django_db
def test_reach_of_counts_an_adopted_plan_as_the_furthest(country, council):
    WorkshopFactory(locality=council, state="held")
    plan = LocalActionPlanFactory(
        committee__locality=council,
        state="adopted",
        adopted_on=TODAY,
        adopting_body="Council",
        adopting_act="4",
    )
    assert plan.locality == council
    assert kinds(reach(country)) == {"Kenema City": ReachKind.PLAN}


@pytest.mark.django_db
def test_reach_of_stands_for_itself_where_the_tree_ends_higher_up(country, region, council):
    LocalityFactory(code="CD-CAP", name="Capital", country=country)
    assert [place.name for place in reach(country).localities] == ["Capital", "Kenema City"]


@pytest.mark.django_db
def test_reach_of_each_country_is_asked_in_four_queries(country, council, django_assert_num_queries):
    wanted = [(country, 1), (country, 2)]
    for number in range(5):
        other = CountryFactory(code=f"X{number}", name=f"Land {number}")
        place = LocalityFactory(code=f"X{number}-1", country=other)
        RolloutFactory(guidelines__country=other, localities=[place])
        wanted.append((other, 1))
    with django_assert_num_queries(4):
        found = reach_of_each(wanted, today=TODAY)
    assert found[country.pk, 2].reached == 0
    assert all(found[other.pk, level].is_whole for other, level in wanted[2:])


@pytest.mark.django_db
def test_reach_of_country_without_localities_is_no_error(country):
    found = reach(country)
    assert (found.total, found.percent, found.is_whole) == (0, 0, False)


def test_unit_path_is_the_locality_itself_or_that_in_which_it_lies():
    assert unit_path("000100020003", {"00010002"}) == "00010002"
    assert unit_path("00010002", {"00010002"}) == "00010002"
    assert unit_path("0001", {"00010002"}) is None
