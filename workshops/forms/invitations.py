"""The form of an invitation: a person by name, or whoever holds a position."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import AgeBand, Sex
from people.names import name_key
from workshops.forms.places import written
from workshops.forms.registration import CountedForm
from workshops.models import Invitation

KEPT = ("full_name", "position", "organization", "phone", "email", "category", "sex", "age_band")


def phone_field() -> forms.RegexField:
    return forms.RegexField(
        r"^\+?[\d\s()./-]{5,40}$",
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TelInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the number in digits, for example +243 81 234 5678.")},
    )


def cleaned_name(name: str) -> str:
    """One space between the parts; a name is written in letters, of whatever script."""
    name = " ".join(name.split())
    if name and not name_key(name):
        raise forms.ValidationError(_("Write the name in letters."))
    return name


def text_field(label: Any, most: int, **more: Any) -> forms.CharField:
    plain = {"autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label, max_length=most, required=False, widget=forms.TextInput(attrs=plain), **more
    )


class InvitationForm(CountedForm):
    """`submission` makes a form that is sent twice invite once."""

    full_name = text_field(_("Name"), 150, help_text=_("May stay empty: then whoever holds the position."))
    position = text_field(_("Position"), 160)
    organization = text_field(_("Organisation"), 200)
    phone = phone_field()
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    field_order = ("position", "full_name", "category", "organization")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].widget.attrs["list"] = "positions"
        self.fields["organization"].widget.attrs["list"] = "organizations"
        for name, unstated in (("sex", Sex.UNSTATED), ("age_band", AgeBand.UNSTATED)):
            self.fields[name].required = False
            self.fields[name].initial = unstated

    def clean_full_name(self) -> str:
        return cleaned_name(self.cleaned_data["full_name"])

    def clean_position(self) -> str:
        return " ".join(self.cleaned_data["position"].split())

    def clean_organization(self) -> str:
        return " ".join(self.cleaned_data["organization"].split())

    def clean_sex(self) -> str:
        return self.cleaned_data["sex"] or Sex.UNSTATED

    def clean_age_band(self) -> str:
        return self.cleaned_data["age_band"] or AgeBand.UNSTATED

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        broken = {"full_name", "position"} & set(self.errors)
        if not broken and not data.get("full_name") and not data.get("position"):
            self.add_error("position", _("Write a position or a name: somebody must be meant."))
        return data

    def facts(self) -> dict[str, Any]:
        """The valid form as the services take it."""
        return {name: self.cleaned_data[name] for name in KEPT} | {
            "locality": self.cleaned_data["comes_from"]
        }

    @property
    def more_is_filled(self) -> bool:
        """Whether something stands in the part that is folded away."""
        names = ("comes_from", "phone", "email")
        typed = any(self[name].value() for name in names)
        wrong = any(name in self.errors for name in (*names, "sex", "age_band"))
        stated = any(self[name].value() not in (None, "", Sex.UNSTATED) for name in ("sex", "age_band"))
        return typed or wrong or stated


def as_invited(invitation: Invitation) -> dict[str, Any]:
    """An invitation as the form shows it."""
    place = written(invitation.locality) if invitation.locality else ""
    return {name: getattr(invitation, name) for name in KEPT} | {"comes_from": place}
