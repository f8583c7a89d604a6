import pytest
from django.core.management import call_command
from django.utils import translation

from localities.categories import ActorCategory
from localities.models import Country, Locality
from tests.factories.localities import CountryFactory, LocalityFactory

pytestmark = pytest.mark.django_db


def test_named_like_finds_every_language_without_accents(country):
    place = LocalityFactory(name="Kasaï-Oriental", names={"sw": "Kasai ya Mashariki"})
    LocalityFactory(name="Kinshasa")
    for asked in ("kasai", "KASAÏ ORIENTAL", "oriental kasai", "mashariki"):
        assert list(Locality.objects.named_like(asked)) == [place]


@pytest.mark.parametrize("asked", ["", "   ", "-", "kasai atlantis"])
def test_named_like_finds_nothing_for_nothing(asked):
    LocalityFactory(name="Kasaï-Oriental")
    assert not Locality.objects.named_like(asked).exists()


def test_named_like_follows_a_change_of_name():
    place = LocalityFactory(name="Old name")
    place.name = "New name"
    place.save()
    assert not Locality.objects.named_like("old").exists()
    assert Locality.objects.named_like("new").exists()


def test_within_and_first_level():
    province = LocalityFactory()
    city = LocalityFactory(parent=province)
    other = LocalityFactory()
    assert list(Locality.objects.within(province)) == [province, city]
    assert list(Locality.objects.first_level()) == [province, other]


def test_name_is_the_readers():
    country = CountryFactory(names={"fr": "République démocratique du Congo"})
    with translation.override("fr"):
        assert str(country) == "République démocratique du Congo"
    assert str(country) == "Democratic Republic of the Congo"


def test_counts_as_local_authority_follows_the_country():
    usual = CountryFactory()
    other = CountryFactory(
        code="XX", local_authority_overrides={"religious_leader": True, "traditional_leader": False}
    )
    assert usual.counts_as_local_authority(ActorCategory.TRADITIONAL_LEADER)
    assert not usual.counts_as_local_authority(ActorCategory.RELIGIOUS_LEADER)
    assert not other.counts_as_local_authority(ActorCategory.TRADITIONAL_LEADER)
    assert ActorCategory.RELIGIOUS_LEADER in other.local_authority_categories()


def test_load_localities_twice_changes_nothing(capsys):
    call_command("load_localities")
    before = list(Locality.objects.values())
    call_command("load_localities")
    assert list(Locality.objects.values()) == before
    assert Country.objects.filter(in_strategy=True).count() == 13
    assert Locality.objects.named_like("ilijas").exists()
