"""Forms of a hand-over."""

import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateField, show_long_texts
from localities.models import Country
from people.models import Handover, HandoverCause

MOST_YEARS_AHEAD = 10


class HandoverForm(forms.Form):
    """Opening one by hand."""

    cause = forms.ChoiceField(
        label=_("Why"),
        choices=HandoverCause.choices,
        initial=HandoverCause.TERM_ENDS,
        widget=forms.RadioSelect,
    )
    due_on = DateField(label=_("The office changes hands on"))

    def clean_due_on(self) -> datetime.date:
        return near(self.cleaned_data["due_on"])


class SuccessorForm(forms.Form):
    """The account that takes over: one that works for a committee of the office, or by its address."""

    account = forms.ChoiceField(label=_("Account"), widget=forms.RadioSelect, required=False)
    email = forms.EmailField(
        label=_("E-mail address of the account"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, giver: User, known: list[tuple[User, str]], chosen: User | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver
        self.known = {user.code: user for user, _label in known}
        offered = [(user.code, label) for user, label in known]
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            *offered,
            ("email", _("Another account, by its e-mail address")),
            ("nobody", _("Nobody yet")),
        ]
        code = chosen.code if chosen else ""
        self.initial.setdefault("account", code if code in self.known else "email")

    def clean(self) -> dict[str, Any]:
        """`user` is the account that was chosen, or None. A hidden account and an unknown one get the
        same answer."""
        said = super().clean() or self.cleaned_data
        choice = said.get("account") or "email"
        self.user = self.known.get(choice)
        if choice == "email" and "email" not in self.errors:
            if not said.get("email"):
                self.add_error("email", gettext("Write the address, or choose one of the accounts above."))
                return said
            offered = Q(pk__in=[user.pk for user in self.known.values()])
            seen = Q(pk__in=User.objects.visible_to(self.giver).values("pk"))
            found = User.objects.filter(offered | seen, email__iexact=said["email"], is_active=True)
            self.user = found.first()
            if self.user is None:
                self.add_error(
                    "email",
                    gettext("There is no account with this address. Ask your coordinator to create one."),
                )
        return said


class SendForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How"),
        choices=[("account", _("To the account of the successor")), ("paper", _("Handed over on paper"))],
        initial="account",
        widget=forms.RadioSelect,
    )
    sent_on = DateField(label=_("Day"))


class MeetingForm(forms.Form):
    """One half may stay empty: a day is planned first, and what was agreed is written afterwards."""

    meets_on = DateField(label=_("Planned for"), required=False)
    met_on = DateField(label=_("Held on"), required=False)
    met_note = forms.CharField(
        label=_("What was agreed"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Offices and institutions, no names."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)

    def clean_meets_on(self) -> datetime.date | None:
        return near(self.cleaned_data["meets_on"]) if self.cleaned_data["meets_on"] else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("met_note") and not said.get("met_on") and "met_on" not in self.errors:
            self.add_error("met_on", gettext("Write on which day the meeting was held."))
        return said


class AcknowledgeForm(forms.Form):
    on = DateField(label=_("Day"))
    note = forms.CharField(
        label=_("What the successor says"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is missing, what is unclear. May stay empty."),
    )
    confirmed = forms.BooleanField(
        label="", error_messages={"required": _("Tick this to say that the office was taken over.")}
    )

    def __init__(self, *args: Any, on_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self.fields["confirmed"].label = (
            _("The successor signed on paper that the pack was read and the office taken over.")
            if on_paper
            else _("I have read the pack and take over what this office owes.")
        )


class StaysForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("For example: elected again, term prolonged by decree. No names."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    term_ends_on = DateField(label=_("The new term ends on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)

    def clean_term_ends_on(self) -> datetime.date | None:
        return near(self.cleaned_data["term_ends_on"]) if self.cleaned_data["term_ends_on"] else None


class TickForm(forms.Form):
    """One line of the checklist is done."""

    done_on = DateField(label=_("Day"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


class LineForm(forms.Form):
    text = forms.CharField(
        label=_("Something else to do"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


def near(day: datetime.date) -> datetime.date:
    """A day of this working life: years are easily mistyped."""
    today = timezone.localdate()
    if abs(day.year - today.year) > MOST_YEARS_AHEAD:
        raise forms.ValidationError(gettext("Look at the year again: that day is far from today."))
    return day


def countries_of_handovers(request: Any) -> QuerySet[Country]:
    """Countries in which the user sees a hand-over: an empty choice helps nobody."""
    seen = Handover.objects.visible_to(request.user).order_by().values("position__locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class HandoverFilter(django_filters.FilterSet):
    """Open ones unless another state is asked for."""

    state = django_filters.ChoiceFilter(
        method="in_state",
        label=_("State"),
        empty_label=_("All"),
        choices=[
            ("open", _("Open")),
            ("overdue", _("Overdue")),
            ("acknowledged", _("Acknowledged")),
            ("stays", _("The holder stays")),
        ],
    )
    country = django_filters.ModelChoiceFilter(
        field_name="position__locality__country",
        queryset=countries_of_handovers,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    q = django_filters.CharFilter(
        method="with_words",
        label=_("Office or place"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        model = Handover
        fields: list[str] = []

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        if value == "open":
            return rows.still_open()
        if value == "overdue":
            return rows.overdue(timezone.localdate())
        if value == "acknowledged":
            return rows.exclude(acknowledged_on=None)
        return rows.exclude(stays_on=None)

    def with_words(self, rows: Any, name: str, value: str) -> Any:
        for word in value.split()[:6]:
            rows = rows.filter(
                Q(position__title__icontains=word)
                | Q(position__organization__name__icontains=word)
                | Q(position__locality__name__icontains=word)
            )
        return rows
