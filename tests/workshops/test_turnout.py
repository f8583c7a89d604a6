from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workshops.turnout import Composition, Group, Turnout


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


GROUPS = st.lists(
    st.builds(
        Group,
        number=st.integers(0, 50),
        is_authority=st.booleans(),
        category=st.sampled_from(["mayor", "teacher", "elder"]),
        sex=st.sampled_from(["woman", "man", "unstated"]),
        age_band=st.sampled_from(["18_to_29", "unstated"]),
        place=st.sampled_from([None, 1, 2]),
    ),
    max_size=20,
)


@given(GROUPS)
def test_composition_adds_up_in_every_way(groups):
    counted = Composition.of(groups)
    total = sum(group.number for group in groups)
    assert counted.total == counted.turnout().total == total
    assert counted.sexes.total() == counted.ages.total() == counted.places.total() == total
    assert counted.turnout().authorities == sum(group.number for group in groups if group.is_authority)


@given(GROUPS, GROUPS)
def test_composition_of_two_together_is_that_of_all(first, second):
    assert Composition.of(first) + Composition.of(second) == Composition.of(first + second)


@given(GROUPS, st.randoms())
def test_composition_of_those_who_came_is_never_more(groups, random):
    """Whoever attended is registered: in no group can there be more."""
    came = [replace(group, number=random.randint(0, group.number)) for group in groups]
    registered, attended = Composition.of(groups), Composition.of(came)
    for one in ("authorities", "others", "sexes", "ages", "places"):
        assert getattr(attended, one) <= getattr(registered, one)
    assert attended.total <= registered.total


@given(GROUPS, st.integers(1, 100))
def test_composition_share_is_between_nought_and_a_hundred(groups, target):
    turnout = Composition.of(groups).turnout(target)
    assert turnout.share is None if not turnout.total else 0 <= turnout.share <= 100
    assert turnout.is_met == (bool(turnout.total) and turnout.authorities * 100 >= target * turnout.total)
