"""Forms about people, what they agree to, positions and institutions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, show_long_texts
from localities.languages import language_choices
from people.consent import Given, Purpose
from people.models import (
    AgeBand,
    Organization,
    Person,
    Position,
    Sex,
)
from people.names import name_key, text_key

FIRST_YEAR = 1900
HIDDEN_FROM_PROFILES = {"autocomplete": "off", "spellcheck": "false"}


def phone_field() -> forms.RegexField:
    return forms.RegexField(
        r"^\+?[\d\s()./-]{5,40}$",
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TelInput(attrs=HIDDEN_FROM_PROFILES),
        error_messages={"invalid": _("Write the number in digits, for example +243 81 234 5678.")},
    )


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs=HIDDEN_FROM_PROFILES)
    )


def past_day(day: Any) -> Any:
    """A day that has come already, and not in another age: a typing error, else."""
    if day and day > timezone.localdate():
        raise forms.ValidationError(gettext("This day is still to come."))
    if day and day.year < FIRST_YEAR:
        raise forms.ValidationError(gettext("Look at the year again."))
    return day


class PersonForm(forms.Form):
    """Name and contacts of somebody registered already; contacts only where the person agreed."""

    full_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs=HIDDEN_FROM_PROFILES | {"autocapitalize": "words"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices)
    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices)
    phone = phone_field()
    email = email_field()
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, may_contact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_contact:
            del self.fields["phone"], self.fields["email"]
        show_long_texts(self)

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if not name_key(name):
            raise forms.ValidationError(gettext("Write the name in letters."))
        return name


class ConsentForm(forms.Form):
    """What the person agreed to, and how; for a contact, the contact."""

    purpose = forms.ChoiceField(label=_("The person agrees to this"))
    how = forms.ChoiceField(label=_("How it was given"), choices=Given.choices, initial=Given.SPOKEN)
    language = forms.ChoiceField(label=_("Language in which it was explained"))
    given_on = DateField(label=_("Day"))
    witness = forms.CharField(
        label=_("Witness"),
        max_length=150,
        required=False,
        help_text=_("Who was there when it was spoken or signed, if anybody."),
        widget=forms.TextInput(attrs=HIDDEN_FROM_PROFILES),
    )
    phone = phone_field()
    email = email_field()
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = set(person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
        asked = [purpose for purpose in Purpose if purpose.value not in given]
        if person.age_band != AgeBand.UNDER_18:
            asked = [purpose for purpose in asked if purpose != Purpose.GUARDIAN]
        self.fields["purpose"].choices = [(each.value, each.label) for each in asked]  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices(person.country.languages)  # type: ignore[attr-defined]
        self.fields["given_on"].initial = timezone.localdate
        for name in ("phone", "email"):
            self.fields[name].help_text = _("Only for the consent to be contacted.")
        if Purpose.CONTACT not in asked:
            del self.fields["phone"], self.fields["email"]
        self.asked = asked
        show_long_texts(self)

    def clean_given_on(self) -> Any:
        return past_day(self.cleaned_data["given_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        contact = data.get("phone") or data.get("email")
        if data.get("purpose") == Purpose.CONTACT and not contact and "phone" not in self.errors:
            self.add_error(
                "phone", _("Write a phone number or an e-mail address: without one there is no contact.")
            )
        elif data.get("purpose") and data["purpose"] != Purpose.CONTACT and contact:
            self.add_error(
                "purpose", _("A phone number or e-mail address is kept only for the consent to be contacted.")
            )
        return data


class PositionForm(forms.ModelForm):
    """The title of a position, for everybody who sees it."""

    class Meta:
        model = Position
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.title
        show_long_texts(self)

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        self.instance.key = text_key(title)[:160]
        office = {"locality": self.instance.locality_id, "organization": self.instance.organization_id}
        if Position.objects.filter(**office, key=self.instance.key).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("There is another position of this title here already."))
        return title


class OrganizationForm(forms.ModelForm):
    women_led = forms.TypedChoiceField(
        label=_("Led by women"),
        required=False,
        choices=[("", _("Not stated")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )

    class Meta:
        model = Organization
        fields = ["name", "kind", "women_led"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.name
        led = self.instance.women_led
        self.initial["women_led"] = "" if led is None else "yes" if led else "no"
        show_long_texts(self)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        self.instance.key = text_key(name)[:200]
        twins = Organization.objects.filter(country=self.instance.country_id, key=self.instance.key)
        if twins.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                gettext("There is another organisation of this name in the country already.")
            )
        return name
