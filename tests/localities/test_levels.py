import pytest

from localities.levels import level_choices, level_name, units_at, usual_level
from tests.factories.localities import CountryFactory, LocalityFactory


@pytest.fixture
def provinces(country):
    return [LocalityFactory(code=f"CD-P{n}", name=f"Province {n}", country=country) for n in range(2)]


@pytest.mark.django_db
def test_usual_level_is_the_deepest_that_every_first_level_locality_has(country, provinces):
    assert usual_level(country) == 1
    LocalityFactory(code="CD-P0-A", parent=provinces[0])
    assert usual_level(country) == 1
    LocalityFactory(code="CD-P1-A", parent=provinces[1])
    assert usual_level(country) == 2


@pytest.mark.django_db
def test_usual_level_of_a_country_without_localities_is_the_first(country):
    assert usual_level(country) == 1
    assert level_choices(country) == [(1, "Province")]


@pytest.mark.django_db
def test_units_at_keeps_the_region_and_takes_a_leaf_for_itself(country, provinces):
    LocalityFactory(code="CD-P0-A", name="City", parent=provinces[0], kind="City")
    found = [(unit.name, unit.region, unit.region_code) for unit in units_at(country, 2)]
    assert found == [("City", "Province 0", "CD-P0"), ("Province 1", "", "")]
    assert [unit.name for unit in units_at(country, 1)] == ["Province 0", "Province 1"]


@pytest.mark.django_db
def test_level_name_falls_back_to_its_number(country):
    assert level_name(country, 2) == "Territory or city"
    assert level_name(country, 3) == "Level 3"
    assert level_name(CountryFactory(code="XX", level_names=[]), 1) == "Level 1"
