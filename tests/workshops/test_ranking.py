"""Places by votes: equal votes share a place."""

from hypothesis import given
from hypothesis import strategies as st

from workshops.ranking import ranked


def test_ranked_shares_places():
    assert ranked({"a": 3, "b": 9, "c": 3, "d": 0, "e": 1}) == [
        (1, "b", 9),
        (2, "a", 3),
        (2, "c", 3),
        (4, "e", 1),
    ]


def test_ranked_of_nothing():
    assert ranked({}) == []
    assert ranked({"a": 0}) == []


@given(st.dictionaries(st.integers(), st.integers(0, 50)))
def test_ranked_place_is_one_more_than_those_with_more_votes(votes):
    for place, item, number in ranked(votes):
        assert number == votes[item] > 0
        assert place == 1 + sum(other > number for other in votes.values())
