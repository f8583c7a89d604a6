"""The forms of commitments: what was promised and by which office, what was heard, how it ended."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateField, show_long_texts
from localities.choices import locality_choices
from localities.models import Locality
from people.models import Organization, Position
from workshops.followup import Milestone, reached
from workshops.forms.results import OfWorkshopForm
from workshops.models import Commitment, CommitmentState, Progress, Workshop
from workshops.services.commitments import Office

SUGGESTED = 60
LONGEST_PROMISE = 10 * 366  # days


def typed(label: Any, options: str, **kwargs: Any) -> forms.CharField:
    """A name to type, with suggestions from the datalist of that id."""
    widget = forms.TextInput(attrs={"list": options, "autocomplete": "off"})
    return forms.CharField(label=label, widget=widget, **kwargs)


class CommitmentForm(OfWorkshopForm):
    """A promise of an office, not of a person: it stays when the office-holder changes."""

    title = typed(
        _("Position that promised it"),
        "commitment-titles",
        max_length=160,
        help_text=_("The office, not the person: “Mayor”, “Head of the gender division”."),
    )
    organization = typed(
        _("Organisation or institution"), "commitment-organizations", max_length=200, required=False
    )
    locality = forms.ChoiceField(label=_("Of which place"))
    due_on = DateField(label=_("Due"), error_messages={"required": _("By when? A promise needs a day.")})

    class Meta:
        model = Commitment
        fields = ["text", "title", "organization", "locality", "due_on", "pillar"]
        labels = {"text": _("What was promised?")}
        help_texts = {"text": _("One promise, concrete enough to see later whether it was kept.")}

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        places = Locality.objects.filter(country=workshop.locality.country).select_related("country")
        self.localities = {place.code: place for place in places}
        self.fields["locality"].choices = locality_choices(places)  # type: ignore[attr-defined]
        self.initial["locality"] = workshop.locality.code
        if self.instance.pk:
            owner = self.instance.owner
            organization = owner.organization.name if owner.organization else ""
            self.initial.update(
                {
                    "title": owner.title,
                    "organization": organization,
                    "locality": owner.locality.code,
                }
            )

    def clean_due_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["due_on"]
        if day < self.workshop.starts_on:
            raise forms.ValidationError(_("That is before the workshop: a promise looks ahead."))
        if (day - self.workshop.ends_on).days > LONGEST_PROMISE:
            raise forms.ValidationError(_("That is more than ten years ahead: please check the year."))
        return day

    def owner(self) -> Office:
        data = self.cleaned_data
        return Office(
            title=data["title"],
            organization=data["organization"],
            locality=self.localities[data["locality"]],
        )


def offices_suggested(workshop: Workshop, user: User) -> dict[str, list[str]]:
    """The positions and organisations of those registered here, then those known in the place."""
    positions = Position.objects.visible_to(user)
    here = positions.filter(participations__workshop=workshop)
    nearby = positions.filter(locality=workshop.locality)
    organizations = Organization.objects.visible_to(user)
    return {
        "titles": distinct([*names(here, "title"), *names(nearby, "title")]),
        "organizations": distinct(names(organizations.filter(participations__workshop=workshop), "name")),
    }


def names(rows: Any, field: str) -> list[str]:
    return list(rows.order_by(field).values_list(field, flat=True).distinct()[:SUGGESTED])


def distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))[:SUGGESTED]


def not_in_the_future(day: datetime.date) -> datetime.date:
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."))
    return day


class FollowUpForm(forms.Form):
    """What was heard, at a milestone that has come."""

    milestone = forms.TypedChoiceField(
        label=_("After the workshop"), coerce=lambda value: Milestone(int(value)), widget=forms.RadioSelect
    )
    progress = forms.ChoiceField(
        label=_("How far is it?"), choices=Progress.choices, widget=forms.RadioSelect
    )
    on = DateField(label=_("Asked on"))
    note = forms.CharField(
        label=_("What was heard"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Of the work, not of persons: others read this."),
    )

    def __init__(self, *args: Any, commitment: Commitment, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        came = reached(commitment.workshop.ends_on, today=today)
        self.fields["milestone"].choices = [(each.value, each.label) for each in came]  # type: ignore[attr-defined]
        show_long_texts(self)

    def clean_on(self) -> datetime.date:
        day = not_in_the_future(self.cleaned_data["on"])
        if day < self.commitment.workshop.starts_on:
            raise forms.ValidationError(_("That is before the workshop."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("progress") == Progress.DROPPED and not data.get("note", "").strip():
            self.add_error("note", gettext("Write down why it was dropped: others will ask."))
        return data


class ClosingForm(forms.Form):
    """Kept or dropped, on which day, and how it came about."""

    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (CommitmentState.KEPT.value, CommitmentState.KEPT.label),
            (CommitmentState.DROPPED.value, CommitmentState.DROPPED.label),
        ],
        widget=forms.RadioSelect,
    )
    on = DateField(label=_("On"))
    note = forms.CharField(
        label=_("How it came about"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when it was dropped. Of the work, not of persons."),
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        show_long_texts(self)

    def clean_on(self) -> datetime.date:
        day = not_in_the_future(self.cleaned_data["on"])
        if day < self.commitment.workshop.starts_on:
            raise forms.ValidationError(_("That is before the workshop."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("state") == CommitmentState.DROPPED and not data.get("note", "").strip():
            self.add_error("note", gettext("Write down why it was dropped: others will ask."))
        return data
