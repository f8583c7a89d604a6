"""The form of a step in the planning calendar."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.editing import SharedForm
from core.forms import DateField
from guidelines.models import PlanningStep
from guidelines.months import MONTHS_OF_YEAR, month_name
from plans.forms.fields import refuse_markup


def _months() -> list[tuple[int, str]]:
    return [(month, month_name(month)) for month in MONTHS_OF_YEAR]


class StepForm(SharedForm):
    """What happens from which month to which, who leads it, and where localization enters."""

    from_month = forms.TypedChoiceField(label=_("From month"), choices=_months, coerce=int)
    to_month = forms.TypedChoiceField(
        label=_("To month"),
        choices=_months,
        coerce=int,
        help_text=_("The same month for a step of one month. It may lie in the next year."),
    )
    as_of = DateField(label=_("Read on"), required=False)

    class Meta:
        model = PlanningStep
        fields = ["step", "from_month", "to_month", "led_by", "entry_point", "source", "as_of"]
        widgets = {"entry_point": forms.Textarea(attrs={"rows": 3})}
        labels = {"source": _("Where this is written")}
        help_texts = {
            "step": _("Such as “The council asks the wards for their priorities”."),
            "led_by": _("An office, not a person: the planning officer, the finance committee."),
            "entry_point": _("What to do in these months so that women, peace and security get in."),
            "source": _("The law, the circular or the handbook; “own experience” is an answer, too."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry_point"].validators.append(refuse_markup)

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return day


class StepRemoveForm(forms.Form):
    """Carries the version that the user saw."""

    row_version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
