import pytest
from django.core.exceptions import FieldError
from django.db import connection

from people.models import Organization, Person, Position
from tests.factories.committees import SeatFactory
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory


def raw(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return str(cursor.fetchall())


def test_person_at_rest_holds_no_name_in_clear(db):
    PersonFactory(full_name="Marie-Léonie Kabongo", phone="+243 81 234 5678", email="leonie@test.example")
    everything = raw("people_person") + raw("people_nametoken")
    for secret in ("Kabongo", "kabongo", "onie", "234", "test.example"):
        assert secret not in everything
    person = Person.objects.get()
    assert (person.full_name, person.phone) == ("Marie-Léonie Kabongo", "+243 81 234 5678")


@pytest.mark.parametrize(
    "text", ["kabongo", "LEONIE", "Kabongo Marie", "Mme Léonie", "marie-leonie kabongo", "Hon. Kabongo"]
)
def test_with_name_parts_finds_any_part_order_accent_and_title(text, db):
    person = PersonFactory(full_name="Marie-Léonie Kabongo")
    PersonFactory(full_name="Awa Ilunga")
    assert list(Person.objects.with_name_parts(text)) == [person]


@pytest.mark.parametrize("text", ["", "kabong", "Kabongo Awa", "  ", "12"])
def test_with_name_parts_finds_nobody(text, db):
    PersonFactory(full_name="Marie-Léonie Kabongo")
    assert not Person.objects.with_name_parts(text).exists()


def test_save_with_index_again_rebuilds_the_index(db):
    person = PersonFactory(full_name="Marie Kabongo")
    person.full_name = "Marie Mutombo"
    person.save_with_index()
    assert not Person.objects.with_name_parts("kabongo").exists()
    assert Person.objects.with_name_parts("mutombo").get() == person


def test_full_name_cannot_be_looked_up(db):
    with pytest.raises(FieldError, match="encrypted"):
        Person.objects.filter(full_name="x").exists()


def test_visible_to_only_who_runs_the_workshop(workshop, facilitator, coordinator, oversight, outsider):
    person = ParticipationFactory(workshop=workshop).person
    assert list(Person.objects.visible_to(facilitator)) == [person]
    for user in (coordinator, oversight, outsider):
        assert not Person.objects.visible_to(user).exists()


def test_visible_to_ends_with_the_role(workshop, facilitator):
    ParticipationFactory(workshop=workshop)
    facilitator.assignments.all().delete()
    assert not Person.objects.visible_to(type(facilitator).objects.get(pk=facilitator.pk)).exists()


def test_named_organization_is_made_once_with_one_statement(country, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = Organization.named("Women's  Market", country=country)
    assert Organization.named("women's market", country=country).pk == first.pk
    assert Organization.objects.get().name == "Women's  Market"


def test_titled_position_is_made_once_with_and_without_organization(locality):
    organization = Organization.named("Commune", country=locality.country)
    first = Position.titled("Mayor", locality=locality, organization=organization)
    assert Position.titled("MAYOR ", locality=locality, organization=organization).pk == first.pk
    alone = Position.titled("Mayor", locality=locality)
    assert Position.titled("mayor", locality=locality).pk == alone.pk
    assert Position.objects.count() == 2


def test_named_organization_with_letters_that_grow(country):
    """A key is cut to its column: "ß" becomes two letters when case is folded."""
    assert Organization.named("ß" * 200, country=country).pk


def test_position_visible_to_hides_what_a_registration_knows(workshop, facilitator, coordinator, outsider):
    position = PositionFactory(locality=workshop.locality, title="Representative of displaced families")
    ParticipationFactory(workshop=workshop, position=position)
    assert position in Position.objects.visible_to(facilitator)
    assert position not in Position.objects.visible_to(coordinator)
    assert position not in Position.objects.visible_to(outsider)


def test_position_visible_to_shows_a_seat_to_everybody(committee, coordinator, outsider):
    position = SeatFactory(committee=committee).position
    assert position in Position.objects.visible_to(coordinator)
    assert position in Position.objects.visible_to(outsider)


def test_position_visible_to_ends_with_the_role(workshop, facilitator):
    position = PositionFactory(locality=workshop.locality)
    ParticipationFactory(workshop=workshop, position=position)
    facilitator.assignments.all().delete()
    assert position not in Position.objects.visible_to(facilitator)
