"""Choosing the part of a plan that a decision concerns."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.reports.decision_links import PlanPart, part_named


class PlanPartForm(forms.Form):
    part = forms.CharField(
        label=_("Part of a plan"), max_length=20, error_messages={"required": _("Choose a part of a plan.")}
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_part(self) -> PlanPart:
        found = part_named(self.user, self.cleaned_data["part"])
        if found is None:
            raise forms.ValidationError(gettext("This part is not in a plan that you write. Choose another."))
        return found
