from hypothesis import given
from hypothesis import strategies as st

from core.suppression import suppress


def test_suppress_hides_the_small_cell_and_its_complement():
    assert suppress({"a": 3, "b": 37}) == {"a": None, "b": None}


def test_suppress_shows_zero_and_large_cells():
    assert suppress({"a": 0, "b": 5, "c": 40}) == {"a": 0, "b": 5, "c": 40}


@given(st.dictionaries(st.integers(), st.integers(0, 60), max_size=8), st.integers(2, 10))
def test_suppress_never_lets_a_small_cell_be_worked_out(counts, threshold):
    shown = suppress(counts, threshold=threshold)
    hidden = [key for key, count in shown.items() if count is None]
    assert all(not 0 < count < threshold for count in shown.values() if count is not None)
    if hidden:
        total_of_hidden = sum(counts.values()) - sum(count for count in shown.values() if count is not None)
        everything_hidden = len(hidden) == len(counts)
        assert len(hidden) > 1 or everything_hidden
        assert total_of_hidden >= threshold or everything_hidden
