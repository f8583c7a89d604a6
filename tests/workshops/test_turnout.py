from hypothesis import given
from hypothesis import strategies as st

from workshops.turnout import Turnout


def test_sentence_below_target():
    assert Turnout(4, 10).sentence == "4 of 10 are local authorities; 5 more would bring it to 60%."


def test_is_met_at_exactly_sixty():
    assert Turnout(24, 40).is_met
    assert not Turnout(18, 40).is_met
    assert Turnout(18, 40).share == 45


def test_missing_at_target_of_all():
    assert Turnout(3, 4, target=100).missing is None
    assert Turnout(4, 4, target=100).missing == 0


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 99))
def test_missing_is_the_least_number_that_reaches_the_target(authorities, others, target):
    turnout = Turnout(authorities, authorities + others, target)
    missing = turnout.missing
    assert Turnout(authorities + missing, turnout.total + missing, target).is_met
    if missing:
        fewer = Turnout(authorities + missing - 1, turnout.total + missing - 1, target)
        assert not fewer.is_met
