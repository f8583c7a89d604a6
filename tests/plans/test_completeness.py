"""plans.completeness"""

import pytest

from plans.completeness import (
    ENOUGH_CHARACTERS,
    WRITTEN,
    Fill,
    Part,
    Progress,
    first_incomplete,
    meter,
    part_of_gap,
    text_gap,
)
from plans.guidance import GUIDANCE
from plans.models import SectionKind
from plans.smart import Gap


def all_parts(done, asked=1):
    return [Progress(part, done, asked, begun=bool(done)) for part in WRITTEN]


@pytest.mark.parametrize(
    ("done", "asked", "begun", "fill"),
    [
        (0, 0, False, Fill.EMPTY),
        (0, 2, False, Fill.EMPTY),
        (0, 2, True, Fill.BEGUN),
        (1, 2, True, Fill.BEGUN),
        (2, 2, True, Fill.COMPLETE),
    ],
)
def test_fill(done, asked, begun, fill):
    assert Progress(Part.VISION, done, asked, begun).fill == fill


def test_meter_counts_each_part_the_same_and_adoption_not():
    assert meter(all_parts(0)) == 0
    assert meter(all_parts(1)) == 100
    assert meter([*all_parts(1), Progress(Part.ADOPTION, 0, 1, begun=False)]) == 100
    half = all_parts(0)
    half[0] = Progress(WRITTEN[0], 1, 2, begun=True)
    assert meter(half) == round(50 / len(WRITTEN))


def test_meter_says_100_only_when_nothing_is_missing():
    parts = [Progress(part, 1000, 1000, begun=True) for part in WRITTEN]
    parts[3] = Progress(WRITTEN[3], 999, 1000, begun=True)
    assert meter(parts) == 99
    assert meter([]) == 0


@pytest.mark.parametrize("kind", list(SectionKind))
def test_text_gap(kind):
    enough = ENOUGH_CHARACTERS[kind]
    assert str(text_gap(kind, "  ")) == "the text"
    assert str(text_gap(kind, "x" * (enough - 1))) == "a few more sentences"
    assert text_gap(kind, "x" * enough) == ""


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("position_title", Part.ACTIVITIES),
        ("gender_lens", Part.ACTIVITIES),
        ("cost", Part.BUDGET),
        ("indicator_text", Part.INDICATORS),
        ("baseline", Part.INDICATORS),
    ],
)
def test_part_of_gap(field, part):
    assert part_of_gap(Gap(field, "words")) == part


def test_first_incomplete_is_the_first_in_print():
    parts = all_parts(1)
    assert first_incomplete(parts) is None
    parts[4] = Progress(WRITTEN[4], 0, 1, begun=False)
    assert first_incomplete(parts).part == WRITTEN[4]


def test_every_text_has_guidance_with_an_example():
    for kind in SectionKind:
        guidance = GUIDANCE[Part(kind.value)]
        assert str(guidance.how)
        assert "<" in guidance.example_html
