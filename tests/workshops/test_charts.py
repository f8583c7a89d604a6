from hypothesis import given
from hypothesis import strategies as st

from workshops.charts import Stacked, change, scaled, share_bar, stacked


@given(st.floats(-10, 10_000), st.floats(0, 10_000))
def test_scaled_stays_within_the_box(value, most):
    assert 0 <= scaled(value, most) <= 100


def test_share_bar_marks_its_target():
    bar = share_bar("Attended", share=45, target=60, shown="45%")
    assert (bar.length, bar.part, bar.mark) == (100, 45, 60)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=4))
def test_stacked_parts_are_never_longer_than_their_whole(pairs):
    bars = stacked([Stacked("", max(pair), min(pair), "") for pair in pairs])
    assert all(bar.part <= bar.length <= 100 for bar in bars)


def test_stacked_draws_only_the_whole_where_the_part_is_hidden():
    assert [(bar.length, bar.part) for bar in stacked([Stacked("Registered", 12, None, "12")])] == [(100, 0)]


def test_stacked_of_nobody_draws_nothing():
    assert stacked([Stacked("Invited", 0, 0, "0")])[0].length == 0


def test_change_draws_before_hollow_and_after_dark():
    before, after = change(("Before", 4.3, "4.3"), ("After", 7.1, "7.1"), maximum=10)
    assert (before.length, before.part) == (43, 0)
    assert (after.length, after.part) == (71, 71)
