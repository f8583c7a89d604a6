"""Forms of plans, objectives, activities and decisions."""

import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.forms import organization_field, position_title_field
from core.forms import DateField, RowsField, show_long_texts
from core.models import SharedText
from frameworks.models import Framework, NapState, Provision
from frameworks.pillars import Pillar
from localities.languages import language_choices
from localities.models import Country
from plans.editing import SharedTextForm
from plans.models import Activity, Indicator, LocalActionPlan, Objective
from plans.nap import is_in_force
from plans.services import ActivityDetails
from plans.smart import Period, is_percentage


class NumberField(forms.DecimalField):
    """A number as people write it: spaces between thousands are fine, and what is wrong is kept."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.error_messages["min_value"] = _("This cannot be negative.")
        self.error_messages["invalid"] = _("Enter a number in digits, such as 1500 or 1500.50.")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split())
        return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """12 500.50 is no other number than 12500.5."""
        return super().has_changed(self.to_python(initial), data)


class PlanForm(SharedTextForm):
    """The plan's own texts. Unfinished is fine: what is missing is asked for at submission."""

    period_start = DateField(label=_("First day of the plan"))
    period_end = DateField(label=_("Last day of the plan"))
    language = forms.ChoiceField(label=_("Language of the plan"))

    class Meta:
        model = LocalActionPlan
        fields = [
            "title",
            "period_start",
            "period_end",
            "language",
            "nap",
            "no_nap_reason",
            "vision",
            "situation",
        ]
        widgets = {
            "no_nap_reason": forms.Textarea(attrs={"rows": 3}),
            "vision": forms.Textarea(attrs={"rows": 4}),
            "situation": forms.Textarea(attrs={"rows": 8}),
        }
        labels = {"no_nap_reason": _("If none: why")}
        help_texts = {
            "nap": _("The plans of the country. One that is not in force may be followed, with a warning."),
            "no_nap_reason": _("Needed before submission when the plan follows no National Action Plan."),
            "vision": _("In one or two sentences: what will be different here at the end of the period?"),
            "situation": _("What the conflict analysis found here. No names, no single cases of violence."),
        }

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        language = cast(forms.ChoiceField, self.fields["language"])
        language.choices = language_choices(first=country.languages)
        nap = cast(forms.ModelChoiceField, self.fields["nap"])
        nap.queryset = Framework.objects.naps().filter(country=country)
        nap.choices = nap_choices(nap.queryset)

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, country=self.country)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", gettext("The plan ends before it begins."))
        return cleaned


class PlanStartForm(PlanForm):
    """What a new plan needs; its texts come later."""

    class Meta(PlanForm.Meta):
        fields = ["title", "period_start", "period_end", "language", "nap", "no_nap_reason"]


def nap_choices(naps: Any) -> list[Any]:
    """In force first, the newest on top; the others in words (BR18)."""
    today = timezone.localdate()
    current, past = [], []
    for nap in naps.order_by("-generation"):
        if is_in_force(nap, today=today):
            current.append((nap.pk, nap.title))
        else:
            ended = nap.period_end is not None and nap.period_end < today
            # A plan that a newer one replaced is called so, here as on its own page.
            ran_out = ended and nap.state != NapState.SUPERSEDED
            state = NapState.EXPIRED.label if ran_out else nap.get_state_display()
            past.append((nap.pk, f"{nap.title}: {state}"))
    choices: list[Any] = [("", gettext("None"))]
    choices += [(gettext("In force"), current)] if current else []
    return choices + ([(gettext("Not in force"), past)] if past else [])


