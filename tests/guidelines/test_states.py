import pytest

from guidelines.models import Guidelines, GuidelinesState
from guidelines.services.moving import MoveRefused, held_for
from guidelines.states import (
    MOVES,
    OPEN_STATES,
    OUT_STATES,
    RETURNABLE_STATES,
    SIGNING_STATES,
    TONES,
    may_move,
)
from tests.factories.guidelines import GuidelinesFactory

S = GuidelinesState
ALLOWED = {
    ("drafting", "field_test"),
    ("drafting", "validated"),
    ("drafting", "retired"),
    ("field_test", "drafting"),
    ("field_test", "revision"),
    ("field_test", "validated"),
    ("validated", "drafting"),
    ("validated", "revision"),
    ("validated", "endorsed"),
    ("endorsed", "validated"),
    ("endorsed", "drafting"),
    ("endorsed", "revision"),
    ("endorsed", "launched"),
    ("launched", "rolled_out"),
    ("launched", "revision"),
    ("launched", "retired"),
    ("rolled_out", "revision"),
    ("rolled_out", "retired"),
    ("revision", "field_test"),
    ("revision", "validated"),
    ("revision", "launched"),
    ("revision", "rolled_out"),
    ("revision", "retired"),
}
PAIRS = [(was, now) for was in S for now in S]


@pytest.mark.parametrize(("was", "now"), PAIRS)
def test_may_move_over_all_pairs(was, now):
    assert may_move(was, now) == ((was.value, now.value) in ALLOWED)


def test_every_state_has_moves_and_a_tone():
    assert set(MOVES) == set(S) == {S(state) for state in TONES}


def test_states_in_which_texts_are_written_signed_and_out_are_apart():
    assert not OPEN_STATES & SIGNING_STATES
    assert not OPEN_STATES & OUT_STATES
    assert not SIGNING_STATES & OUT_STATES
    assert all(may_move(state, S.DRAFTING) and may_move(state, S.REVISION) for state in RETURNABLE_STATES)


@pytest.mark.django_db
@pytest.mark.parametrize("was", S)
def test_held_for_refuses_what_the_state_does_not_allow(was):
    guidelines = GuidelinesFactory(state=was)
    for now in S:
        if may_move(was, now):
            assert held_for(guidelines, now).pk == guidelines.pk
        else:
            with pytest.raises(MoveRefused):
                held_for(guidelines, now)
    assert Guidelines.objects.get(pk=guidelines.pk).state == was
