"""The way of a champion, over all pairs of states."""

import itertools

import pytest

from workshops.champion_states import may_become
from workshops.models import ChampionState

ALLOWED = {
    ("identified", "invited"),
    ("identified", "trained"),
    ("identified", "inactive"),
    ("invited", "identified"),
    ("invited", "trained"),
    ("invited", "inactive"),
    ("trained", "invited"),
    ("trained", "rolling_out"),
    ("trained", "inactive"),
    ("rolling_out", "trained"),
    ("rolling_out", "inactive"),
    ("inactive", "identified"),
    ("inactive", "invited"),
    ("inactive", "trained"),
    ("inactive", "rolling_out"),
}


@pytest.mark.parametrize(("state", "to"), list(itertools.product(ChampionState.values, repeat=2)))
def test_may_become(state, to):
    assert may_become(state, to) == ((state, to) in ALLOWED)
