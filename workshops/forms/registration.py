"""The forms of registration: by name, by head-count, and to correct what was written down."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from localities.categories import ActorCategory
from localities.languages import language_name
from localities.models import Country
from people.consent import Given, Purpose
from people.models import AgeBand, Organization, Position, Sex
from people.names import name_key
from workshops.forms.places import PlaceField
from workshops.models import Entry, Residence, Standing, Workshop
from workshops.programme import HalfDay
from workshops.services import Details
from workshops.states import RiskLevel

SUGGESTED = 40


def category_choices(country: Country) -> list[tuple[str, Any]]:
    """The strategy's list, those who count as local authorities in the country first."""
    authorities = country.local_authority_categories()
    others = [category for category in ActorCategory if category not in authorities]
    choices: list[tuple[str, Any]] = [("", _("Choose a category"))]
    for name, members in ((_("Local authorities, as counted here"), authorities), (_("Others"), others)):
        choices.append((str(name), [(one.value, one.label) for one in members]))
    return choices


def positions_suggested(workshop: Workshop, user: User) -> QuerySet[Position, str]:
    """Titles used in this locality before; few, because the page travels over weak links."""
    used = Position.objects.visible_to(user).filter(locality=workshop.locality)
    return used.order_by("title").values_list("title", flat=True).distinct()[:SUGGESTED]


def organizations_suggested(workshop: Workshop, user: User) -> QuerySet[Organization, str]:
    """Organisations with a position in this locality, or somebody registered in this workshop."""
    positions = Position.objects.filter(locality=workshop.locality)
    here = Q(pk__in=positions.values("organization")) | Q(
        pk__in=workshop.participations.values("organization")
    )
    used = Organization.objects.visible_to(user).filter(here)
    return used.order_by("name").values_list("name", flat=True).distinct()[:SUGGESTED]


