"""What a plan still lacks before its committee can submit it. Pure: works on values, asks no database.

BR8 to BR11 (domain.md §6): specific, measurable, achievable, relevant, time-bound and both lenses
(GNWP, 2018); costed from the very beginning, or openly without cost (International Alert, 2020); and
who could be hurt by it (F88). The words of plans.vague tell an aim from an activity.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.vague import says_only_an_aim, words_of

FEWEST_WORDS = 4

NUMBERED = frozenset({"number", "percent"})  # of plans.models.IndicatorKind
IN_WORDS = "qualitative"


@dataclass(frozen=True)
class Gap:
    """Something that is missing: in a few words, why it matters, what would mend it, and the form field
    where that is done. `part` is the code of the indicator whose form has the field."""

    field: str
    text: str | Promise
    why: str | Promise = ""
    mend: str | Promise = ""
    part: str = ""


@dataclass(frozen=True)
class Criterion:
    """One thing that makes an activity one that can be carried out and followed."""

    key: str
    label: str | Promise
    gaps: tuple[Gap, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.gaps

    @property
    def why(self) -> str | Promise:
        """Why it fails: the first reason."""
        return self.gaps[0].why if self.gaps else ""

    @property
    def mend(self) -> str | Promise:
        return self.gaps[0].mend if self.gaps else ""

    @property
    def field(self) -> str:
        """Where to begin to mend it."""
        return self.gaps[0].field if self.gaps else ""


class ActivityFacts(Protocol):
    """What an activity says of itself, saved or just typed. The model answers to it."""

    text: str
    expected_output: str
    target_groups: str
    location: str
    responsible_id: int | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    cost: Decimal | None
    no_cost: bool
    gender_lens: str
    conflict_lens: str
    do_no_harm: str


class IndicatorFacts(Protocol):
    code: str
    kind: str
    baseline: Decimal | None
    target: Decimal | None
    baseline_text: str
    target_text: str


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: datetime.date
    end: datetime.date

    def holds(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end


def is_percentage(unit: str) -> bool:
    """Whether values in this unit are parts of a hundred."""
    return unit.strip().casefold() in {"%", "percent", "per cent", "percentage", "pour cent", "por ciento"}


def smart_check(
    activity: ActivityFacts, indicators: Iterable[IndicatorFacts], *, period: Period, is_relevant: bool
) -> list[Criterion]:
    """All criteria of one activity, met or not, in the order in which they are taught.

    It is relevant when its objective serves a provision or says a local reason, or when the activity
    itself serves one."""
    return [
        Criterion("specific", _("Specific"), _specific(activity)),
        Criterion("measurable", _("Measurable"), _measurable(list(indicators))),
        Criterion("achievable", _("Achievable"), _achievable(activity)),
        Criterion("relevant", _("Relevant"), () if is_relevant else (_NOT_RELEVANT,)),
        Criterion("time_bound", _("Time-bound"), _time_bound(activity, period)),
        Criterion("gender", _("Gender lens"), _written(activity.gender_lens, _NO_GENDER_LENS)),
        Criterion("conflict", _("Peace and conflict lens"), _written(activity.conflict_lens, _NO_PEACE_LENS)),
        Criterion("do_no_harm", _("Do no harm"), _written(activity.do_no_harm, _NO_HARM_NOTE)),
        Criterion("costed", _("Costed from the start"), _costed(activity)),
    ]


def activity_gaps(
    activity: ActivityFacts, indicators: Iterable[IndicatorFacts], *, period: Period, is_relevant: bool = True
) -> list[Gap]:
    """What one activity lacks, each field once. Whether it is relevant is said at its objective, which
    has a gap of its own then (objective_gaps): left as it is, it is not said again for each activity."""
    gaps: dict[tuple[str, str], Gap] = {}
    for criterion in smart_check(activity, indicators, period=period, is_relevant=is_relevant):
        for gap in criterion.gaps:
            gaps.setdefault((gap.field, gap.part), gap)
    return list(gaps.values())


def _specific(activity: ActivityFacts) -> tuple[Gap, ...]:
    gaps = []
    has_output = bool(activity.expected_output.strip())
    if len(words_of(activity.text)) < FEWEST_WORDS:
        gaps.append(
            Gap(
                "text",
                _("what exactly will be done"),
                _("Nobody could carry it out with so few words."),
                _("Say what will be done, with whom and how much: “Light the market street with 20 lamps”."),
            )
        )
    elif not has_output and (verb := says_only_an_aim(activity.text)):
        gaps.append(
            Gap(
                "text",
                _("what exactly will be done"),
                format_lazy(_("“{verb}” names an aim, not what somebody will do."), verb=verb),
                _("Say what people will see: “train 30 officers”. Or write what comes out of it."),
            )
        )
    if not (has_output or activity.target_groups.strip() or activity.location.strip()):
        gaps.append(
            Gap(
                "expected_output",
                _("what comes out of it, for whom, or where"),
                _("It does not say what comes out of it, for whom it is, or where."),
                _("Fill in one of the three: expected output, for whom, where."),
            )
        )
    return tuple(gaps)


def _measurable(indicators: list[IndicatorFacts]) -> tuple[Gap, ...]:
    if not indicators:
        return (_NO_INDICATOR,)
    return tuple(gap for indicator in indicators for gap in _indicator_gaps(indicator))


def _indicator_gaps(indicator: IndicatorFacts) -> list[Gap]:
    """Numbers need both ends of the way, words as well; yes or no leads from no to yes by itself."""
    part = indicator.code
    start: Decimal | str | None = indicator.baseline
    end: Decimal | str | None = indicator.target
    fields = ("baseline", "target")
    if indicator.kind == IN_WORDS:
        start = indicator.baseline_text.strip() or None
        end = indicator.target_text.strip() or None
        fields = ("baseline_text", "target_text")
    elif indicator.kind not in NUMBERED and start is None and end is None:
        return []
    gaps = []
    if start is None:
        gaps.append(Gap(fields[0], _("the indicator's baseline"), _NO_BASELINE, _ASK_BASELINE, part))
    if end is None:
        gaps.append(Gap(fields[1], _("the indicator's target"), _NO_TARGET, _ASK_TARGET, part))
    if start is not None and start == end:
        gaps.append(Gap(fields[1], _("a target that differs from the baseline"), _SAME, _ASK_CHANGE, part))
    return gaps


def _achievable(activity: ActivityFacts) -> tuple[Gap, ...]:
    gaps = []
    if activity.responsible_id is None:
        gaps.append(
            Gap(
                "position_title",
                _("who is responsible"),
                _("Nobody answers for it."),
                _("Name the office that leads it: “Head of technical services”."),
            )
        )
    if activity.cost is None and not activity.no_cost:
        why = _("Without its cost nobody can tell whether it can be done.")
        gaps.append(Gap("cost", _("the cost, or “no cost”"), why, _ASK_COST))
    return tuple(gaps)


def _costed(activity: ActivityFacts) -> tuple[Gap, ...]:
    if activity.cost is not None or activity.no_cost:
        return ()
    why = _("Plans without cost find no money later (International Alert, 2020).")
    return (Gap("cost", _("the cost, or “no cost”"), why, _ASK_COST),)


def _time_bound(activity: ActivityFacts, period: Period) -> tuple[Gap, ...]:
    """Both dates, in order, inside the plan's period: it may have been shortened since."""
    gaps = []
    for field, day, missing, outside, mend in (
        ("starts_on", activity.starts_on, _("the start"), _("a start within the plan's period"), _ASK_START),
        ("ends_on", activity.ends_on, _("the end"), _("an end within the plan's period"), _ASK_END),
    ):
        if day is None:
            gaps.append(Gap(field, missing, _("A day is missing."), mend))
        elif not period.holds(day):
            gaps.append(Gap(field, outside, _("A day lies outside the plan's period."), mend))
    start, end = activity.starts_on, activity.ends_on
    if start and end and end < start and not any(gap.field == "ends_on" for gap in gaps):
        gaps.append(Gap("ends_on", _("an end after the start"), _("It ends before it begins."), _ASK_END))
    return tuple(gaps)


