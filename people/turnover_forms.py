"""Forms about elections, what came of them, and what office-holders have to learn."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from core.forms import DateField, show_long_texts
from core.models import SharedText
from localities.choices import locality_choices
from localities.models import Country, Locality
from people.elections import Line, Outcome, last_of_month
from people.forms import past_day
from people.holding_forms import likely_term, term_field
from people.models import Election, ElectionState, Incumbency, TrainingNeed, TrainingTopic


class ElectionForm(forms.ModelForm):
    """A line of the election calendar, in the countries where `user` keeps it."""

    country = forms.ModelChoiceField(Country.objects.none(), to_field_name="code", label=_("Country"))
    locality = forms.ChoiceField(
        label=_("Only in"), required=False, help_text=_("Leave it empty for the whole country.")
    )
    row_version = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )

    data: Any  # a QueryDict: the stubs know less

    class Meta:
        model = Election
        fields = [
            "country",
            "title",
            "offices",
            "locality",
            "state",
            "held_on",
            "month_only",
            "note",
            "source",
            "as_of",
        ]
        field_classes = {"held_on": DateField, "as_of": DateField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("For example: Local elections 2028."),
            "offices": _("For example: mayors, municipal councillors."),
            "held_on": _("The day, or any day of the month if only the month is known."),
            "source": _("Where it was read: the act, the electoral commission, a newspaper."),
            "as_of": _("The day of that reading."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self.fields["source"].required = self.fields["as_of"].required = True
        countries = countries_kept_by(user)
        if self.instance.pk:
            del self.fields["country"]
            self.initial["row_version"] = self.instance.row_version
            countries = Country.objects.filter(pk=self.instance.country_id)
        else:
            self.initial["as_of"] = timezone.localdate()
            self.fields["country"].queryset = countries  # type: ignore[attr-defined]
            self.fields["country"].empty_label = _("Choose a country")  # type: ignore[attr-defined]
            if len(countries) == 1:
                self.initial["country"] = countries[0].code
            del self.fields["row_version"]
        places = Locality.objects.filter(country__in=countries).select_related("country")
        self.places = {place.code: place for place in places}
        choices = locality_choices(places)[1:]
        self.fields["locality"].choices = [("", _("The whole country")), *choices]  # type: ignore[attr-defined]
        self.initial["locality"] = self.instance.locality.code if self.instance.locality else ""

    def clean_locality(self) -> Locality | None:
        return self.places.get(self.cleaned_data["locality"])

    def clean_held_on(self) -> Any:
        return likely_term(self.cleaned_data["held_on"])

    def clean_as_of(self) -> Any:
        return past_day(self.cleaned_data["as_of"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        country = data.get("country") or (self.instance.country if self.instance.pk else None)
        place = data.get("locality")
        if place and country and place.country_id != country.pk:
            self.add_error("locality", _("This place lies in another country."))
        if "held_on" in data:
            self.check_day(data)
        return data

    def check_day(self, data: dict[str, Any]) -> None:
        """An election is held on a day, not before it; one that is postponed has none."""
        day, state = data["held_on"], data.get("state")
        if state == ElectionState.HELD:
            if day is None or data.get("month_only"):
                self.add_error("held_on", _("Write the exact day on which it was held."))
            elif day > timezone.localdate():
                self.add_error("held_on", _("This day is still to come: the election cannot have been held."))
        elif state == ElectionState.POSTPONED and day:
            self.add_error(
                "held_on", _("Postponed without a day: empty this field, or choose another state.")
            )
        elif day and data.get("month_only"):
            data["held_on"] = last_of_month(day)
        elif day is None:
            data["month_only"] = False

    def take_version(self, current: SharedText) -> None:
        """The next save is made knowing what the other wrote."""
        self.data = self.data.copy()
        self.data["row_version"] = str(current.row_version)

    @property
    def opened_version(self) -> int:
        return self.cleaned_data["row_version"] or 0

    def differences(self, current: SharedText) -> list[dict[str, Any]]:
        """Where what was typed departs from what stands now (components/conflict.html)."""
        found = []
        for name in self.Meta.fields:
            if name not in self.fields or getattr(current, name) == self.cleaned_data[name]:
                continue
            theirs, yours = shown(current, name), shown(self.instance, name)
            found.append({"label": self.fields[name].label, "theirs": theirs, "yours": yours})
        return found


def shown(election: Any, name: str) -> str:
    """A field as text."""
    if name == "state":
        return str(election.get_state_display())
    value = getattr(election, name)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value or "")


def countries_kept_by(user: User) -> Any:
    """Countries of which `user` keeps the calendar."""
    if user.scope.everywhere(Capability.KEEP_FRAMEWORKS):
        return Country.objects.all()
    return Country.objects.filter(pk__in=user.scope.countries(Capability.KEEP_FRAMEWORKS))


class OutcomeForm(forms.Form):
    """For each of `rows`, who held an office before the election: stays, left, or not known yet."""

    changed_on = DateField(
        label=_("Offices change hands on"),
        help_text=_("The day on which those who were elected took office."),
    )
    term_ends_on = term_field(_("The new terms end"))

    def __init__(
        self, *args: Any, election: Election, rows: Iterable[Incumbency], today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.election, self.today = election, today
        self.rows = {f"of-{row.code}": row for row in rows}
        self.fields["changed_on"].initial = election.held_on
        for name, row in self.rows.items():
            self.fields[name] = forms.ChoiceField(
                label=str(row.position),
                required=False,
                initial=Outcome.UNKNOWN,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                choices=Outcome.choices,
            )

    def clean_changed_on(self) -> Any:
        day = past_day(self.cleaned_data["changed_on"])
        if self.election.held_on and day < self.election.held_on:
            raise forms.ValidationError(gettext("Nobody left office by this election before it was held."))
        return day

    def clean_term_ends_on(self) -> Any:
        return likely_term(self.cleaned_data["term_ends_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, term = data.get("changed_on"), data.get("term_ends_on")
        if begins and term and term <= begins:
            self.add_error("term_ends_on", _("The new term would end before it began."))
        chosen = {data.get(name) or Outcome.UNKNOWN for name in self.rows}
        if chosen <= {Outcome.UNKNOWN} and not self.errors:
            self.add_error(None, _("Choose for one office at least who stays and who left."))
        if Outcome.STAYS in chosen and not term and "term_ends_on" not in self.errors:
            self.add_error(
                "term_ends_on", _("Somebody stays: write when the new term ends, as near as you know.")
            )
        return data

    def lines(self) -> list[Line]:
        return [
            Line(row, Outcome(self.cleaned_data[name] or Outcome.UNKNOWN)) for name, row in self.rows.items()
        ]

    def with_fields(self) -> list[tuple[Incumbency, forms.BoundField]]:
        return [(row, self[name]) for name, row in self.rows.items()]


class TrainingNeedForm(forms.ModelForm):
    """What the holder of a position has to learn."""

    class Meta:
        model = TrainingNeed
        fields = ["topic", "note", "noted_on"]
        field_classes = {"noted_on": DateField}
        help_texts = {"note": _("Of the office, not of a person: no names.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self.initial["noted_on"] = self.instance.noted_on or timezone.localdate()
        topics = [choice for choice in self.fields["topic"].choices if choice[0]]  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", _("Choose a topic")), *topics]  # type: ignore[attr-defined]

    def clean_noted_on(self) -> Any:
        return past_day(self.cleaned_data["noted_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        topic = data.get("topic")
        if topic == TrainingTopic.OTHER and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say in words what it is."))
        same = TrainingNeed.objects.still_open().filter(position=self.instance.position_id, topic=topic)
        if topic and topic != TrainingTopic.OTHER and same.exists():
            self.add_error("topic", _("This need is written down already."))
        return data


class NeedMetForm(forms.Form):
    """On which day a need was met."""

    met_on = DateField(label=_("Met on"))

    def __init__(self, *args: Any, need: TrainingNeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need = need
        self.fields["met_on"].initial = timezone.localdate

    def clean_met_on(self) -> Any:
        day = past_day(self.cleaned_data["met_on"])
        if day < self.need.noted_on:
            raise forms.ValidationError(gettext("This day lies before the need was noted."))
        return day
