"""Who was at a meeting: one tap a seat."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Meeting, Presence, Seat
from core.forms import DateField, show_long_texts

EVERYBODY = "present"  # ?all=present marks every seat as present, to be changed where it was not


class AttendanceForm(forms.Form):
    day = DateField(label=_("Held on"))
    quorum = forms.IntegerField(
        label=_("Voting seats that had to be there (quorum)"),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
        help_text=_("Left empty: what the committee's rule says, or more than half of its voting seats."),
    )
    guests = forms.CharField(
        label=_("Guests"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("As positions or institutions, never as names: “UN Women, provincial office”."),
    )
    is_another = forms.BooleanField(label=_("Yes, this is another meeting on the same day"), required=False)

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        seats: list[Seat],
        known: Mapping[int, str],
        everybody: bool = False,
        **kwargs: Any,
    ) -> None:
        """`known` is what was written down, by seat."""
        kwargs["initial"] = {"day": meeting.day, "quorum": meeting.quorum, "guests": meeting.guests}
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[name_of(seat)] = forms.ChoiceField(
                label=str(seat),
                choices=Presence.choices,
                widget=forms.RadioSelect,
                initial=known.get(seat.pk) or (Presence.PRESENT if everybody else None),
                error_messages={"required": _("Say whether somebody was there for this seat.")},
            )
        if not self.data.get("is_another"):
            self.fields["is_another"].widget = forms.HiddenInput()
        show_long_texts(self)

    def ask_another(self) -> None:
        self.fields["is_another"].widget = forms.CheckboxInput()

    def rows(self) -> list[tuple[Seat, forms.BoundField]]:
        return [(seat, self[name_of(seat)]) for seat in self.seats]

    @property
    def presences(self) -> dict[Seat, str]:
        return {seat: self.cleaned_data[name_of(seat)] for seat in self.seats}


def name_of(seat: Seat) -> str:
    return f"seat_{seat.code}"
