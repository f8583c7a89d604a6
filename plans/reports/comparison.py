"""One plan against another: the next generation against the one before (F50), or two editions of one plan.

Works on documents (plans.document), so that what was adopted years ago can be compared as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from core.differences import Piece, pieces
from frameworks.pillars import Pillar
from localities.coverage import percent
from plans.models import SectionKind

ALIKE = 60  # of 100: below it, two objectives are taken for different ones
SAME_PROVISION = 30  # added when both serve the same provision: reworded, but the same aim


class Fate(models.TextChoices):
    KEPT = "kept", _("Kept")
    CHANGED = "changed", _("Changed")
    NEW = "new", _("New")
    DROPPED = "dropped", _("Dropped")


TONES = {Fate.KEPT: "", Fate.CHANGED: "going", Fate.NEW: "done", Fate.DROPPED: "stop"}


@dataclass(frozen=True)
class Figures:
    """What one plan has, in numbers."""

    objectives: int
    activities: int
    indicators: int
    issues: int
    unanswered: int
    cost: Decimal
    currency: str
    costed: int
    nap_items: int
    pillars: dict[str, int]

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Figures":
        activities = [each for row in document["objectives"] for each in row["activities"]]
        nap = (document["nap"] or {}).get("code")
        served = {item for row in document["objectives"] for item in _served(row)}
        return cls(
            objectives=len(document["objectives"]),
            activities=len(activities),
            indicators=sum(len(each["indicators"]) for each in activities),
            issues=len(document["issues"]),
            unanswered=sum(1 for issue in document["issues"] if not issue["activities"]),
            cost=sum((Decimal(each["cost"]) for each in activities if each["cost"]), Decimal(0)),
            currency=document["currency"],
            costed=sum(1 for each in activities if each["no_cost"] or each["cost"] is not None),
            nap_items=sum(1 for framework, _code in served if framework == nap),
            pillars={
                pillar: sum(1 for row in document["objectives"] if row["pillar"] == pillar)
                for pillar in Pillar.values
            },
        )

    @property
    def share_costed(self) -> int | None:
        return percent(self.costed, self.activities) if self.activities else None


def _served(objective: dict[str, Any]) -> set[tuple[str, str]]:
    """What the objective and its activities state that they serve, and where it was started from."""
    stated = [*objective["serves"], *(each for row in objective["activities"] for each in row["serves"])]
    found = {(each["framework"], each["provision"]) for each in stated}
    if origin := objective["origin"]:
        found.add((origin["framework"], origin["provision"]))
    return found


@dataclass(frozen=True)
class SectionChange:
    """A section of which at least one of the two plans has a text."""

    label: str
    fate: Fate
    pieces: list[Piece] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return TONES[self.fate]


@dataclass(frozen=True)
class ObjectiveChange:
    """An objective of the later plan with the one that it comes from, or one that was dropped."""

    fate: Fate
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def tone(self) -> str:
        return TONES[self.fate]

    @property
    def pieces(self) -> list[Piece]:
        return pieces((self.before or {}).get("text", ""), (self.after or {}).get("text", ""))


@dataclass(frozen=True)
class Comparison:
    """`after` is the plan that the page is about, `before` what it is compared with."""

    before: dict[str, Any]
    after: dict[str, Any]

    @cached_property
    def figures(self) -> tuple[Figures, Figures]:
        return Figures.from_document(self.before), Figures.from_document(self.after)

    @cached_property
    def pillars(self) -> list[tuple[str, int, int]]:
        """Objectives of each pillar, before and after; pillars that neither has are left out."""
        old, new = (each.pillars for each in self.figures)
        return [
            (str(pillar.label), old[pillar], new[pillar]) for pillar in Pillar if old[pillar] or new[pillar]
        ]

    @cached_property
    def sections(self) -> list[SectionChange]:
        found = []
        for kind in SectionKind:
            old, new = self.before["sections"].get(kind, ""), self.after["sections"].get(kind, "")
            if old or new:
                fate = _fate(old, new)
                differing = pieces(old, new) if fate == Fate.CHANGED else []
                found.append(SectionChange(str(kind.label), fate, differing))
        return found

    @cached_property
    def objectives(self) -> list[ObjectiveChange]:
        """In the order of the later plan; what was dropped stands at the end."""
        earlier, later = self.before["objectives"], self.after["objectives"]
        pairs = matched(earlier, later)
        changes = [
            ObjectiveChange(
                _fate(earlier[pairs[place]]["text"] if place in pairs else "", row["text"]),
                earlier[pairs[place]] if place in pairs else None,
                row,
            )
            for place, row in enumerate(later)
        ]
        gone = [row for place, row in enumerate(earlier) if place not in pairs.values()]
        return changes + [ObjectiveChange(Fate.DROPPED, row, None) for row in gone]

    @property
    def fates(self) -> list[tuple[str, int]]:
        """How many objectives were kept, changed, added and dropped."""
        found = [change.fate for change in self.objectives]
        return [(str(fate.label), found.count(fate)) for fate in Fate]


def _fate(before: str, after: str) -> Fate:
    if not before.strip():
        return Fate.NEW
    if not after.strip():
        return Fate.DROPPED
    return Fate.KEPT if before.split() == after.split() else Fate.CHANGED


def matched(earlier: list[dict[str, Any]], later: list[dict[str, Any]]) -> dict[int, int]:
    """For places in `later` the place in `earlier` that it comes from; the most alike pairs first."""
    scored = sorted(_scores(earlier, later), reverse=True)
    pairs: dict[int, int] = {}
    for score, new, old in scored:
        if score >= ALIKE and -new not in pairs and -old not in pairs.values():
            pairs[-new] = -old
    return pairs


def _scores(earlier: list[dict[str, Any]], later: list[dict[str, Any]]) -> Iterable[tuple[float, int, int]]:
    """(likeness, −place in later, −place in earlier): of equal pairs the first in the plan wins."""
    aims = [_served(row) for row in earlier]
    for new, row in enumerate(later):
        own = _served(row)
        for old, before in enumerate(earlier):
            likeness = fuzz.token_sort_ratio(before["text"].casefold(), row["text"].casefold())
            if own & aims[old]:
                likeness = max(likeness, float(ALIKE)) + SAME_PROVISION
            yield likeness, -new, -old
