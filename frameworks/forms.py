"""Forms of the frameworks app."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, show_long_texts
from frameworks.leads import LeadValues
from frameworks.models import Lead, LeadChange, LeadKind


class LeadForm(forms.Form):
    """The institution that leads a National Action Plan from a day on."""

    institution = forms.CharField(label=_("Institution"), max_length=300)
    kind = forms.ChoiceField(label=_("What kind of institution it is"), choices=LeadKind.choices)
    since = DateField(label=_("Since"))
    change = forms.ChoiceField(
        label=_("Why the lead changed"), choices=LeadChange.choices, initial=LeadChange.OTHER
    )
    source = forms.CharField(
        label=_("Where this was read"),
        max_length=300,
        required=False,
        help_text=_("A decree, a gazette, a page: so that the next one can check it."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, lead: Lead | None = None, **kwargs: Any) -> None:
        if lead is not None:
            kwargs["initial"] = {name: getattr(lead, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        show_long_texts(self)

    def clean_institution(self) -> str:
        return " ".join(self.cleaned_data["institution"].split())

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                gettext("This day has not come yet. Write the change down when it happened.")
            )
        return day

    def values(self) -> LeadValues:
        return LeadValues(**self.cleaned_data)
