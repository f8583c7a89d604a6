import pytest

from workshops.states import WorkshopState, may_move

ALLOWED = {
    ("planned", "confirmed"),
    ("planned", "held"),
    ("planned", "postponed"),
    ("planned", "cancelled"),
    ("confirmed", "planned"),
    ("confirmed", "held"),
    ("confirmed", "postponed"),
    ("confirmed", "cancelled"),
    ("held", "planned"),
    ("held", "reported"),
    ("reported", "held"),
    ("reported", "closed"),
    ("closed", "reported"),
    ("postponed", "planned"),
    ("postponed", "cancelled"),
    ("cancelled", "planned"),
}


@pytest.mark.parametrize("state", WorkshopState.values)
@pytest.mark.parametrize("to", WorkshopState.values)
def test_may_move_over_all_pairs(state, to):
    assert may_move(state, to) == ((state, to) in ALLOWED)
