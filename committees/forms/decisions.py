"""Forms of decisions: what was decided, how, by whom and when it is carried out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.editing import SharedForm
from committees.forms.offices import organization_field, position_title_field
from committees.models import (
    AgendaItem,
    Attendance,
    DecidedHow,
    Decision,
    DecisionResult,
    DecisionState,
    Meeting,
    VoteChoice,
)
from committees.services.decisions import DecisionValues
from committees.services.votes import vote_field
from committees.votes import Totals
from core.forms import DateField, show_long_texts

OFFICE_FIELDS = ("owner_title", "owner_organization", "due_on")
MOST_SEATS = 500


class ItemField(forms.ModelChoiceField):
    """A point of the meeting's agenda, by its code."""

    def label_from_instance(self, item: Any) -> str:
        return f"{item.place}. {item.title}" if hasattr(item, "place") else item.title


def total_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class DecisionForm(SharedForm):
    item = ItemField(
        label=_("Point of the agenda"),
        queryset=AgendaItem.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("None of them"),
    )
    votes_for = total_field(_("For"))
    votes_against = total_field(_("Against"))
    votes_abstained = total_field(_("Abstained"))
    owner_title = position_title_field(
        label=_("Position that carries it out"),
        required=False,
        help_text=_(
            "The office, not the person: “Head of the gender division”. It stays when somebody leaves."
        ),
    )
    owner_organization = organization_field(label=_("Organisation or institution"), required=False)
    due_on = DateField(label=_("By when"), required=False)

    class Meta:
        model = Decision
        fields = ["text", "item", "how", "result", "due_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "how": forms.RadioSelect,
            "result": forms.RadioSelect,
        }
        labels = {"text": _("What was decided")}

    def __init__(self, *args: Any, meeting: Meeting, attendance: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.attendance = meeting, attendance
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
        self.fields["how"].choices = DecidedHow.choices  # type: ignore[attr-defined]
        self.fields["result"].choices = DecisionResult.choices  # type: ignore[attr-defined]
        self.fields["result"].required = False
        self.fields["result"].help_text = _("After a vote the votes say it; what is put off is not voted on.")
        self.initial.update(self._initial_office())
        self._add_votes()

    def _initial_office(self) -> dict[str, Any]:
        owner = self.instance.owner if self.instance.pk else None
        organization = owner.organization if owner else None
        return {
            "item": self.instance.item.code if self.instance.item else self.initial.get("item"),
            "owner_title": owner.title if owner else "",
            "owner_organization": organization.name if organization else "",
        }

    def _add_votes(self) -> None:
        cast = {}
        if self.instance.pk:
            cast = dict(self.instance.votes.values_list("seat__code", "choice"))
        self.vote_names = []
        for row in self.attendance:
            if not (row.voting and row.was_there):
                continue
            name = vote_field(row.seat.code)
            self.vote_names.append(name)
            self.fields[name] = forms.ChoiceField(
                label=str(row.seat),
                choices=[*VoteChoice.choices, ("", _("No vote"))],
                required=False,
                widget=forms.RadioSelect,
                initial=cast.get(row.seat.code, ""),
            )

    def for_row(self, row: Any) -> "DecisionForm":
        return DecisionForm(instance=row, meeting=self.meeting, attendance=self.attendance)

    @property
    def vote_rows(self) -> list[forms.BoundField]:
        return [self[name] for name in self.vote_names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_open = not cleaned.get("result") and "result" not in self.errors
        if is_open and cleaned.get("how") == DecidedHow.CONSENSUS:
            self.add_error("result", _("Choose what came out."))
        self._refuse_votes_of_others()
        return cleaned

    def _refuse_votes_of_others(self) -> None:
        """A page opened before the attendance was corrected: the vote is told, not lost without a word."""
        known = {vote_field(row.seat.code): row for row in self.attendance}
        for name in self.data:
            if not name.startswith("vote-") or name in self.vote_names or not self.data[name]:
                continue
            row = known.get(name)
            if row is not None and row.was_there:
                words = _("%(seat)s observes: it has no vote.")
            else:
                words = _("%(seat)s was neither present nor represented: it has no vote.")
            seat = str(row.seat) if row else _("A seat")
            self.add_error(None, forms.ValidationError(words, params={"seat": seat}))
        for name in self.vote_names:
            if len(self.data.getlist(name)) > 1:
                self.add_error(name, _("This seat has two votes here: it has one."))

    def _post_clean(self) -> None:
        """The service fills the row: what depends on the votes and the attendance is asked there."""

    def values(self) -> DecisionValues:
        cleaned = self.cleaned_data
        prefix = len("vote-")
        return DecisionValues(
            text=cleaned["text"],
            item=cleaned["item"],
            how=cleaned["how"],
            result=cleaned["result"] or DecisionResult.ADOPTED,
            owner_title=cleaned["owner_title"],
            owner_organization=cleaned["owner_organization"],
            due_on=cleaned["due_on"],
            votes={name[prefix:]: cleaned[name] for name in self.vote_names if cleaned.get(name)},
            totals=Totals(
                cleaned["votes_for"] or 0, cleaned["votes_against"] or 0, cleaned["votes_abstained"] or 0
            ),
        )


class CloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(DecisionState.DONE, _("It is done")), (DecisionState.DROPPED, _("It is dropped"))],
        widget=forms.RadioSelect,
        initial=DecisionState.DONE,
    )
    closed_on = DateField(label=_("On which day"))
    closing_note = forms.CharField(
        label=_("How it came about"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences; needed where it is dropped. Name offices, not persons."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
