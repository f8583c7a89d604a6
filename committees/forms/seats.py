"""Forms of seats."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.composition import SeatRole, Side
from committees.forms.offices import organization_field, position_title_field
from committees.models import Seat
from committees.services.seats import ORGANIZATION, POSITION, SeatValues
from core.forms import DateField
from localities.categories import ActorCategory

FURTHEST_AHEAD = datetime.timedelta(days=366)


class SeatForm(forms.Form):
    held_by = forms.ChoiceField(
        label=_("The seat belongs to"),
        required=False,
        initial=POSITION,
        choices=[
            (POSITION, _("A position: whoever holds it sits there")),
            (ORGANIZATION, _("An organisation: it sends whom it likes")),
        ],
        widget=forms.RadioSelect,
    )
    position_title = position_title_field(
        label=_("Position"),
        required=False,
        help_text=_(
            "The office, not the person: “Head of the gender division”. Empty for a seat of an organisation."
        ),
    )
    organization = organization_field(label=_("Organisation or institution"), required=False)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    voting = forms.BooleanField(
        label=_("Votes"), required=False, initial=True, help_text=_("An observer never votes.")
    )
    category = forms.ChoiceField(
        label=_("Stands for"),
        required=False,
        choices=[("", _("Not said")), *ActorCategory.choices],
        help_text=_("From this the page says who is missing."),
    )
    since = DateField(
        label=_("Seat since"), required=False, help_text=_("Left empty: since the committee was set up.")
    )

    def __init__(self, *args: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        if seat is not None:
            kwargs["initial"] = as_typed(seat)
        super().__init__(*args, **kwargs)
        if seat is None and not self.is_bound:
            self.fields["position_title"].widget.attrs["autofocus"] = True

    def clean_held_by(self) -> str:
        return self.cleaned_data["held_by"] or POSITION

    def clean_since(self) -> datetime.date | None:
        since = self.cleaned_data["since"]
        if since and since > timezone.localdate() + FURTHEST_AHEAD:
            raise forms.ValidationError(gettext("This day is more than a year ahead. Check the year."))
        return since

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for_organization = cleaned.get("held_by") == ORGANIZATION
        needed = "organization" if for_organization else "position_title"
        if not cleaned.get(needed) and needed not in self.errors:
            self.add_error(
                needed,
                gettext("Write which organisation it is.")
                if for_organization
                else gettext("Write which position it is."),
            )
        if for_organization and cleaned.get("position_title"):
            self.add_error(
                "position_title",
                gettext(
                    "The seat belongs to the organisation. Leave this empty, or choose the position above."
                ),
            )
        return cleaned

    def values(self) -> SeatValues:
        return SeatValues(**self.cleaned_data)


def as_typed(seat: Seat) -> dict[str, Any]:
    """What the form shows of a seat."""
    organization = seat.position.organization if seat.position else seat.organization
    return {
        "held_by": POSITION if seat.position else ORGANIZATION,
        "position_title": seat.position.title if seat.position else "",
        "organization": organization.name if organization else "",
        "side": seat.side,
        "role": seat.role,
        "voting": seat.voting,
        "category": seat.category,
        "since": seat.since,
    }


class EndSeatForm(forms.Form):
    """A seat with a history is not deleted: it ends."""

    ended_on = DateField(label=_("The seat ended on"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=Seat._meta.get_field("ended_reason").max_length,
        help_text=_("Name no person."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs.pop("maxlength", None)