def _written(text: str, missing: Gap) -> tuple[Gap, ...]:
    return () if text.strip() else (missing,)


_NO_BASELINE = _("Without today's value nobody can see a change.")
_ASK_BASELINE = _("Write how it is today; nought is an answer too.")
_NO_TARGET = _("It does not say when it is enough.")
_ASK_TARGET = _("Write the value that you want to reach.")
_SAME = _("Baseline and target are the same: nothing would change.")
_ASK_CHANGE = _("Write a target that differs from today.")
_ASK_COST = _("Enter an estimate, or tick “no cost”.")
_ASK_START = _("Choose the day on which it begins, within the plan's period.")
_ASK_END = _("Choose the day by which it is done, within the plan's period.")

_NO_INDICATOR = Gap(
    "indicator_text",
    _("an indicator with baseline and target"),
    _("Nobody could tell whether it worked."),
    _("Say what is counted, its value today, and the value that you aim at."),
)
_NOT_RELEVANT = Gap(
    "local_reason",
    _("what it serves, or why it matters here"),
    _("Its objective serves no provision and gives no reason of its own."),
    _("Say at the objective which provision it serves, or why it matters here."),
)
_NO_GENDER_LENS = Gap(
    "gender_lens",
    _("the gender lens"),
    _("It does not say what changes for women, men, girls and boys."),
    _("Write who gains, who might be left out, and who was asked."),
)
_NO_PEACE_LENS = Gap(
    "conflict_lens",
    _("the peace and conflict lens"),
    _("It does not say what could calm tensions, or inflame them."),
    _("Write how it looks to each side, and what is done to be fair."),
)
_NO_HARM_NOTE = Gap(
    "do_no_harm",
    _("the do-no-harm note"),
    _("It does not say who could be hurt by it."),
    _("Write who could come to harm, and what is done about that."),
)


def objective_gaps(*, is_aligned: bool, local_reason: str, activities: int) -> list[Gap]:
    """An objective serves an item of the National Action Plan, or says why it matters here."""
    gaps = []
    if not is_aligned and not local_reason.strip():
        gaps.append(Gap("local_reason", _("an item of the National Action Plan that it serves, or a reason")))
    if not activities:
        gaps.append(Gap("activities", _("an activity")))
    return gaps


def plan_gaps(*, has_nap: bool, no_nap_reason: str, objectives: int) -> list[Gap]:
    """What the plan as a whole lacks."""
    gaps = []
    if not has_nap and not no_nap_reason.strip():
        gaps.append(Gap("no_nap_reason", _("why the plan follows no National Action Plan")))
    if not objectives:
        gaps.append(Gap("objectives", _("an objective")))
    return gaps
