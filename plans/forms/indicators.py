"""The form of an indicator: what is counted, from where to where, how one finds it out."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.forms.offices import organization_field, position_title_field
from core.forms import DateField
from core.models import SharedText
from frameworks.models import IndicatorDefinition
from frameworks.pillars import Pillar
from plans.editing import SharedTextForm
from plans.forms.fields import NumberField, plain
from plans.forms.positions import ORGANIZATION_WITHOUT_TITLE
from plans.models import Indicator, IndicatorKind, LocalActionPlan, Split
from plans.services.activities import TypedPosition

MOST_YEARS = 15
YEAR = re.compile(r"year_((?:19|20|21)[0-9]{2})")
LONGEST_LABEL = 110

# Of the library, those that a locality can feed come first; what only the UN counts is not offered.
LEVELS = [
    IndicatorDefinition.Level.LOCAL,
    IndicatorDefinition.Level.LOCAL_AGGREGATE,
    IndicatorDefinition.Level.NATIONAL,
    IndicatorDefinition.Level.REGIONAL,
]
YES_WORDS = {"yes", "oui", "sí", "si", "да", "हो", "نعم", "ndiyo"}
NO_WORDS = {"no", "non", "не", "ні", "होइन", "لا", "hapana"}


class MeasureField(NumberField):
    """A number, or yes and no in words: kept as 1 and 0."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_digits=12, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        word = value.strip().casefold() if isinstance(value, str) else ""
        if word in YES_WORDS or (word and word == gettext("yes").casefold()):
            return Decimal(1)
        if word in NO_WORDS or (word and word == gettext("no").casefold()):
            return Decimal(0)
        return super().to_python(value)


