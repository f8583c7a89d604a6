"""The form of a workshop. What the database refuses, a form refuses first, at the field."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, User
from accounts.roles import Capability, roles_with
from core.forms import DateInput, show_long_texts
from localities.choices import locality_choices
from localities.languages import LANGUAGES, language_choices
from localities.models import Country, Locality
from workshops.kinds import needs_length_reason, suggested_training, usual
from workshops.models import Workshop
from workshops.safety import WHAT_IT_CHANGES
from workshops.states import RiskLevel, WorkshopKind
from workshops.turnout import DEFAULT_TARGET

LONGEST_WORKSHOP = 31  # days
FIRST_YEAR, LAST_YEAR = 2000, 2100  # the year of the resolution, and no typing error
LONGEST_SECRET = 5000  # characters of a text that is stored encrypted

ESSENTIALS = ["kind", "locality", "title", "starts_on", "ends_on", "length_reason", "language"]
NUMBERS = ["expected", "target"]
# In sections that open by themselves when they hold something.
REACH = ["is_national", "other_localities"]
LANGUAGES_SPOKEN = ["other_languages"]
MONEY = ["series", "partners", "funding"]
COUNTED = ["childcare_for", "travel_for", "interpretation_for"]
ACCESS = [*COUNTED, "access_note"]
SAFETY = ["risk_level", "venue", "safety_plan"]
LATER = [*REACH, *LANGUAGES_SPOKEN, *MONEY, *ACCESS, *SAFETY]


class WorkshopForm(forms.ModelForm):
    """A workshop. A new one asks for the essentials only; what is left empty is filled in by its kind."""

    locality = forms.ChoiceField(label=_("Locality"))
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("The country's first language")), *LANGUAGES.items()],
    )
    other_localities = forms.MultipleChoiceField(
        label=_("Also for these localities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who follows the work in one of them sees this workshop, too."),
    )
    other_languages = forms.MultipleChoiceField(
        label=_("Other languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    risk_level = forms.ChoiceField(
        label=_("How dangerous may it be to be known as somebody who was there?"),
        choices=[(level, f"{level.label}. {WHAT_IT_CHANGES[level]}") for level in RiskLevel],
        widget=forms.RadioSelect,
    )
    venue = forms.CharField(
        label=_("Venue"),
        required=False,
        max_length=LONGEST_SECRET,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept encrypted. Only those who run the workshop see it."),
    )
    safety_plan = forms.CharField(
        label=_("Safety plan"),
        required=False,
        max_length=LONGEST_SECRET,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Who looks after people when a conversation becomes too much, who is called, how everybody "
            "gets home, what is done when strangers come. Kept encrypted."
        ),
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
        fields = [*ESSENTIALS, *NUMBERS, *(name for name in LATER if name != "other_localities")]
        widgets = {
            "starts_on": DateInput,
            "ends_on": DateInput,
            "partners": forms.Textarea(attrs={"rows": 3}),
            "funding": forms.Textarea(attrs={"rows": 3}),
            "access_note": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "kind": _("Type"),
            "title": _("Title"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "length_reason": _("Why is it not two days long?"),
            "expected": _("How many people do you expect?"),
            "target": _("Target share (%)"),
            "is_national": _("It is for the whole country"),
            "series": _("Programme or project it belongs to"),
            "partners": _("Partners"),
            "funding": _("Who pays for it"),
            "childcare_for": _("Childcare, for so many people"),
            "travel_for": _("Travel paid, for so many people"),
            "interpretation_for": _("Interpretation, for so many people"),
            "access_note": _("What else makes it possible to come"),
        }
        help_texts = {
            "title": _("If you leave it empty: the type and the place."),
            "ends_on": _("If you leave it empty: as many days as is usual for the type."),
            "length_reason": _("Only asked for a writeshop of another length: a writeshop has two days."),
            "expected": _("If you leave it empty: what is usual for the type."),
            "target": _(
                "Local authorities among all who come. About 60% is the aim of a Localization workshop; for "
                "another event write what you aim at."
            ),
            "series": _("Workshops of the same programme can be found together in the list."),
            "access_note": _(
                "Time of day, food, a companion, permission to be asked for at home, a place without steps."
            ),
        }
        error_messages = {
            "expected": {"min_value": _("At least one person.")},
            "target": {
                "min_value": _("A share is between 1 and 100."),
                "max_value": _("A share is between 1 and 100."),
            },
        }

    def __init__(self, *args: Any, user: User, sees_all: bool = False, **kwargs: Any) -> None:
        """`sees_all`: the user runs the workshop, and may read where it is and how it is kept safe."""
        super().__init__(*args, **kwargs)
        self.user = user
        in_scope = user.scope.rows(Capability.RUN_WORKSHOPS, locality="")
        places = Locality.objects.visible_to(user).filter(in_scope).select_related("country")
        self.fields["locality"].choices = locality_choices(places)  # type: ignore[attr-defined]
        for name in ("title", "starts_on", "ends_on", *NUMBERS, *COUNTED, "risk_level"):
            self.fields[name].required = False
        if self.instance.pk:
            self.open_in_full(sees_all=sees_all)
        else:
            for name in (*LATER, "facilitators", "add_facilitator"):
                del self.fields[name]
            self.initial["expected"] = None
        show_long_texts(self)

    def open_in_full(self, *, sees_all: bool) -> None:
        """All sections, with the choices of the workshop's own country."""
        workshop = self.instance
        current = workshop.facilitators.all()
        others = workshop.other_localities.all()
        self.fields["facilitators"].queryset = current  # type: ignore[attr-defined]
        self.initial.update(facilitators=current, locality=workshop.locality.code)
        self.initial["other_localities"] = [locality.code for locality in others]
        country = workshop.locality.country
        _placeholder, *groups = locality_choices(
            Locality.objects.filter(country=country).select_related("country")
        )
        choices = [choice for _country, members in groups for choice in members]
        self.fields["other_localities"].choices = choices  # type: ignore[attr-defined]
        self.fields["other_languages"].choices = language_choices(country.languages)  # type: ignore[attr-defined]
        if not sees_all:
            del self.fields["venue"], self.fields["safety_plan"]

    def has_something(self, *names: str) -> bool:
        """Whether a section holds an answer or an error, and is therefore shown unfolded."""
        for name in names:
            if name not in self.fields:
                continue
            value = self[name].value()
            if self[name].errors or (value and value not in ("0", RiskLevel.LOW)):
                return True
        return False

    @property
    def opens(self) -> dict[str, bool]:
        sections = {
            "length": ["length_reason"],
            "reach": REACH,
            "languages": LANGUAGES_SPOKEN,
            "money": MONEY,
            "access": ACCESS,
            "safety": SAFETY,
        }
        return {section: self.has_something(*names) for section, names in sections.items()}

    def clean_locality(self) -> Locality:
        locality = Locality.objects.select_related("country").get(code=self.cleaned_data["locality"])
        moved = self.instance.pk and locality != self.instance.locality
        if moved and locality.country_id != self.instance.locality.country_id:
            raise forms.ValidationError(_("A workshop stays in its country: its people are counted there."))
        return locality

    def clean_risk_level(self) -> str:
        return self.cleaned_data["risk_level"] or self.instance.risk_level

    def clean_other_localities(self) -> list[Locality]:
        return list(Locality.objects.filter(code__in=self.cleaned_data["other_localities"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, locality = data.get("kind"), data.get("locality")
        if locality and not data.get("language"):
            data["language"] = (locality.country.languages or ["en"])[0]
        if locality and kind and not data.get("title"):
            data["title"] = f"{WorkshopKind(kind).label}, {locality}"[:160]
        if kind:
            self.complete_numbers(data, kind)
            self.complete_dates(data, kind)
        if locality and "other_localities" in data:
            data["other_localities"] = [place for place in data["other_localities"] if place != locality]
        if "facilitators" in self.fields:
            self.choose_runners(data)
        return data

    def complete_numbers(self, data: dict[str, Any], kind: str) -> None:
        """What was left empty, as is usual for the type; a new national event is national (F34)."""
        if "expected" in data and data["expected"] is None:
            data["expected"] = usual(kind).expected
        if "target" in data and data["target"] is None:
            data["target"] = DEFAULT_TARGET
        for name in COUNTED:
            if name in data and data[name] is None:
                data[name] = 0
        if not self.instance.pk:
            self.instance.is_national = usual(kind).is_national

    def complete_dates(self, data: dict[str, Any], kind: str) -> None:
        """The days: as typed, or by the type (BR2: a writeshop lasts two days; BR3: a training of
        trainers comes about six months after the last workshop)."""
        if "starts_on" not in data or "ends_on" not in data:
            return
        if data["starts_on"] is None and kind == WorkshopKind.TRAINING_OF_TRAINERS and data.get("locality"):
            data["starts_on"] = suggested_training_in(data["locality"].country, self.user)
        if data["starts_on"] is None:
            self.add_error("starts_on", self.fields["title"].error_messages["required"])
        elif check_days(self, data, usual_days=usual(kind).days):
            days = (data["ends_on"] - data["starts_on"]).days + 1
            if needs_length_reason(kind, days) and not data.get("length_reason"):
                self.add_error("length_reason", _("A writeshop has two days. Say why this one has not."))

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


def check_days(form: forms.BaseForm, data: dict[str, Any], *, usual_days: int) -> bool:
    """Fill in a last day that was left empty, and refuse what cannot be; says whether the days stand."""
    starts_on: datetime.date = data["starts_on"]
    if not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        form.add_error("starts_on", _("Please check the year."))
        return False
    ends_on = data["ends_on"] = data["ends_on"] or starts_on + datetime.timedelta(days=usual_days - 1)
    if ends_on < starts_on:
        form.add_error("ends_on", _("The last day is before the first day."))
    elif (ends_on - starts_on).days >= LONGEST_WORKSHOP:
        form.add_error("ends_on", _("That is longer than a month: please check both days."))
    return "ends_on" not in form.errors


def last_localization_in(country: Country, user: Any) -> Workshop | None:
    """The last Localization workshop that took place in the country, as far as `user` may see it and
    its days."""
    held = Workshop.objects.visible_to(user).held().for_reader(user)
    in_country = held.filter(kind=WorkshopKind.LOCALIZATION, locality__country=country)
    return next((each for each in in_country.order_by("-ends_on")[:20] if each.shows_days), None)


def suggested_training_in(country: Country, user: Any) -> datetime.date | None:
    """When a training of trainers may begin there (F33); None before the first workshop, and once that
    day is over."""
    last = last_localization_in(country, user)
    day = suggested_training(last.ends_on) if last else None
    return day if day and day >= timezone.localdate() else None


def training_hints(user: User) -> list[str]:
    """The suggested day for each country in which the user runs workshops; none before a workshop."""
    in_scope = user.scope.rows(Capability.RUN_WORKSHOPS, locality="localities")
    days = {
        country: suggested_training_in(country, user)
        for country in Country.objects.filter(in_scope).distinct()[:20]
    }
    return [f"{country}: {date_format(day)}" for country, day in days.items() if day]


def facilitator_with_address(email: str, locality: Locality) -> User | None:
    """The active account of that address, if it may run workshops in the locality."""
    held = Assignment.objects.filter(role__in=roles_with(Capability.RUN_WORKSHOPS)).values("user")
    user = User.objects.filter(email__iexact=email, is_active=True, pk__in=held).first()
    return user if user and user.scope.covers(Capability.RUN_WORKSHOPS, locality) else None
