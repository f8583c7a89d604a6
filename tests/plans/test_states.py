from itertools import product

import pytest

from plans.states import MOVES, OPEN_STATES, TONES, PlanState, may_move

ALLOWED = {
    ("drafting", "validation"),
    ("validation", "endorsed"),
    ("validation", "drafting"),
    ("endorsed", "submitted"),
    ("endorsed", "drafting"),
    ("submitted", "adopted"),
    ("submitted", "drafting"),
}


@pytest.mark.parametrize(("state", "to"), list(product(PlanState.values, repeat=2)))
def test_may_move_over_all_pairs(state, to):
    assert may_move(state, to) is ((state, to) in ALLOWED)


def test_every_state_has_its_moves_and_its_look():
    assert set(MOVES) == set(TONES) == set(PlanState)
    assert {PlanState.DRAFTING} == OPEN_STATES