class CountedForm(forms.Form):
    """What is counted of everybody: category, sex, age band, and from where."""

    category = forms.ChoiceField(label=_("Category"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices, widget=forms.RadioSelect)
    comes_from = PlaceField()

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = self.fields["comes_from"].workshop = workshop  # type: ignore[attr-defined]
        choices = category_choices(workshop.locality.country)
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        for name in ("sex", "age_band"):
            self.fields[name].error_messages["required"] = _("Choose one; “Not stated” is an answer.")

    def details(self) -> Details:
        """The valid form as the services take it."""
        data = self.cleaned_data | {"locality": self.cleaned_data["comes_from"]}
        known = {name: data[name] for name in Details.__dataclass_fields__ if name in data}
        return Details(**({"full_name": ""} | known))


class TallyForm(CountedForm):
    """A head-count: so many people, without names."""

    count = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write the number in digits, for example 12."),
            "min_value": _("At least one person."),
            "max_value": _("At most %(limit_value)s people in one head-count."),
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sex"].initial, self.fields["age_band"].initial = Sex.UNSTATED, AgeBand.UNSTATED


# The permissions beyond the list itself, each with its own tick (domain.md §2.7). Contact and guardian
# stand apart: they go with fields of their own.
MORE_PERMISSIONS = {
    "agrees_committee": Purpose.SHOW_TO_COMMITTEE,
    "agrees_report": Purpose.NAME_IN_REPORT,
    "agrees_photo": Purpose.PHOTO,
    "agrees_partner": Purpose.SHARE_WITH_PARTNER,
}


class NamedForm(CountedForm):
    """What is written down of somebody by name, contact only with consent."""

    full_name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocapitalize": "words"})
    )
    position = forms.CharField(
        label=_("Position"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"list": "positions"}),
    )
    organization = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "organizations"}),
    )
    phone = forms.RegexField(
        r"^\+?[\d\s()./-]{5,40}$",
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TelInput,
        error_messages={"invalid": _("Write the number in digits, for example +243 81 234 5678.")},
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    agrees_contact = forms.BooleanField(label=_("The person agrees to be contacted"), required=False)
    guardian_agrees = forms.BooleanField(label=_("A parent or guardian agrees"), required=False)
    field_order = ("full_name", "category", "position", "organization", "sex", "age_band")
    agrees_committee = forms.BooleanField(label=Purpose.SHOW_TO_COMMITTEE.label, required=False)
    agrees_report = forms.BooleanField(label=Purpose.NAME_IN_REPORT.label, required=False)
    agrees_photo = forms.BooleanField(label=Purpose.PHOTO.label, required=False)
    agrees_partner = forms.BooleanField(label=Purpose.SHARE_WITH_PARTNER.label, required=False)
    how = forms.ChoiceField(
        label=_("How did the person agree?"),
        choices=Given.choices,
        initial=Given.SPOKEN,
        widget=forms.RadioSelect,
    )
    witness = forms.CharField(
        label=_("Witness"),
        help_text=_("Who else was there when it was said or signed. May stay empty."),
        max_length=150,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language in which it was explained"), required=False)
    residence = forms.ChoiceField(
        label=_("Lives in a place that is"),
        choices=Residence.choices,
        initial=Residence.UNSTATED,
        required=False,
        widget=forms.RadioSelect,
    )
    standing = forms.ChoiceField(
        label=_("Does this person hold office, money or a title?"),
        help_text=_(
            "Your own judgement as organiser: nobody is asked. It shows whether others than the "
            "well-known are reached, and stays with those who run the workshop."
        ),
        choices=Standing.choices,
        initial=Standing.UNSTATED,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "position", "organization", "phone", "email", "witness"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        if self.workshop.risk_level == RiskLevel.HIGH:
            del self.fields["agrees_photo"]  # nobody is photographed there: not even asked
        languages = self.languages()
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["language"].initial = languages[0][0]

    def languages(self) -> list[tuple[str, str]]:
        """Those of the workshop first, then the country's."""
        workshop = self.workshop
        spoken = [workshop.language, *workshop.other_languages, *workshop.locality.country.languages]
        return [(code, language_name(code)) for code in dict.fromkeys(spoken)]

    def clean_residence(self) -> str:
        return self.cleaned_data["residence"] or Residence.UNSTATED

    def clean_standing(self) -> str:
        return self.cleaned_data["standing"] or Standing.UNSTATED

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if name and not name_key(name):
            raise forms.ValidationError(_("Write the name in letters."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("phone") or data.get("email")) and not data.get("agrees_contact"):
            self.add_error(
                "agrees_contact",
                _("Phone and e-mail are kept only if the person agrees; else leave both empty."),
            )
        if data.get("age_band") == AgeBand.UNDER_18 and not data.get("guardian_agrees"):
            self.add_error(
                "guardian_agrees",
                _("Somebody under 18 is named only when a guardian agrees, else counted without a name."),
            )
        return data

    def purposes(self) -> list[Purpose]:
        """What the person agreed to, as ticked."""
        data = self.cleaned_data
        contact = data["agrees_contact"] and (data["phone"] or data["email"])
        ticked = {
            Purpose.REGISTER: data.get("agrees"),
            Purpose.CONTACT: contact,
            Purpose.GUARDIAN: data["guardian_agrees"] and data["age_band"] == AgeBand.UNDER_18,
        } | {purpose: data.get(name) for name, purpose in MORE_PERMISSIONS.items()}
        return [purpose for purpose, agreed in ticked.items() if agreed]

    def refused(self) -> list[Purpose]:
        """What the form asks about in plain ticks and the person does not agree to."""
        return [
            purpose
            for name, purpose in MORE_PERMISSIONS.items()
            if name in self.fields and not self.cleaned_data[name]
        ]


class RegistrationForm(NamedForm):
    """One person after the other. `submission` makes a form that is sent twice count once."""

    agrees = forms.BooleanField(
        label=_("The person has heard this and agrees"),
        error_messages={
            "required": _("Without consent the name is not written down: use “Count without a name”.")
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    entry = forms.ChoiceField(
        choices=[(Entry.DESK, ""), (Entry.PAPER, "")], required=False, widget=forms.HiddenInput
    )
    half = forms.MultipleChoiceField(
        label=_("Signed in on the paper list for"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, half_days: Sequence[HalfDay] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.half_days = {each.key: each for each in half_days}
        if half_days:
            self.fields["half"].choices = [(each.key, each.label) for each in half_days]  # type: ignore[attr-defined]
        else:
            del self.fields["half"]  # at the door attendance has its own page
        if not self.is_bound:
            self.fields["full_name"].widget.attrs["autofocus"] = True

    def clean_entry(self) -> str:
        return self.cleaned_data["entry"] or Entry.DESK

    def present(self) -> list[HalfDay]:
        """The half-days on which the paper list has this person."""
        return [self.half_days[key] for key in self.cleaned_data.get("half", ())]


class UnnamedForm(CountedForm):
    """The same page for somebody who does not agree: category, sex and age, and the name is not read."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CorrectionForm(NamedForm):
    """A registration as it stands, to be corrected."""
