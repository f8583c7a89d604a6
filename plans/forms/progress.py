"""The form of an update about one activity in one quarter, made for a telephone (F07)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, show_long_texts
from core.models import SharedText
from core.uploads import UploadField
from plans.editing import SharedTextForm
from plans.forms.fields import NumberField, plain, refuse_markup
from plans.models import (
    TROUBLED,
    ActivityState,
    Attachment,
    Indicator,
    IndicatorKind,
    IndicatorValue,
    ProgressUpdate,
    ReportingPeriod,
    StateReason,
)
from plans.reports.values import IndicatorShown
from plans.services.progress import Report, ValueTyped
from plans.splits import GROUPS, Split, splits_of
from workshops.contact_details import any_looks_like_contact

MOST_PEOPLE = 999_999_999
LONGEST_VALUE = IndicatorValue._meta.get_field("value_text").max_length
WORDS = ("done", "problems", "next_step")


class IndicatorFields:
    """The fields of one indicator in the form: its value, and the groups that it is told apart into."""

    def __init__(self, indicator: Indicator, shown: IndicatorValue | None) -> None:
        self.indicator = indicator
        self.shown = shown
        self.name = f"value-{indicator.code}"

    def group_name(self, split: Split, group: str) -> str:
        return f"{self.name}-{split}-{group}"

    def fields(self) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {self.name: self._value_field()}
        for split in splits_of(self.indicator):
            for group, label in GROUPS[split]:
                made[self.group_name(split, group)] = self._group_field(label)
        return made

    def _value_field(self) -> forms.Field:
        indicator = self.indicator
        label = f"{indicator.text} ({indicator.unit})" if indicator.unit else indicator.text
        kind = indicator.kind
        if kind == IndicatorKind.QUALITATIVE:
            area = forms.Textarea(attrs={"rows": 2})
            return forms.CharField(label=label, required=False, max_length=LONGEST_VALUE, widget=area)
        if kind == IndicatorKind.YES_NO:
            choices = [("", gettext("Not known yet")), ("1", gettext("Yes")), ("0", gettext("No"))]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        limits: dict[str, Any] = {"min_value": 0} if splits_of(indicator) else {}
        if kind == IndicatorKind.PERCENT:
            limits = {"min_value": 0, "max_value": 100}
        value = NumberField(label=label, required=False, max_digits=12, decimal_places=2, **limits)
        value.error_messages["max_value"] = _("A percentage lies between 0 and 100.")
        return value

    def _group_field(self, label: Any) -> forms.Field:
        most = 100 if self.indicator.kind == IndicatorKind.PERCENT else MOST_PEOPLE
        group = forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        group.error_messages["invalid"] = _("Enter a whole number.")
        group.error_messages["min_value"] = _("This cannot be negative.")
        if self.indicator.kind == IndicatorKind.PERCENT:
            group.error_messages["max_value"] = _("A percentage lies between 0 and 100.")
        return group

    def initial(self) -> dict[str, Any]:
        """What is recorded, as the fields take it."""
        if self.shown is None:
            return {}
        value: Any = self.shown.value_text or plain(self.shown.value)
        if self.indicator.kind == IndicatorKind.YES_NO and self.shown.value is not None:
            value = str(int(self.shown.value))
        found = {self.name: value}
        for split, groups in self.shown.breakdown.items():
            found |= {f"{self.name}-{split}-{group}": number for group, number in groups.items()}
        return found

    def typed(self, cleaned: dict[str, Any]) -> ValueTyped | None:
        """None when nothing was typed."""
        breakdown = {
            str(split): {
                group: cleaned[name]
                for group, _label in GROUPS[split]
                if cleaned.get(name := self.group_name(split, group)) is not None
            }
            for split in splits_of(self.indicator)
        }
        breakdown = {split: groups for split, groups in breakdown.items() if groups}
        value = cleaned.get(self.name)
        if self.indicator.kind == IndicatorKind.QUALITATIVE:
            return ValueTyped(self.indicator, value_text=value) if value else None
        if value in (None, ""):
            if not breakdown or self.indicator.kind != IndicatorKind.NUMBER:
                return ValueTyped(self.indicator, breakdown=breakdown) if breakdown else None
            value = max(sum(groups.values()) for groups in breakdown.values())  # the total of its groups
        return ValueTyped(self.indicator, value=Decimal(value), breakdown=breakdown)

    def sums_too_high(self, cleaned: dict[str, Any]) -> list[tuple[str, int]]:
        """The first field of each split whose groups are more than the value, with their sum."""
        value = cleaned.get(self.name)
        typed = self.typed(cleaned)
        if self.indicator.kind != IndicatorKind.NUMBER or value is None or typed is None:
            return []
        sums = {split: sum(groups.values()) for split, groups in typed.breakdown.items()}
        return [
            (self.group_name(Split(split), next(iter(typed.breakdown[split]))), total)
            for split, total in sums.items()
            if total > value
        ]


class ProgressUpdateForm(SharedTextForm):
    """How far one activity came. Two fields are required; a reason and words with it when it is in
    trouble (F81); values and files where there are some."""

    activity_state = forms.ChoiceField(label=_("How far is it?"), choices=ActivityState)
    state_reason = forms.ChoiceField(
        label=_("Main reason"), required=False, choices=[("", _("Choose")), *StateReason.choices]
    )
    evidence = UploadField(
        label=_("Add a file"),
        required=False,
        help_text=_(
            "PDF, JPEG or PNG, up to 10 MB. No lists of names and no faces of people who could be harmed."
        ),
    )
    evidence_title = forms.CharField(
        label=_("What the file shows"),
        required=False,
        max_length=Attachment._meta.get_field("title").max_length,
    )

    class Meta:
        model = ProgressUpdate
        fields = ["activity_state", "state_reason", "done", "problems", "next_step", "from_paper"]
        labels = {
            "done": _("What was done?"),
            "problems": _("What stood in the way?"),
            "next_step": _("What comes next?"),
            "from_paper": _("Typed in from a paper form"),
        }
        help_texts = {"done": _("Two or three sentences are enough. Totals only: no names, no single cases.")}
        widgets = {
            "done": forms.Textarea(attrs={"rows": 4}),
            "problems": forms.Textarea(attrs={"rows": 3}),
            "next_step": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(
        self,
        *args: Any,
        indicators: list[Indicator],
        values: dict[int, IndicatorValue],
        previous: dict[int, IndicatorValue] | None = None,
        submit: bool = False,
        **kwargs: Any,
    ) -> None:
        """`values` are those to begin with, by indicator: the update's own, or those reported last,
        which are `previous`."""
        super().__init__(*args, **kwargs)
        self.submit, self.previous = submit, previous or {}
        self.indicators = [IndicatorFields(each, values.get(each.pk)) for each in indicators]
        self.fields["done"].required = submit or not self.is_bound
        for name in WORDS:
            self.fields[name].validators.append(refuse_markup)
        for each in self.indicators:
            self.fields.update(each.fields())
            self.initial.update(each.initial())
        show_long_texts(self)

    def for_row(self, row: SharedText) -> SharedTextForm:
        values = {each.indicator_id: each for each in IndicatorValue.objects.filter(update=row.pk)}
        return type(self)(
            instance=row, indicators=[each.indicator for each in self.indicators], values=values
        )

    @cached_property
    def value_groups(self) -> list[dict[str, Any]]:
        """The fields of each indicator, as the page lays them out."""
        return [
            {
                "last": IndicatorShown.of_value(
                    each.indicator, self.previous.get(each.indicator.pk), with_small_numbers=True
                ),
                "value": self[each.name],
                "splits": [(split, self._bound(each, split)) for split in splits_of(each.indicator)],
            }
            for each in self.indicators
        ]

    def _bound(self, each: IndicatorFields, split: Split) -> list[BoundField]:
        return [self[each.group_name(split, group)] for group, _label in GROUPS[split]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_trouble(cleaned)
        for each in self.indicators:
            for name, total in each.sums_too_high(cleaned):
                self.add_error(
                    name,
                    gettext("The groups make %(sum)s together, more than the value above.") % {"sum": total},
                )
        if cleaned.get("evidence_title") and not self.files.get("evidence"):
            self.add_error("evidence", gettext("Choose the file that this title belongs to."))
        return cleaned

    def _check_trouble(self, cleaned: dict[str, Any]) -> None:
        """A reason from the list and in words, when it does not go as planned (F81)."""
        if cleaned.get("activity_state") not in TROUBLED:
            cleaned["state_reason"] = ""
            return
        if self.submit and not cleaned.get("state_reason"):
            self.add_error("state_reason", gettext("Choose the main reason."))
        if self.submit and not cleaned.get("problems") and "problems" not in self.errors:
            self.add_error("problems", gettext("Say in a few words what stood in the way."))

    @property
    def report(self) -> Report:
        typed = [each.typed(self.cleaned_data) for each in self.indicators]
        return Report(
            values=[each for each in typed if each],
            evidence=self.cleaned_data.get("evidence"),
            evidence_title=self.cleaned_data.get("evidence_title", ""),
        )

    @property
    def mentions_contacts(self) -> bool:
        """A warning, no refusal: a number in a text may be something else."""
        texts = [self.cleaned_data.get(name) or "" for name in (*WORDS, "evidence_title")]
        return any_looks_like_contact([*texts, *(each.value_text for each in self.report.values)])

    @property
    def lost_a_file(self) -> bool:
        """Browsers do not send a chosen file twice by themselves."""
        return self.is_bound and bool(self.files.get("evidence"))


class UpdateReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to be added or changed"),
        max_length=ProgressUpdate._meta.get_field("return_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_markup],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


class PeriodReopenForm(forms.Form):
    until = DateField(label=_("Open until"), help_text=_("The day included. It locks again by itself."))
    reason = forms.CharField(
        label=_("Why it is reopened"),
        max_length=ReportingPeriod._meta.get_field("reopened_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_markup],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
