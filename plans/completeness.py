"""How far the writing of a plan has come, part by part. Pure: works on values, asks no database.

A guide for those who write, never a gate: what stands in the way of submission is plans.smart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models import SectionKind
from plans.smart import Gap


class Part(models.TextChoices):
    """The parts of a plan in the order in which it is printed."""

    FRAME = "frame", _("Title and frame")
    FOREWORD = "foreword", SectionKind.FOREWORD.label
    VISION = "vision", SectionKind.VISION.label
    SITUATION = "situation", SectionKind.SITUATION.label
    LEGAL_FRAME = "legal_frame", SectionKind.LEGAL_FRAME.label
    ISSUES = "issues", _("Priority issues")
    OBJECTIVES = "objectives", _("Objectives")
    ACTIVITIES = "activities", _("Activities")
    INDICATORS = "indicators", _("Indicators")
    BUDGET = "budget", _("Budget")
    MONITORING = "monitoring", SectionKind.MONITORING.label
    ADOPTION = "adoption", _("Adoption")


# Adoption is not written by the committee: it comes, and does not count in the meter.
WRITTEN = tuple(part for part in Part if part != Part.ADOPTION)


class Fill(models.TextChoices):
    EMPTY = "empty", _("Empty")
    BEGUN = "begun", _("Begun")
    COMPLETE = "complete", _("Complete")


TONES = {Fill.EMPTY: "", Fill.BEGUN: "going", Fill.COMPLETE: "done"}

# A text shorter than this is a beginning: about one sentence for a vision, a good paragraph for the rest.
ENOUGH_CHARACTERS = {
    SectionKind.FOREWORD: 300,
    SectionKind.VISION: 60,
    SectionKind.SITUATION: 600,
    SectionKind.LEGAL_FRAME: 200,
    SectionKind.MONITORING: 200,
}


@dataclass(frozen=True)
class Lack:
    """Something that is missing, in words, and the address where it is mended."""

    text: str | Promise
    url: str


@dataclass(frozen=True)
class Progress:
    """Of one part: `done` of `asked` things are there. `rows` is how many rows it has, where it has rows."""

    part: Part
    done: int
    asked: int
    begun: bool
    lacks: list[Lack] = field(default_factory=list)
    rows: int | None = None

    @property
    def fill(self) -> Fill:
        if self.asked and self.done >= self.asked:
            return Fill.COMPLETE
        return Fill.BEGUN if self.begun else Fill.EMPTY

    @property
    def tone(self) -> str:
        return TONES[self.fill]

    @property
    def share(self) -> float:
        """Between 0 and 1. A part of which nothing is asked yet has nothing."""
        return min(self.done / self.asked, 1.0) if self.asked else 0.0


def meter(parts: Iterable[Progress]) -> int:
    """In percent: each written part counts the same. 100 only when all are complete."""
    written = [part for part in parts if part.part in WRITTEN]
    if not written:
        return 0
    share = sum(part.share for part in written) / len(written)
    if all(part.fill == Fill.COMPLETE for part in written):
        return 100
    return min(round(share * 100), 99)


def text_gap(kind: SectionKind, text: str) -> str | Promise:
    """What a section's text lacks, in words; empty when it is long enough to say something."""
    written = len(text.strip())
    if not written:
        return _("the text")
    return _("a few more sentences") if written < ENOUGH_CHARACTERS[kind] else ""


# Where the form of an activity asks for it decides which part of the plan lacks it.
_INDICATOR_FIELDS = ("indicator", "baseline", "target", "unit", "means", "frequency")
_MONEY_FIELDS = ("cost", "no_cost", "budget")


def part_of_gap(gap: Gap) -> Part:
    """The part of the plan that a gap of an activity belongs to."""
    if gap.part or gap.field.startswith(_INDICATOR_FIELDS):
        return Part.INDICATORS
    return Part.BUDGET if gap.field.startswith(_MONEY_FIELDS) else Part.ACTIVITIES


def first_incomplete(parts: Iterable[Progress]) -> Progress | None:
    """The part to go on with, for who has not written here yet."""
    return next((part for part in parts if part.part in WRITTEN and part.fill != Fill.COMPLETE), None)
