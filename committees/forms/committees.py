"""Forms of committees."""

import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from committees.editing import SharedForm
from committees.forms.offices import organization_field
from committees.models import Committee, CommitteeKind
from committees.states import CommitteeState, MeetingFrequency
from core.forms import DateField
from localities.choices import locality_choices
from localities.models import Locality

FIRST_YEAR = 1950


class LocalityField(forms.ChoiceField):
    """A locality among `localities`, grouped by country, each below the one it belongs to."""

    def offer(self, localities: Any) -> None:
        self.localities = {locality.code: locality for locality in localities}
        self.choices = locality_choices(self.localities.values())

    def clean(self, value: Any) -> Locality | None:
        return self.localities.get(super().clean(value))


class HigherCommitteeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.locality}"


class CommitteeForm(SharedForm):
    locality = LocalityField(label=_("Locality"))
    state = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        initial=CommitteeState.ESTABLISHED,
        choices=[
            (CommitteeState.ESTABLISHED, _("It is set up")),
            (CommitteeState.PROPOSED, _("It is proposed: the day of its setting up is open")),
        ],
        widget=forms.RadioSelect,
    )
    established_on = DateField(label=_("Set up on"), required=False)
    legal_act_on = DateField(label=_("Day of the act"), required=False)
    responsible_name = organization_field(
        label=_("Responsible department"),
        required=False,
        help_text=_("The government unit that a monitoring board belongs to. Without it no board is active."),
    )
    reports_to = HigherCommitteeField(
        label=_("Higher committee"),
        required=False,
        queryset=Committee.objects.none(),
        to_field_name="code",
        empty_label=_("None"),
        help_text=_("Where it sends on what it cannot decide itself. Of the same country."),
    )

    class Meta:
        model = Committee
        fields = [
            "kind",
            "state",
            "locality",
            "name",
            "established_on",
            "mandate",
            "legal_act",
            "legal_act_on",
            "meeting_frequency",
            "quorum",
            "reports_to",
        ]
        widgets = {
            "mandate": forms.Textarea(attrs={"rows": 4}),
            "kind": forms.Select(),
            "quorum": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }

    field_order = [
        "kind",
        "locality",
        "name",
        "state",
        "established_on",
        "mandate",
        "legal_act",
        "legal_act_on",
        "meeting_frequency",
        "quorum",
        "responsible_name",
        "reports_to",
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            for name in ("locality", "state"):  # its plans belong to the place; states are moved, not typed
                del self.fields[name]
            self.initial["responsible_name"] = str(self.instance.responsible or "")
        else:
            del self.fields["quorum"]  # of seats that are not there yet
            self._offer_places()
        self._offer_higher()
        self._word_fields()

    def _offer_places(self) -> None:
        places = Locality.objects.filter(self.user.scope.rows(Capability.SET_UP_COMMITTEES, locality=""))
        if self.instance.established_at:
            places = places.filter(country=self.instance.established_at.locality.country_id)
        cast(LocalityField, self.fields["locality"]).offer(places.select_related("country"))

    def _offer_higher(self) -> None:
        """Committees that the user sees, of the country where it is known, and the present one."""
        offered = Committee.objects.visible_to(self.user).exclude(state=CommitteeState.DISSOLVED)
        if self.instance.pk:
            offered = offered.filter(locality__country=self.instance.locality.country_id)
            offered = offered.exclude(pk=self.instance.pk)
        if self.instance.reports_to_id:
            offered |= Committee.objects.filter(pk=self.instance.reports_to_id)
            self.initial["reports_to"] = self.instance.reports_to
        field = cast(forms.ModelChoiceField, self.fields["reports_to"])
        field.queryset = offered.select_related("locality").order_by("locality__country", "name").distinct()

    def _word_fields(self) -> None:
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Left empty: the type and the locality make the name.")
        self.fields["mandate"].help_text = _("What the committee was asked to do, in a few sentences.")
        self.fields["legal_act"].help_text = _(
            "The order, decree or by-law that it rests on, with its number."
        )
        self.fields["meeting_frequency"].required = False
        self.fields["meeting_frequency"].label = _("Meets")
        if "quorum" in self.fields:
            self.fields["quorum"].help_text = _(
                "How many voting seats must be there to decide. Left empty: more than half of them."
            )

    def for_row(self, row: Any) -> "CommitteeForm":
        return type(self)(instance=row, user=self.user)

    def clean_established_on(self) -> Any:
        day = self.cleaned_data["established_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                gettext("This day has not come yet. Enter the committee when it is set up.")
            )
        return with_year(day)

    def clean_legal_act_on(self) -> Any:
        day = self.cleaned_data["legal_act_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return with_year(day)

    def clean_meeting_frequency(self) -> str:
        return self.cleaned_data["meeting_frequency"] or MeetingFrequency.AS_NEEDED

    def clean_quorum(self) -> int | None:
        quorum = self.cleaned_data["quorum"]
        if quorum == 0:
            raise forms.ValidationError(gettext("At least one seat must be there."))
        return quorum

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        locality = self.instance.locality if self.instance.pk else cleaned.get("locality")
        if not cleaned.get("name") and "name" not in self.errors and locality:
            cleaned["name"] = default_name(locality, cleaned.get("kind"))
        self._clean_state(cleaned)
        higher = cleaned.get("reports_to")
        if higher and locality and higher.locality.country_id != locality.country_id:
            self.add_error("reports_to", gettext("This committee works in another country."))
        if cleaned.get("legal_act_on") and not cleaned.get("legal_act"):
            self.add_error("legal_act", gettext("Write which act it is."))
        return cleaned

    def _clean_state(self, cleaned: dict[str, Any]) -> None:
        """What is set up has a day; what is proposed has none."""
        state = (
            self.instance.state if self.instance.pk else cleaned.get("state") or CommitteeState.ESTABLISHED
        )
        if "state" in self.fields:
            cleaned["state"] = state
        if state == CommitteeState.PROPOSED and not self.errors:
            cleaned["established_on"] = None
        needs_day = state in {CommitteeState.ESTABLISHED, CommitteeState.ACTIVE}
        if needs_day and not cleaned.get("established_on") and "established_on" not in self.errors:
            self.add_error("established_on", gettext("Write on which day it was set up."))


def with_year(day: datetime.date | None) -> datetime.date | None:
    """Days of another age are typing errors."""
    if day and day.year < FIRST_YEAR:
        raise forms.ValidationError(gettext("Look at the year again."))
    return day


def default_name(locality: Locality, kind: str | None = None) -> str:
    """What the strategy calls it (GNWP, 2018); boards and regional committees by their type."""
    if kind == CommitteeKind.MONITORING:
        return gettext("Monitoring board on UNSCR 1325, %(locality)s") % {"locality": locality}
    if kind == CommitteeKind.REGIONAL:
        return gettext("Regional Steering Committee on UNSCR 1325, %(locality)s") % {"locality": locality}
    return gettext("Local Steering Committee on UNSCR 1325, %(locality)s") % {"locality": locality}
