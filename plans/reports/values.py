"""What indicators showed, beside where they began and what they aim at.

BR17: who does not work for the committee sees no small number of people, and none that gives one away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext, gettext_lazy

from core.suppression import suppress
from plans.forms.fields import plain
from plans.models import (
    Activity,
    Indicator,
    IndicatorKind,
    IndicatorValue,
    ProgressUpdate,
    ReportingPeriod,
    Split,
    UpdateState,
)
from plans.splits import GROUPS, splits_of

SMALLEST_SHOWN = 5
HIDDEN = gettext_lazy("hidden")


@dataclass(frozen=True)
class SplitShown:
    """One splitting of a value: the group's label beside what may be shown of it."""

    label: str
    groups: list[tuple[str, str]]


@dataclass(frozen=True)
class IndicatorShown:
    """One indicator with its latest value. `share` is how far it came from baseline to target."""

    indicator: Indicator
    value: str = ""
    period: str = ""
    share: int | None = None
    splits: list[SplitShown] = field(default_factory=list)
    has_hidden: bool = False

    @classmethod
    def of_value(
        cls, indicator: Indicator, recorded: IndicatorValue | None, *, with_small_numbers: bool
    ) -> "IndicatorShown":
        if recorded is None:
            return cls(indicator)
        counts_people = indicator.kind == IndicatorKind.NUMBER and bool(splits_of(indicator))
        hides = counts_people and not with_small_numbers
        is_small = hides and recorded.value is not None and 0 < recorded.value < SMALLEST_SHOWN
        splits = [
            _split(split, recorded, hides=hides, hides_all=is_small)
            for split in splits_of(indicator)
            if recorded.breakdown.get(split)
        ]
        return cls(
            indicator=indicator,
            value=str(HIDDEN) if is_small else _in_words(recorded),
            period=recorded.update.period.label,
            share=None if is_small else _share(indicator, recorded.value),
            splits=splits,
            has_hidden=is_small or any(shown == HIDDEN for each in splits for _label, shown in each.groups),
        )

    @classmethod
    def of_update(cls, update: ProgressUpdate, *, with_small_numbers: bool) -> list["IndicatorShown"]:
        """Those that an update holds, in the order of the activity's indicators."""
        recorded = update.values.select_related("indicator", "update__period").order_by("indicator")
        return [
            cls.of_value(each.indicator, each, with_small_numbers=with_small_numbers) for each in recorded
        ]

    @property
    def baseline(self) -> str:
        return self.indicator.baseline_text or _number(self.indicator, self.indicator.baseline)

    @property
    def target(self) -> str:
        return self.indicator.target_text or _number(self.indicator, self.indicator.target)


@dataclass(frozen=True)
class BlankIndicator:
    """One indicator on a paper form: what was reported last, and the groups to fill in."""

    shown: IndicatorShown
    splits: list[tuple[str, list[str]]]

    @classmethod
    def of(cls, shown: IndicatorShown) -> "BlankIndicator":
        return cls(
            shown,
            [
                (str(split.label), [str(label) for _key, label in GROUPS[split]])
                for split in splits_of(shown.indicator)
            ],
        )


def _in_words(recorded: IndicatorValue) -> str:
    if recorded.indicator.kind == IndicatorKind.YES_NO and recorded.value is not None:
        return gettext("Yes") if recorded.value else gettext("No")
    return recorded.value_text or _number(recorded.indicator, recorded.value)


def _number(indicator: Indicator, value: Decimal | None) -> str:
    """A percentage with its sign; nothing when there is no number."""
    sign = "%" if indicator.kind == IndicatorKind.PERCENT and value is not None else ""
    return plain(value) + sign


def _share(indicator: Indicator, value: Decimal | None) -> int | None:
    """Percent of the way, between 0 and 100; None where there is no way to measure."""
    baseline, target = indicator.baseline or Decimal(0), indicator.target
    if value is None or target is None or target == baseline:
        return None
    return int(min(Decimal(100), max(Decimal(0), (value - baseline) * 100 / (target - baseline))))


def _split(split: Split, recorded: IndicatorValue, *, hides: bool, hides_all: bool) -> SplitShown:
    labels = dict(GROUPS[split])
    kept = recorded.breakdown[split]
    # In the order of the form: PostgreSQL keeps the keys of JSON in an order of its own.
    keys = [key for key in labels if key in kept] + sorted(key for key in kept if key not in labels)
    groups = {key: kept[key] for key in keys if kept[key] is not None}
    shown: dict[str, int | None] = dict(groups)
    if hides:
        # What the groups leave of the total can be worked out as well: it is a group of its own.
        rest = int(recorded.value or 0) - sum(groups.values())
        shown = suppress(groups | {"": rest} if rest > 0 else groups, threshold=SMALLEST_SHOWN)
        shown = {key: None if hides_all else shown[key] for key in groups}
    unit = "%" if recorded.indicator.kind == IndicatorKind.PERCENT else ""
    return SplitShown(
        str(split.label),
        [
            (str(labels.get(key, key)), str(HIDDEN) if number is None else f"{number}{unit}")
            for key, number in shown.items()
        ],
    )


def with_latest(indicators: QuerySet[Indicator]) -> QuerySet[Any]:
    """With `latest`, the key of the value in the latest approved quarter."""
    recorded = IndicatorValue.objects.filter(indicator=OuterRef("pk"), update__state=UpdateState.APPROVED)
    return indicators.annotate(latest=Subquery(recorded.order_by("-update__period__start").values("pk")[:1]))


def latest_values(indicators: Iterable[Any]) -> dict[int, IndicatorValue]:
    """The value of the latest approved quarter of each indicator `with_latest`. One query."""
    recorded = IndicatorValue.objects.filter(pk__in=[each.latest for each in indicators if each.latest])
    return {each.indicator_id: each for each in recorded.select_related("indicator", "update__period")}


def previous_values(activity: Activity, *, before: ReportingPeriod) -> dict[int, IndicatorValue]:
    """What was reported last, in a quarter before this one: approved, or sent in. Starts a new update."""
    recorded: Any = IndicatorValue.objects.filter(
        indicator__activity=activity,
        update__state__in=[UpdateState.APPROVED, UpdateState.SUBMITTED],
        update__period__start__lt=before.start,
    ).select_related("indicator", "update__period")
    return {each.indicator_id: each for each in recorded.order_by("update__period__start")}
