"""The form of an institution to turn to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import show_long_texts
from workshops.models import ReferralContact


class ReferralForm(forms.ModelForm):
    """An institution, never a person (F59)."""

    class Meta:
        model = ReferralContact
        fields = ["institution", "service", "phone", "hours"]
        labels = {
            "institution": _("Institution"),
            "service": _("What it helps with"),
            "phone": _("Its phone"),
            "hours": _("When it answers"),
        }
        help_texts = {
            "institution": _("An office, a hospital, a hotline. No person’s name."),
            "service": _("For example: medical care, counselling, shelter, legal advice."),
        }
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
