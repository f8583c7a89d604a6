"""Objectives and activities on paper: the matrix that a plan is followed by (F69, S3)."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from core.joints import labelled, listed, semicolon
from core.papers import isolated
from frameworks.pillars import Pillar
from plans.models import BudgetSource, Frequency, IndicatorKind, Split
from plans.papers.words import day, label_of, labels_of, money, months, number, number_of, stated


@dataclass(frozen=True)
class IndicatorRow:
    """How one sees that an activity worked. `activity` is its number in the plan."""

    activity: str
    text: str
    measure: str  # from the baseline to the target, in one line
    unit: str
    baseline: str
    target: str
    yearly: str
    split: str
    means: str
    frequency: str
    responsible: str

    @classmethod
    def from_indicator(cls, activity: str, row: dict[str, Any]) -> Self:
        baseline, target = _end(row, "baseline"), _end(row, "target")
        unit = row.get("unit") or _unit(row.get("kind", ""))
        since = row.get("baseline_on")
        return cls(
            activity=activity,
            text=row["text"],
            measure=f"{baseline} {_arrow()} {target}" + (f" ({unit})" if unit else ""),
            unit=stated(unit),
            baseline=f"{baseline} ({day(since)})" if since else baseline,
            target=target,
            yearly=_yearly(row.get("yearly_targets") or {}),
            split=stated(labels_of(Split, row.get("split_by") or [])),
            means=stated(row.get("means_of_verification")),
            frequency=stated(label_of(Frequency, row.get("frequency") or "")),
            responsible=stated(row.get("responsible")),
        )


def _arrow() -> str:
    """Arrows do not turn round by themselves where one reads from right to left."""
    return "←" if get_language_bidi() else "→"


def _end(row: dict[str, Any], name: str) -> str:
    """Baseline or target: in words, or as a number."""
    if row.get("kind") == IndicatorKind.QUALITATIVE or row.get(f"{name}_text"):
        return stated(row.get(f"{name}_text"))
    if row.get("kind") == IndicatorKind.YES_NO and (value := number_of(row.get(name))) is not None:
        return _("yes") if value else _("no")
    return number(row.get(name))


def _unit(kind: str) -> str:
    return "%" if kind == IndicatorKind.PERCENT else ""


def _yearly(targets: dict[str, Any]) -> str:
    return semicolon().join(labelled(year, number(value)) for year, value in sorted(targets.items()))


@dataclass(frozen=True)
class ActivityRow:
    """One activity with every column, none of them empty."""

    code: str
    number: str
    text: str
    output: str
    lead: str
    supporting: str
    when: str
    indicators: list[IndicatorRow]
    cost: str
    sources: list[str]
    target_groups: str
    location: str
    gender_lens: str
    conflict_lens: str
    do_no_harm: str
    risks: str
    themes: str
    issues: str
    engages_men_boys: bool
    served: int  # statements of alignment of its own

    @classmethod
    def from_activity(cls, row: dict[str, Any], currency: str, issues: dict[str, int]) -> Self:
        indicators = [IndicatorRow.from_indicator(row["number"], each) for each in row["indicators"]]
        answered = [str(issues[code]) for code in row["issues"] if code in issues]
        return cls(
            code=row["code"],
            number=row["number"],
            text=row["text"],
            output=stated(row["expected_output"]),
            lead=stated(row["lead"]),
            supporting=semicolon().join(row["supporting"]) or _("nobody else named"),
            when=months(row["starts_on"], row["ends_on"]),
            indicators=indicators,
            cost=_cost(row, currency),
            sources=_sources(row, currency),
            target_groups=stated(row["target_groups"]),
            location=stated(row["location"]),
            gender_lens=stated(row["gender_lens"]),
            conflict_lens=stated(row["conflict_lens"]),
            do_no_harm=stated(row["do_no_harm"]),
            risks=stated(row["risks"]),
            themes=listed(row["themes"]),
            issues=listed(answered),
            engages_men_boys=row["engages_men_boys"],
            served=len(row["serves"]),
        )


def _cost(row: dict[str, Any], currency: str) -> str:
    if row["no_cost"]:
        return _("No cost")
    return money(row["cost"], currency) if row["cost"] is not None else _("Not stated")


def _sources(row: dict[str, Any], currency: str) -> list[str]:
    """Who pays how much, years taken together."""
    if row["no_cost"]:
        return []
    found: dict[str, Any] = {}
    for line in row["budget"]:
        name = source_name(line)
        found[name] = found.get(name, 0) + (number_of(line["planned"]) or 0)
    if not found:
        return [_("Source not stated")]
    return [labelled(name, money(amount, currency)) for name, amount in found.items()]


def source_name(line: dict[str, Any]) -> str:
    """Local government (Council of Mbujimayi)."""
    label = label_of(BudgetSource, line["source"])
    return f"{label} ({isolated(line['source_name'])})" if line["source_name"] else label


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective with its activities."""

    code: str
    number: int
    text: str
    pillar: str
    local_reason: str
    served: int
    activities: list[ActivityRow]

    @classmethod
    def from_objective(cls, row: dict[str, Any], currency: str, issues: dict[str, int]) -> Self:
        return cls(
            code=row["code"],
            number=row["number"],
            text=row["text"],
            pillar=label_of(Pillar, row["pillar"]),
            local_reason=row["local_reason"],
            served=len(row["serves"]),
            activities=[ActivityRow.from_activity(each, currency, issues) for each in row["activities"]],
        )
