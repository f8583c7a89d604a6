"""Forms of the workshops app. What the database refuses, a form refuses first, at the field."""

import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, User
from accounts.roles import Capability, roles_with
from core.forms import DateInput
from localities.categories import ActorCategory
from localities.choices import locality_choices
from localities.languages import LANGUAGES
from localities.models import Country, Locality
from people.consent import Given, Purpose
from people.models import AgeBand, Organization, Position, Sex
from people.names import name_key
from workshops.models import Workshop
from workshops.services import Details
from workshops.states import WorkshopKind

LONGEST_WORKSHOP = 31  # days
FIRST_YEAR, LAST_YEAR = 2000, 2100  # the year of the resolution, and no typing error
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


class WorkshopForm(forms.ModelForm):
    """A workshop; title, last day and language are filled in where they are left empty."""

    locality = forms.ChoiceField(label=_("Locality"))
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("The country's first language")), *LANGUAGES.items()],
    )
    facilitators = forms.ModelMultipleChoiceField(
        User.objects.none(),
        to_field_name="code",
        label=_("Run by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only those who run it see the names. Take the tick away for somebody who no longer does."
        ),
    )
    add_facilitator = forms.EmailField(
        label=_("Another facilitator"),
        required=False,
        help_text=_("The e-mail address of an account that may run workshops in this locality."),
    )

    class Meta:
        model = Workshop
        fields = ["kind", "title", "locality", "starts_on", "ends_on", "language", "expected", "target"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        labels = {
            "kind": _("Type"),
            "title": _("Title"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "expected": _("How many people do you expect?"),
            "target": _("Target share (%)"),
        }
        help_texts = {
            "title": _("If you leave it empty: the type and the place."),
            "ends_on": _("If you leave it empty: one day, or two for a writeshop."),
            "target": _("Local authorities among all who come. The strategy aims at about 60%."),
        }
        error_messages = {
            "expected": {"min_value": _("At least one person.")},
            "target": {
                "min_value": _("A share is between 1 and 100."),
                "max_value": _("A share is between 1 and 100."),
            },
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["title"].required = self.fields["ends_on"].required = False
        in_scope = user.scope.rows(Capability.RUN_WORKSHOPS, locality="")
        places = Locality.objects.visible_to(user).filter(in_scope).select_related("country")
        self.fields["locality"].choices = locality_choices(places)  # type: ignore[attr-defined]
        if self.instance.pk:
            current = self.instance.facilitators.all()
            self.fields["facilitators"].queryset = current  # type: ignore[attr-defined]
            self.initial.update(facilitators=current, locality=self.instance.locality.code)
        else:
            del self.fields["facilitators"], self.fields["add_facilitator"]

    def clean_locality(self) -> Locality:
        locality = Locality.objects.select_related("country").get(code=self.cleaned_data["locality"])
        moved = self.instance.pk and locality != self.instance.locality
        if moved and locality.country_id != self.instance.locality.country_id:
            raise forms.ValidationError(_("A workshop stays in its country: its people are counted there."))
        return locality

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, locality, starts_on = data.get("kind"), data.get("locality"), data.get("starts_on")
        if locality and not data.get("language"):
            data["language"] = (locality.country.languages or ["en"])[0]
        if locality and kind and not data.get("title"):
            data["title"] = f"{WorkshopKind(kind).label}, {locality}"[:160]
        if starts_on and "ends_on" in data:
            self.complete_dates(data, starts_on)
        if "facilitators" in self.fields:
            self.choose_runners(data)
        return data

    def complete_dates(self, data: dict[str, Any], starts_on: datetime.date) -> None:
        """The last day: as typed, or by the type (BR2: a writeshop lasts two days)."""
        if not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
            self.add_error("starts_on", _("Please check the year."))
            return
        days = 2 if data.get("kind") == WorkshopKind.WRITESHOP else 1
        ends_on = data["ends_on"] = data["ends_on"] or starts_on + datetime.timedelta(days=days - 1)
        if ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first day."))
        elif (ends_on - starts_on).days >= LONGEST_WORKSHOP:
            self.add_error("ends_on", _("That is longer than a month: please check both days."))

    def choose_runners(self, data: dict[str, Any]) -> None:
        """Those who stay and the one who is added; somebody must run the workshop."""
        email, locality = data.get("add_facilitator"), data.get("locality")
        chosen = list(data.get("facilitators") or [])
        if email and locality:
            added = facilitator_with_address(email, locality)
            if added is None:
                self.add_error(
                    "add_facilitator",
                    _("No account with this address may run workshops here. Ask your coordinator."),
                )
            elif added not in chosen:
                chosen.append(added)
        if not chosen and not email:
            self.add_error("facilitators", _("Somebody must run the workshop: leave one name ticked."))
        data["runners"] = chosen


def facilitator_with_address(email: str, locality: Locality) -> User | None:
    """The active account of that address, if it may run workshops in the locality."""
    held = Assignment.objects.filter(role__in=roles_with(Capability.RUN_WORKSHOPS)).values("user")
    user = User.objects.filter(email__iexact=email, is_active=True, pk__in=held).first()
    return user if user and user.scope.covers(Capability.RUN_WORKSHOPS, locality) else None


class CountedForm(forms.Form):
    """What is counted of everybody: category, sex and age band."""

    category = forms.ChoiceField(label=_("Category"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        choices = category_choices(workshop.locality.country)
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        for name in ("sex", "age_band"):
            self.fields[name].error_messages["required"] = _("Choose one; “Not stated” is an answer.")

    def details(self) -> Details:
        """The valid form as the services take it."""
        names = Details.__dataclass_fields__
        return Details(**{name: self.cleaned_data.get(name, "") for name in names})


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
    how = forms.ChoiceField(
        label=_("How did the person agree?"),
        choices=Given.choices,
        initial=Given.SPOKEN,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "position", "organization", "phone", "email"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

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
        }
        return [purpose for purpose, agreed in ticked.items() if agreed]


class RegistrationForm(NamedForm):
    """One person after the other. `submission` makes a form that is sent twice count once."""

    agrees = forms.BooleanField(
        label=_("The person has heard this and agrees"),
        error_messages={
            "required": _("Without consent the name is not written down: use “Count without a name”.")
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["full_name"].widget.attrs["autofocus"] = True


class UnnamedForm(CountedForm):
    """The same page for somebody who does not agree: category, sex and age, and the name is not read."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CorrectionForm(NamedForm):
    """A registration as it stands, to be corrected."""
