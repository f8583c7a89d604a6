"""The way of a champion (F30, domain.md §5), as data. Anybody may become inactive, and come back."""

from workshops.models import ChampionState

MOVES: dict[ChampionState, frozenset[ChampionState]] = {
    ChampionState.IDENTIFIED: frozenset(
        {ChampionState.INVITED, ChampionState.TRAINED, ChampionState.INACTIVE}
    ),
    ChampionState.INVITED: frozenset(
        {ChampionState.TRAINED, ChampionState.IDENTIFIED, ChampionState.INACTIVE}
    ),
    ChampionState.TRAINED: frozenset(
        {ChampionState.ROLLING_OUT, ChampionState.INVITED, ChampionState.INACTIVE}
    ),
    ChampionState.ROLLING_OUT: frozenset({ChampionState.TRAINED, ChampionState.INACTIVE}),
    ChampionState.INACTIVE: frozenset(
        {ChampionState.IDENTIFIED, ChampionState.INVITED, ChampionState.TRAINED, ChampionState.ROLLING_OUT}
    ),
}
# Those in which the person was trained: they name the training.
AFTER_TRAINING = frozenset({ChampionState.TRAINED, ChampionState.ROLLING_OUT})


def may_become(state: str, to: str) -> bool:
    """Whether a champion may go from one state to the other."""
    return to in MOVES[ChampionState(state)]