class ObjectiveForm(SharedTextForm):
    """An objective, the items that it serves, and why it matters here when it serves none."""

    provisions = RowsField(
        label=_("Items of the National Action Plan that it serves"),
        queryset=Provision.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    local_reason = forms.CharField(
        label=_("If none: why it matters here"),
        help_text=_("A local priority needs a reason before submission. It may stand beside items, too."),
        required=False,
        max_length=Objective._meta.get_field("local_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Objective
        fields = ["text", "pillar", "provisions", "local_reason"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("What will have changed, for whom. Not yet how: that is an activity.")}

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        pillar = cast(forms.TypedChoiceField, self.fields["pillar"])
        pillar.choices = [("", _("Choose a pillar")), *Pillar.choices]
        offered = plan.nap.provisions.items() if plan.nap else Provision.objects.none()
        if self.instance.pk:
            # What it serves of another framework stays on offer: a change of the NAP loses nothing.
            own = list(self.instance.alignments.values_list("provision", flat=True))
            self.initial["provisions"] = own
            offered = Provision.objects.filter(Q(pk__in=offered.values("pk")) | Q(pk__in=own))
        choice = cast(forms.ModelMultipleChoiceField, self.fields["provisions"])
        choice.queryset = offered.order_by("framework", "order")
        if not offered.exists():
            del self.fields["provisions"]

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, plan=self.plan)

    def served(self) -> list[Provision]:
        return list(self.cleaned_data.get("provisions", ()))


class ActivityForm(SharedTextForm):
    """One activity with its first indicator. Only the text is required: the rest may come later."""

    position_title = position_title_field(
        label=_("Responsible position"),
        required=False,
        help_text=_("The office that answers for it, not a person."),
    )
    organization = organization_field(label=_("Organisation or institution"), required=False)
    starts_on = DateField(label=_("Start"), required=False)
    ends_on = DateField(label=_("End"), required=False)
    cost = NumberField(
        label=_("Cost"), required=False, min_value=0, max_value=999_999_999_999, decimal_places=2
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
        fields = ["text", "starts_on", "ends_on", "cost", "no_cost", "gender_lens", "conflict_lens"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "gender_lens": forms.Textarea(attrs={"rows": 3}),
            "conflict_lens": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"gender_lens": _("Gender lens"), "conflict_lens": _("Peace and conflict lens")}
        help_texts = {
            "text": _("What will be done, where and with whom."),
            "no_cost": _("It is done within existing budgets and working hours."),
            "gender_lens": _("What changes for women, men, girls and boys? Who might be left out?"),
            "conflict_lens": _("What could calm tensions here, and what could inflame them?"),
        }

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["cost"].label = gettext("Cost (%(currency)s)") % {"currency": plan.currency}
        if self.instance.pk:
            self.initial.update(_initial_of(self.instance))
        elif not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, plan=self.plan)

    def details(self) -> ActivityDetails:
        names = ("position_title", "organization", "indicator_text", "unit", "baseline", "target")
        return ActivityDetails(**{name: self.cleaned_data[name] for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_dates(cleaned.get("starts_on"), cleaned.get("ends_on"))
        if cleaned.get("no_cost") and cleaned.get("cost") is not None:
            self.add_error("cost", gettext("Give a cost or tick “no cost”, not both."))
        if cleaned.get("organization") and not cleaned.get("position_title"):
            self._complain("position_title", gettext("Which position of this organisation?"))
        self._check_indicator(cleaned)
        return cleaned

    def _complain(self, name: str, message: str) -> None:
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


def _initial_of(activity: Activity) -> dict[str, Any]:
    """What the form shows beside the activity's own fields."""
    indicator = activity.indicators.order_by("pk").first() or Indicator()
    position = activity.responsible
    return {
        "position_title": position.title if position else "",
        "organization": position.organization.name if position and position.organization else "",
        "cost": _plain(activity.cost),
        "indicator_text": indicator.text,
        "unit": indicator.unit,
        "baseline": _plain(indicator.baseline),
        "target": _plain(indicator.target),
    }


def _plain(number: Decimal | None) -> str:
    """As it was typed: 10 and not 10.00."""
    if number is None:
        return ""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


class NapItemsForm(forms.Form):
    """Items to start objectives from."""

    items = RowsField(
        queryset=Provision.objects.none(),
        label=_("Items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one item.")},
    )

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan.nap:
            items = cast(forms.ModelMultipleChoiceField, self.fields["items"])
            items.queryset = plan.nap.provisions.items().order_by("order")


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to change"),
        max_length=LocalActionPlan._meta.get_field("returned_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The committee sees this on the plan's page until it is submitted again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


class EndorseForm(forms.Form):
    endorsed_on = DateField(label=_("Endorsed on"))


class AdoptForm(forms.Form):
    body = forms.CharField(
        label=_("Adopted by"),
        max_length=LocalActionPlan._meta.get_field("adopting_body").max_length,
        help_text=_("The body that decided: the provincial assembly, the municipal council."),
    )
    act = forms.CharField(
        label=_("Act number"),
        max_length=LocalActionPlan._meta.get_field("adopting_act").max_length,
        help_text=_("As it stands on the act, so that it can be found in the archive."),
    )
    adopted_on = DateField(label=_("Adopted on"))
