"""Forms about who holds a position, from when to when."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateField
from people.forms import past_day
from people.incumbencies import Next
from people.models import Election, HowEnded, Incumbency, Person, Position

LONGEST_TERM = 40  # years from today: beyond that somebody mistyped

OTHERS = [
    ("end", _("Their time ended on the day on which this one began")),
    ("share", _("The position is shared")),
]


def term_field(label: Any = None) -> DateField:
    return DateField(
        label=label or _("Term ends"),
        required=False,
        help_text=_("When the term ends by law, if it does. The hand-over opens 60 days before."),
    )


def likely_term(day: datetime.date | None) -> datetime.date | None:
    """A day in this age: a typing error, else."""
    if day and not 1900 <= day.year <= timezone.localdate().year + LONGEST_TERM:
        raise forms.ValidationError(gettext("Look at the year again."))
    return day


class HoldingDaysForm(forms.Form):
    """From when to when a position was held, until when by law, and how it ended."""

    starts_on = DateField(
        label=_("Held since"), required=False, help_text=_("Leave it empty if nobody knows.")
    )
    ends_on = DateField(label=_("Held until"), required=False, help_text=_("Leave it empty while it lasts."))
    how_ended = forms.ChoiceField(
        label=_("How it ended"), choices=[("", _("Still held")), *HowEnded.choices], required=False
    )
    term_ends_on = term_field()

    def clean_starts_on(self) -> Any:
        return past_day(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> Any:
        return past_day(self.cleaned_data["ends_on"])

    def clean_term_ends_on(self) -> Any:
        return likely_term(self.cleaned_data["term_ends_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last, term = data.get("starts_on"), data.get("ends_on"), data.get("term_ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        if first and term and term < first:
            self.add_error("term_ends_on", _("The term would end before it began."))
        if data.get("how_ended") and not last and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Write the last day, or choose “Still held”."))
        return data

    def days(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "how_ended", "term_ends_on")
        }


class IncumbencyForm(HoldingDaysForm):
    """Which of the `positions` the person holds; who holds it beside her is asked when somebody does."""

    position = forms.ModelChoiceField(
        Position.objects.none(), to_field_name="code", label=_("Position"), empty_label=None
    )
    others = forms.ChoiceField(
        label=_("What about the other holder?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*OTHERS, ("same", _("It is the person who was written down without a name"))],
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["position", "starts_on", "ends_on", "how_ended", "term_ends_on", "others"]

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = positions  # type: ignore[attr-defined]

    @property
    def asks_about_others(self) -> bool:
        return bool(self.errors.get("others") or self.data.get("others"))


class HolderForm(forms.Form):
    """Somebody holds the position now: not named, or one of the `candidates`."""

    NOT_NAMED = "unnamed"

    who = forms.ChoiceField(label=_("Who holds it"), widget=forms.RadioSelect)
    starts_on = DateField(label=_("Since"), help_text=_("The first day in office."))
    term_ends_on = term_field()
    others = forms.ChoiceField(
        label=_("What about who holds it now?"), widget=forms.RadioSelect, choices=OTHERS
    )

    def __init__(
        self, *args: Any, candidates: Iterable[Person], still: Iterable[Incumbency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {person.code: person for person in candidates}
        named = [(code, f"{person.full_name} ({code})") for code, person in self.candidates.items()]
        self.fields["who"].choices = [(self.NOT_NAMED, _("Somebody, without a name")), *named]  # type: ignore[attr-defined]
        self.fields["who"].initial = self.NOT_NAMED
        if not named:
            del self.fields["who"]
        if not list(still):
            del self.fields["others"]

    def clean_starts_on(self) -> Any:
        return past_day(self.cleaned_data["starts_on"])

    def clean_term_ends_on(self) -> Any:
        return likely_term(self.cleaned_data["term_ends_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, term = data.get("starts_on"), data.get("term_ends_on")
        if first and term and term < first:
            self.add_error("term_ends_on", _("The term would end before it began."))
        return data

    def holding(self) -> dict[str, Any]:
        """What `hold` is told."""
        return {
            "person": self.candidates.get(self.cleaned_data.get("who", "")),
            "starts_on": self.cleaned_data["starts_on"],
            "term_ends_on": self.cleaned_data["term_ends_on"],
            "others": self.cleaned_data.get("others", ""),
        }


class EndForm(forms.Form):
    """The last day in a position, how it ended, and who follows at once."""

    ends_on = DateField(label=_("Held until"))
    how_ended = forms.ChoiceField(label=_("How it ended"), choices=HowEnded.choices, initial=HowEnded.UNKNOWN)
    election = forms.ModelChoiceField(
        Election.objects.none(),
        to_field_name="code",
        required=False,
        label=_("Which election"),
        empty_label=_("None of these"),
        help_text=_("Only if it ended by an election."),
    )
    follows = forms.ChoiceField(
        label=_("Who follows"),
        widget=forms.RadioSelect,
        initial="nobody",
        required=False,
        choices=[
            ("nobody", _("Nobody yet, or it is not known")),
            ("somebody", _("Somebody holds it already")),
        ],
    )
    next_starts_on = DateField(
        label=_("The next holder began"), required=False, help_text=_("Empty: on the same day.")
    )
    next_term_ends_on = term_field(_("Their term ends"))

    def __init__(self, *args: Any, row: Incumbency, elections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["ends_on"].initial = timezone.localdate
        self.fields["election"].queryset = elections  # type: ignore[attr-defined]
        if not elections:
            del self.fields["election"]

    def clean_ends_on(self) -> Any:
        day = past_day(self.cleaned_data["ends_on"])
        if self.row.starts_on and day < self.row.starts_on:
            raise forms.ValidationError(gettext("The last day lies before the first."))
        return day

    def clean_next_starts_on(self) -> Any:
        return past_day(self.cleaned_data["next_starts_on"])

    def clean_next_term_ends_on(self) -> Any:
        return likely_term(self.cleaned_data["next_term_ends_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("election") and data.get("how_ended") not in (HowEnded.ELECTION, HowEnded.UNKNOWN):
            self.add_error("how_ended", _("You chose an election below: did it end by that, or otherwise?"))
        if data.get("follows") != "somebody":
            if data.get("next_starts_on") or data.get("next_term_ends_on"):
                self.add_error("follows", _("Choose “Somebody holds it already”, or empty the two days."))
            return data
        first, last = data.get("next_starts_on"), data.get("ends_on")
        if first and last and first < last:
            self.add_error("next_starts_on", _("The next holder cannot begin before this one left."))
        begins, term = first or last, data.get("next_term_ends_on")
        if begins and term and term < begins:
            self.add_error("next_term_ends_on", _("The term would end before it began."))
        return data

    def ending(self) -> dict[str, Any]:
        """What `end_holding` is told."""
        data = self.cleaned_data
        follows = None
        if data["follows"] == "somebody":
            follows = Next(data["next_starts_on"] or data["ends_on"], data["next_term_ends_on"])
        return {
            "ends_on": data["ends_on"],
            "how_ended": data["how_ended"],
            "election": data.get("election"),
            "follows": follows,
        }
