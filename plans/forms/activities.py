"""The forms of an activity: all of it, and where it stands."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from committees.forms.offices import organization_field, position_title_field
from core.forms import DateField, RowsField
from core.models import SharedText
from plans.editing import SharedTextForm
from plans.forms.fields import NumberField, plain
from plans.forms.positions import ORGANIZATION_WITHOUT_TITLE, PositionLinesField, as_lines
from plans.models import (
    Activity,
    Indicator,
    IndicatorKind,
    LocalActionPlan,
    Objective,
    PriorityIssue,
    Theme,
)
from plans.services.activities import ActivityDetails
from plans.smart import Criterion, IndicatorFacts, Period, is_percentage, smart_check

FIRST_INDICATOR = ("indicator_text", "unit", "baseline", "target")


def ticked(label: Any, rows: Any, **kwargs: Any) -> RowsField:
    boxes = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
    return RowsField(label=label, queryset=rows, required=False, widget=boxes, **kwargs)


class ActivityForm(SharedTextForm):
    """One activity, with its first indicator while it has none. Only the text is required: the rest may
    come later. How far it is belongs to progress, not here."""

    position_title = position_title_field(
        label=_("Responsible position"),
        required=False,
        help_text=_("The office that answers for it, not a person."),
    )
    organization = organization_field(label=_("Organisation or institution"), required=False)
    supporting = PositionLinesField(
        label=_("Supporting positions"),
        required=False,
        help_text=_("Those that do part of the work. One a line: position, organisation."),
    )
    starts_on = DateField(label=_("Start"), required=False)
    ends_on = DateField(label=_("End"), required=False)
    cost = NumberField(
        label=_("Cost"), required=False, min_value=0, max_value=999_999_999_999, decimal_places=2
    )
    themes = ticked(_("Themes"), Theme.objects.none())
    issues = ticked(_("Priority issues that it answers"), PriorityIssue.objects.none())
    reporter = forms.ModelChoiceField(
        label=_("Account that reports on it"),
        queryset=User.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Nobody in particular"),
        help_text=_("Who is asked each quarter how far it is. Nobody in particular: the secretary is asked."),
    )
    indicator_text = forms.CharField(
        label=_("Indicator"),
        required=False,
        max_length=Indicator._meta.get_field("text").max_length,
        help_text=_("What is counted: its value today is the baseline, the one you aim at the target."),
    )
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=Indicator._meta.get_field("unit").max_length
    )
    baseline = NumberField(label=_("Baseline"), required=False, max_digits=12, decimal_places=2)
    target = NumberField(label=_("Target"), required=False, max_digits=12, decimal_places=2)

    class Meta:
        model = Activity
        fields = [
            "text",
            "expected_output",
            "target_groups",
            "location",
            "starts_on",
            "ends_on",
            "cost",
            "no_cost",
            "gender_lens",
            "conflict_lens",
            "do_no_harm",
            "risks",
            "engages_men_boys",
            "themes",
            "issues",
            "reporter",
        ]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "expected_output": forms.Textarea(attrs={"rows": 2}),
            "gender_lens": forms.Textarea(attrs={"rows": 3}),
            "conflict_lens": forms.Textarea(attrs={"rows": 3}),
            "do_no_harm": forms.Textarea(attrs={"rows": 3}),
            "risks": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "gender_lens": _("Gender lens"),
            "conflict_lens": _("Peace and conflict lens"),
            "do_no_harm": _("Do no harm"),
            "engages_men_boys": _("Engages men and boys as partners"),
        }
        help_texts = {
            "text": _("What will be done. Begin with what somebody will do: light, train, open, repair."),
            "expected_output": _("What people will see when it is done."),
            "target_groups": _("Such as: women traders, girls out of school."),
            "location": _("Ward, village or place."),
            "no_cost": _("It is done within existing budgets and working hours."),
            "gender_lens": _("What changes for women, men, girls and boys? Who might be left out?"),
            "conflict_lens": _("What could calm tensions here, and what could inflame them?"),
            "do_no_harm": _("Who could come to harm through it, and what is done about that?"),
            "risks": _("What could stop it, and what must hold for it to work?"),
        }

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["cost"].label = gettext("Cost (%(currency)s)") % {"currency": plan.currency}
        self.fields["supporting"].locality = plan.locality  # type: ignore[attr-defined]
        self.indicators: list[Indicator] = []
        if self.instance.pk:
            self.indicators = list(self.instance.indicators.order_by("pk"))
            self.initial.update(_initial_of(self.instance))
        elif not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True
        self._offer()
        if self.indicators and not (self.is_bound and self.data.get(self.add_prefix("indicator_text"))):
            # They have forms of their own. One typed while somebody else added the first is kept.
            for name in FIRST_INDICATOR:
                del self.fields[name]

    def _offer(self) -> None:
        """What is there to choose from; what was chosen once stays."""
        own = self.instance.pk
        themes = (
            Theme.objects.filter(Q(is_active=True) | Q(activities=own)) if own else Theme.objects.in_use()
        )
        accounts = Q(committee_access__committee=self.plan.committee_id, is_active=True)
        offered: dict[str, Any] = {
            "themes": themes.distinct(),
            "issues": PriorityIssue.objects.filter(plan=self.plan),
            "reporter": User.objects.filter(accounts | Q(pk=self.instance.reporter_id)).distinct(),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, plan=self.plan)

    def shown_list(self, name: str, rows: list[Any]) -> Any:
        if name == "supporting":
            return as_lines(sorted(rows, key=lambda row: (row.title, row.pk)))
        return super().shown_list(name, rows)

    def details(self) -> ActivityDetails:
        names = ("position_title", "organization", "supporting", "themes", "issues", *FIRST_INDICATOR)
        return ActivityDetails(**{name: self.cleaned_data[name] for name in names if name in self.fields})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_dates(cleaned.get("starts_on"), cleaned.get("ends_on"))
        if cleaned.get("no_cost") and cleaned.get("cost") is not None:
            self.add_error("cost", gettext("Give a cost or tick “no cost”, not both."))
        if cleaned.get("organization") and not cleaned.get("position_title"):
            self._complain("position_title", ORGANIZATION_WITHOUT_TITLE)
        if "indicator_text" in self.fields:
            self._check_indicator(cleaned)
        return cleaned

    def _complain(self, name: str, message: Any) -> None:
        """One complaint a field is enough."""
        if name not in self.errors:
            self.add_error(name, message)

    def _check_dates(self, start: datetime.date | None, end: datetime.date | None) -> None:
        period = Period(self.plan.period_start, self.plan.period_end)
        for name, day in (("starts_on", start), ("ends_on", end)):
            if day and not period.holds(day):
                words = {"start": date_format(period.start), "end": date_format(period.end)}
                self.add_error(name, gettext("The plan runs from %(start)s to %(end)s.") % words)
        if start and end and end < start:
            self._complain("ends_on", gettext("The activity ends before it begins."))

    def _check_indicator(self, cleaned: dict[str, Any]) -> None:
        values = [cleaned.get(name) for name in ("unit", "baseline", "target")]
        if not cleaned.get("indicator_text") and any(value not in (None, "") for value in values):
            self._complain("indicator_text", gettext("Say what is counted."))
        if not is_percentage(cleaned.get("unit") or ""):
            return
        for name in ("baseline", "target"):
            value = cleaned.get(name)
            if value is not None and not 0 <= value <= 100:
                self.add_error(name, gettext("A percentage lies between 0 and 100."))

    def criteria(self, *, is_relevant: bool) -> list[Criterion]:
        """What makes it SMART, of what is saved or, once something was sent, of what is typed. An entry
        that is refused counts as typed, where it is a text, and as missing where it is not."""
        facts: Any = self.instance
        indicators: Iterable[IndicatorFacts] = self.indicators
        if self.is_bound:
            facts = TypedActivity.from_form(self)
            indicators = [*self.indicators, *_typed_indicator(self)]
        period = Period(self.plan.period_start, self.plan.period_end)
        return smart_check(facts, indicators, period=period, is_relevant=is_relevant)


@dataclass(frozen=True)
class TypedActivity:
    """An activity as it stands in a form (plans.smart.ActivityFacts)."""

    text: str
    expected_output: str
    target_groups: str
    location: str
    gender_lens: str
    conflict_lens: str
    do_no_harm: str
    responsible_id: int | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    cost: Decimal | None
    no_cost: bool

    @classmethod
    def from_form(cls, form: ActivityForm) -> "TypedActivity":
        form.is_valid()
        texts = ("text", "expected_output", "target_groups", "location")
        lenses = ("gender_lens", "conflict_lens", "do_no_harm")
        good = form.cleaned_data
        return cls(
            **{name: good.get(name) or form[name].value() or "" for name in (*texts, *lenses)},
            responsible_id=1 if good.get("position_title") else None,
            starts_on=good.get("starts_on"),
            ends_on=good.get("ends_on"),
            cost=good.get("cost"),
            no_cost=bool(good.get("no_cost")),
        )


@dataclass
class TypedIndicator:
    """The first indicator as it stands in the activity's form (plans.smart.IndicatorFacts)."""

    baseline: Decimal | None
    target: Decimal | None
    code: str = ""
    kind: str = IndicatorKind.NUMBER
    baseline_text: str = ""
    target_text: str = ""


def _typed_indicator(form: ActivityForm) -> list[TypedIndicator]:
    good = form.cleaned_data
    if not good.get("indicator_text"):
        return []
    return [TypedIndicator(good.get("baseline"), good.get("target"))]


def _initial_of(activity: Activity) -> dict[str, Any]:
    """What the form shows beside the activity's own fields."""
    position = activity.responsible
    return {
        "position_title": position.title if position else "",
        "organization": position.organization.name if position and position.organization else "",
        "supporting": as_lines(activity.supporting.select_related("organization").order_by("title", "pk")),
        "cost": plain(activity.cost),
        "reporter": activity.reporter,
    }


class MoveForm(forms.Form):
    """Another objective of the same plan."""

    objective = forms.ModelChoiceField(
        label=_("Objective"),
        queryset=Objective.objects.none(),
        to_field_name="code",
        empty_label=None,
        help_text=_("The activity goes to the end of its list."),
    )

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, initial={"objective": activity.objective})
        rows = activity.plan.objectives.order_by("order", "pk")
        self.fields["objective"].queryset = rows  # type: ignore[attr-defined]
