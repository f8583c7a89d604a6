from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.composition import Composition, Side


@dataclass
class Place:
    side: str
    voting: bool = True


@pytest.mark.parametrize(
    ("government", "civil_society", "balanced", "words"),
    [
        (0, 0, False, "no voting seat yet"),
        (4, 4, True, "balanced"),
        (5, 4, True, "balanced (odd number)"),
        (4, 5, True, "balanced (odd number)"),
        (6, 6, True, "balanced"),
        (5, 3, False, "not balanced: 1 more civil society seat would do"),
        (7, 5, False, "not balanced: 1 more civil society seat would do"),
        (1, 6, False, "not balanced: 4 more government seats would do"),
        (3, 0, False, "not balanced: 2 more civil society seats would do"),
    ],
)
def test_composition_is_balanced_by_br5(government, civil_society, balanced, words):
    composition = Composition(government, civil_society)
    assert composition.is_balanced is balanced
    assert composition.sentence == f"{government} government, {civil_society} civil society: {words}"


@given(st.integers(0, 40), st.integers(0, 40))
def test_composition_missing_seats_balance_it(government, civil_society):
    composition = Composition(government, civil_society)
    more = composition.missing
    if government < civil_society:
        completed = Composition(government + more, civil_society)
    else:
        completed = Composition(government, civil_society + more)
    assert completed.is_balanced or government + civil_society == 0


def test_from_seats_counts_voting_seats_only():
    seats = [
        Place(Side.GOVERNMENT),
        Place(Side.CIVIL_SOCIETY),
        Place(Side.OTHER),
        Place(Side.CIVIL_SOCIETY, voting=False),
    ]
    composition = Composition.from_seats(seats)
    assert composition == Composition(1, 1, 1)
    assert composition.counted == "1 government, 1 civil society, 1 other"
    assert composition.government_share == 50


def test_government_share_of_nobody_is_nothing():
    assert Composition(0, 0).government_share == 0