class IndicatorForm(SharedTextForm):
    """Only the indicator itself is required: before submission it needs a baseline and a target."""

    split_by = forms.MultipleChoiceField(
        label=_("Told apart by"),
        choices=Split.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("Totals of groups, never single people."),
    )
    baseline = MeasureField(label=_("Baseline"), help_text=_("The value today."))
    target = MeasureField(label=_("Target"), help_text=_("The value at the end of the plan."))
    baseline_on = DateField(label=_("Baseline as of"), required=False)
    position_title = position_title_field(label=_("Position that collects it"), required=False)
    organization = organization_field(label=_("Organisation or institution"), required=False)
    definition = forms.ModelChoiceField(
        label=_("Same as in the UN library"),
        queryset=IndicatorDefinition.objects.exclude(level=IndicatorDefinition.Level.UN),
        to_field_name="code",
        required=False,
        empty_label=_("None of them"),
        help_text=_("Then the value can be added up with that of other places."),
    )

    class Meta:
        model = Indicator
        fields = [
            "text",
            "kind",
            "unit",
            "baseline",
            "baseline_on",
            "target",
            "baseline_text",
            "target_text",
            "means_of_verification",
            "frequency",
            "definition",
        ]
        labels = {
            "text": _("Indicator"),
            "baseline_text": _("How it is today"),
            "target_text": _("How it is to be"),
        }
        help_texts = {
            "text": _("What is counted: “Share of women in ward committees”."),
            "unit": _("Such as: seats, %, hours."),
            "means_of_verification": _("Where the value can be read: a register, minutes, a survey."),
        }

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self._add_years()
        self.fields["definition"].choices = library_choices()  # type: ignore[attr-defined]
        self.fields["frequency"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Not decided yet")),
            *[choice for choice in self.fields["frequency"].choices if choice[0]],  # type: ignore[attr-defined]
        ]
        if self.instance.pk:
            self.initial.update(_initial_of(self.instance))
        elif not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True

    def _add_years(self) -> None:
        """A field for each year of the plan, and for years that hold a target although the plan's period
        has changed: what was typed is shown, and refused in words."""
        first, last = self.plan.period_start.year, self.plan.period_end.year
        self.plan_years = [str(year) for year in range(first, last + 1)][:MOST_YEARS]
        typed = {match[1] for name in self.data if (match := YEAR.fullmatch(name)) and self.data[name]}
        years = {*self.plan_years, *self.instance.yearly_targets, *typed}
        self.years = sorted(years)[: MOST_YEARS * 2]
        for year in self.years:
            self.fields[f"year_{year}"] = MeasureField(label=year)

    @property
    def year_fields(self) -> list[Any]:
        return [self[f"year_{year}"] for year in self.years]

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, plan=self.plan)

    def collected_by(self) -> TypedPosition:
        return TypedPosition(self.cleaned_data["position_title"], self.cleaned_data["organization"])

    def clean_baseline_on(self) -> Any:
        day = self.cleaned_data["baseline_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet: a baseline is how it was."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("organization") and not cleaned.get("position_title"):
            self._complain("position_title", ORGANIZATION_WITHOUT_TITLE)
        for year in self.years:
            if year not in self.plan_years and cleaned.get(f"year_{year}") is not None:
                words = {"first": self.plan_years[0], "last": self.plan_years[-1]}
                message = gettext("The plan runs from %(first)s to %(last)s: move this target, or empty it.")
                self._complain(f"year_{year}", message % words)
        self._check_values(cleaned)
        if not self.errors and cleaned.get("kind") == IndicatorKind.YES_NO:
            self._lead_from_no_to_yes(cleaned)
        self._keep(cleaned)
        return cleaned

    def _complain(self, name: str, message: Any) -> None:
        """One complaint a field is enough."""
        if name not in self.errors:
            self.add_error(name, message)

    def _check_values(self, cleaned: dict[str, Any]) -> None:
        """Each value fits the type: words are words, a percentage lies between 0 and 100."""
        kind = cleaned.get("kind")
        for name in ("baseline", "target", *(f"year_{year}" for year in self.years)):
            value = cleaned.get(name)
            if value is None:
                continue
            if kind == IndicatorKind.QUALITATIVE:
                self._complain(
                    name, gettext("This indicator is told in words. Empty this, or choose another type.")
                )
            elif kind == IndicatorKind.PERCENT and not 0 <= value <= 100:
                self._complain(name, gettext("A percentage lies between 0 and 100."))
            elif kind == IndicatorKind.YES_NO and value not in (0, 1):
                self._complain(name, gettext("Write yes or no."))
        if kind != IndicatorKind.QUALITATIVE:
            for name in ("baseline_text", "target_text"):
                if cleaned.get(name):
                    self._complain(name, gettext("Choose the type “In words” for this, or leave it empty."))

    def _lead_from_no_to_yes(self, cleaned: dict[str, Any]) -> None:
        for name, value in (("baseline", 0), ("target", 1)):
            if cleaned.get(name) is None:
                cleaned[name] = Decimal(value)

    def _keep(self, cleaned: dict[str, Any]) -> None:
        """What the row keeps as lists; what a closed form shows is not kept."""
        self.instance.split_by = [each for each in Split.values if each in cleaned.get("split_by", [])]
        values = {year: cleaned.get(f"year_{year}") for year in self.years}
        self.instance.yearly_targets = {
            year: plain(value) for year, value in values.items() if value is not None
        }


def library_choices() -> list[Any]:
    """The UN indicators by pillar, those that a locality can feed first."""
    rows = IndicatorDefinition.objects.exclude(level=IndicatorDefinition.Level.UN)
    by_level = sorted(rows, key=lambda row: (LEVELS.index(IndicatorDefinition.Level(row.level)), row.pk))
    groups: list[Any] = [("", gettext("None of them"))]
    for pillar in Pillar:
        entries = [
            (row.code, Truncator(f"{row.code} · {row.text} ({row.get_level_display()})").chars(LONGEST_LABEL))
            for row in by_level
            if row.pillar == pillar
        ]
        if entries:
            groups.append((pillar.label, entries))
    return groups


def _initial_of(indicator: Indicator) -> dict[str, Any]:
    """What the form shows beside the indicator's own fields."""
    position = indicator.responsible
    values = {"baseline": indicator.baseline, "target": indicator.target}
    if indicator.kind == IndicatorKind.YES_NO:
        shown = {name: indicator.shown(value) for name, value in values.items()}
    else:
        shown = {name: plain(value) for name, value in values.items()}
    return {
        **shown,
        **{f"year_{year}": value for year, value in indicator.yearly_targets.items()},
        "split_by": indicator.split_by,
        "position_title": position.title if position else "",
        "organization": position.organization.name if position and position.organization else "",
        "definition": indicator.definition,
    }
