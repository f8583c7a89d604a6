"""Forms of field tests: where, when, what is tried, what was found."""

import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from core.models import SharedText
from guidelines.forms.known import KnownRowForm
from guidelines.models import FieldTest
from localities.choices import locality_choices
from localities.models import Country, Locality
from plans.forms.decisions import DecisionForm, day_field
from plans.forms.fields import refuse_markup

FAR = datetime.timedelta(days=5 * 366)
FINDINGS = _("What worked, what nobody understood, what has to change. No names of persons.")


class FieldTestForm(KnownRowForm):
    class Meta:
        model = FieldTest
        fields = ["starts_on", "asked"]
        widgets = {"starts_on": DateInput, "asked": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "asked": _("Which sections, with whom: the planning office fills in the calendar of section 4.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"asked", "findings"} & set(self.fields):
            self.fields[name].validators.append(refuse_markup)

    def clean_starts_on(self) -> datetime.date:
        """A year typed wrong makes a test that can never be ended."""
        day: datetime.date = self.cleaned_data["starts_on"]
        if abs(day - timezone.localdate()) > FAR:
            raise forms.ValidationError(gettext("This day is more than five years away: look at the year."))
        return day


class FieldTestNewForm(FieldTestForm):
    """With the locality, of all in the country or of those that a search found."""

    locality = forms.ChoiceField(label=_("Locality"))

    field_order = ["locality", "starts_on", "asked"]

    def __init__(self, *args: Any, country: Country, found: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Locality.objects.filter(country=country).select_related("country")
        self.places = {place.code: place for place in places}
        offered = self.places.values() if found is None else [*found.select_related("country")]
        cast(forms.ChoiceField, self.fields["locality"]).choices = locality_choices(offered)
        self.initial["starts_on"] = timezone.localdate()
        if len(offered) == 1:
            self.initial["locality"] = next(iter(offered)).code

    def clean_locality(self) -> Locality:
        place = self.places[self.cleaned_data["locality"]]
        self.instance.locality = place
        return place


class FieldTestEditForm(FieldTestForm):
    """Once it has ended, its findings too; without a last day it goes on."""

    class Meta(FieldTestForm.Meta):
        fields = ["starts_on", "asked", "ends_on", "findings"]
        widgets = {
            **FieldTestForm.Meta.widgets,
            "ends_on": DateInput,
            "findings": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            **FieldTestForm.Meta.help_texts,
            "ends_on": _("Empty: it goes on."),
            "findings": FINDINGS,
        }

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.ends_on is None:
            del self.fields["ends_on"], self.fields["findings"]

    def for_row(self, row: SharedText) -> "FieldTestEditForm":
        return type(self)(instance=row, today=self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "ends_on" not in self.fields or self.errors:
            return cleaned
        if ends_on := cleaned["ends_on"]:
            if ends_on > self.today:
                self.add_error("ends_on", gettext("This day has not come yet."))
            elif ends_on < cleaned["starts_on"]:
                self.add_error("ends_on", gettext("It cannot end before it begins."))
            if not cleaned["findings"]:
                self.add_error("findings", gettext("Say what was found: the test has ended."))
        return cleaned


class FieldTestEndForm(DecisionForm):
    ends_on = day_field(label=_("Ended on"))
    findings = forms.CharField(
        label=_("What was found"),
        max_length=FieldTest._meta.get_field("findings").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=FINDINGS,
        validators=[refuse_markup],
    )
