"""The form of a workshop. What the database refuses, a form refuses first, at the field."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, User
from accounts.roles import Capability, roles_with
from core.forms import DateInput
from localities.choices import locality_choices
from localities.languages import LANGUAGES
from localities.models import Locality
from workshops.models import Workshop
from workshops.states import WorkshopKind

LONGEST_WORKSHOP = 31  # days
FIRST_YEAR, LAST_YEAR = 2000, 2100  # the year of the resolution, and no typing error


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
