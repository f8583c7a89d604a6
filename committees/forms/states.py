"""Forms of the moves of a committee."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField
from workshops.models import Workshop

LONGEST_REASON = 500


def reason_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    # No maxlength in the browser: it would cut a pasted text without a word.
    field = forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    field.widget.attrs.pop("maxlength", None)
    return field


class EstablishForm(forms.Form):
    on = DateField(label=_("Set up on"))
    workshop = forms.ModelChoiceField(
        label=_("At the workshop"),
        required=False,
        queryset=Workshop.objects.none(),
        to_field_name="code",
        empty_label=_("None, or not in the portal"),
    )

    def __init__(self, *args: Any, workshops: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["workshop"]
        field.queryset = workshops


class ActivateForm(forms.Form):
    on = DateField(label=_("Active since"))
    override = reason_field(
        _("Why it works although it is not balanced"),
        help_text=_("It stands on the page of the board until its two sides are in balance. Name no person."),
    )

    def __init__(self, *args: Any, needs_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_override:
            del self.fields["override"]


class DeactivateForm(forms.Form):
    reason = reason_field(_("Why"), help_text=_("It is kept in the audit trail. Name no person."))


class ReopenForm(forms.Form):
    """Of a committee that was dissolved, or of a seat that ended."""

    reason = reason_field(_("Why"), help_text=_("It is kept in the audit trail. Name no person."))


class DissolveForm(forms.Form):
    on = DateField(label=_("Dissolved on"))
    reason = reason_field(_("Why"), help_text=_("It stands on the page of the committee. Name no person."))
