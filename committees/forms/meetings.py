"""Forms of meetings: planned, changed, cancelled, and many at once."""

import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.editing import SharedForm
from committees.models import Meeting
from core.forms import DateField, show_long_texts

LONGEST_PLACE = 200
MOST_DAYS = 12


class TimeInput(forms.TimeInput):
    """The telephone's own clock; on an old one a plain field that takes 14:30."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


def time_field(label: Any, **kwargs: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=TimeInput, **kwargs)


def place_field() -> forms.CharField:
    return forms.CharField(
        label=_("Place"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Seen only by who works for the committee or keeps its papers; never in a notice."),
    )


def in_order(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """From when to when: an end needs a beginning before it."""
    start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
    if end and not start and "starts_at" not in form.errors:
        form.add_error("starts_at", gettext("Say when the meeting begins, too."))
    if start and end and end <= start:
        form.add_error("ends_at", gettext("The meeting ends before it begins. Look at both times."))


class MeetingForm(SharedForm):
    """`row_version` carries the meeting's sequence: that grows with what a calendar shows, and not with
    the minutes, which others write meanwhile."""

    day = DateField(label=_("Day"))
    starts_at = time_field(_("From"))
    ends_at = time_field(_("To"))
    place = place_field()
    was_held = forms.BooleanField(
        label=_("It was already held"),
        required=False,
        help_text=_("For a meeting that stands on paper: next you say who was there."),
    )
    is_another = forms.BooleanField(label=_("Yes, this is another meeting on the same day"), required=False)

    class Meta:
        model = Meeting
        fields = ["kind", "title", "day", "starts_at", "ends_at", "place"]
        labels = {"title": _("What it is about")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("May stay empty: then the kind of the meeting is its title.")
        if self.instance.pk:
            del self.fields["was_held"]
            self.initial["row_version"] = self.instance.sequence + 1
        self.order_fields(["kind", "title", "day", "starts_at", "ends_at", "place"])
        if not self.data.get("is_another"):
            self.hide_another()

    def hide_another(self) -> None:
        """Asked only when the committee meets on that day already."""
        self.fields["is_another"].widget = forms.HiddenInput()

    def ask_another(self) -> None:
        self.fields["is_another"].widget = forms.CheckboxInput()

    @property
    def opened_sequence(self) -> int:
        return self.opened_version - 1

    def take_version(self, current: Any) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("row_version")] = str(current.sequence + 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned)
        return cleaned


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words, without names of persons. Whoever sees the meeting reads them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


class YearForm(forms.Form):
    """The days of a year, each to be ticked and, where it does not fit, moved."""

    starts_at = time_field(_("From"))
    ends_at = time_field(_("To"))
    place = place_field()

    def __init__(self, *args: Any, days: list[datetime.date], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.numbers = today, range(1, len(days[:MOST_DAYS]) + 1)
        for number, day in zip(self.numbers, days, strict=False):
            said = date_format(day, "l j F Y")
            self.fields[f"take_{number}"] = forms.BooleanField(
                label=gettext("Meet around %(day)s") % {"day": said}, required=False, initial=True
            )
            self.fields[f"day_{number}"] = DateField(
                label=gettext("Day in place of %(day)s") % {"day": said}, initial=day, required=False
            )
        show_long_texts(self)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Tick and day, as the page shows them."""
        return [(self[f"take_{number}"], self[f"day_{number}"]) for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned)
        for number in self.numbers:
            name = f"day_{number}"
            if not cleaned.get(f"take_{number}") or name in self.errors:
                continue
            if not cleaned.get(name):
                self.add_error(name, gettext("Enter the day, or take the tick away."))
            elif cleaned[name] < self.today:
                self.add_error(name, gettext("This day has passed."))
        if not self.errors and not self.days():
            self.add_error(None, gettext("Tick at least one day."))
        return cleaned

    def days(self) -> list[datetime.date]:
        """The days that were ticked."""
        cleaned = self.cleaned_data
        return [cleaned[f"day_{number}"] for number in self.numbers if cleaned.get(f"take_{number}")]
