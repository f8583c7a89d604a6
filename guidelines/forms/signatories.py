"""Forms of the institutions that have to endorse the guidelines of a country."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines.forms.known import KnownRowForm
from guidelines.models import Signatory
from plans.forms.decisions import DecisionForm, day_field


class SignatoryForm(KnownRowForm):
    class Meta:
        model = Signatory
        fields = ["institution", "role"]
        help_texts = {
            "institution": _("The whole name as it is printed: Ministry of Gender and Children's Affairs."),
            "role": _("One institution for each of the first two; as many others as the country asks for."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.is_named:
            self.initial["institution"] = ""

    def clean_institution(self) -> str:
        return " ".join(self.cleaned_data["institution"].split())


class SignatoryEndForm(DecisionForm):
    on = day_field(label=_("No longer signs since"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The ministry was merged, the law gives the task to another one. No names of persons."),
    )
