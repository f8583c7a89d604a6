"""The composition of workshops, and the numbers that stay hidden."""

import datetime

import pytest

from guidelines.models import Block
from localities.models import Country
from people.models import Sex
from tests.factories.workshops import ParticipationFactory
from tests.guidelines.blocks.scene import TODAY, came, charts, get, held, rows_of, secret, words_of
from workshops.models.participation import Half
from workshops.states import WorkshopKind


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
