import pytest

from workshops.states import WorkshopState, may_move

ALLOWED = {("planned", "held"), ("planned", "cancelled"), ("held", "planned"), ("cancelled", "planned")}


@pytest.mark.parametrize("state", WorkshopState.values)
@pytest.mark.parametrize("to", WorkshopState.values)
def test_may_move_over_all_pairs(state, to):
    assert may_move(state, to) == ((state, to) in ALLOWED)
