"""Forms for what happens to a workshop: its next state, and the texts of its report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, show_long_texts
from workshops.forms.workshops import check_days
from workshops.models import Workshop
from workshops.services.workshops import narrative_version
from workshops.states import NEEDS_REASON, WorkshopState

STATES_WITH_REPORT = frozenset({WorkshopState.REPORTED, WorkshopState.CLOSED})


class MoveForm(forms.Form):
    """What a move asks for: a reason, or the new days after postponing; most ask for nothing."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who sees the workshop reads it: no names, and nothing that endangers."),
    )
    starts_on = forms.DateField(label=_("New first day"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("New last day"),
        widget=DateInput,
        required=False,
        help_text=_("If you leave it empty: as many days as before."),
    )

    def __init__(self, *args: Any, workshop: Workshop, to: WorkshopState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        show_long_texts(self)
        if to not in NEEDS_REASON:
            del self.fields["reason"]
        if not (workshop.state == WorkshopState.POSTPONED and to == WorkshopState.PLANNED):
            del self.fields["starts_on"], self.fields["ends_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and "ends_on" in data:
            check_days(self, data, usual_days=self.workshop.days)
        return data


class NarrativeForm(forms.ModelForm):
    """The texts of the report. `opened` tells whether somebody else saved them meanwhile."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    class Meta:
        model = Workshop
        fields = ["narrative", "good_cycle_notes", "evaluation_note"]
        widgets = {
            "narrative": forms.Textarea(attrs={"rows": 14}),
            "good_cycle_notes": forms.Textarea(attrs={"rows": 5}),
            "evaluation_note": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {
            "narrative": _("What happened"),
            "good_cycle_notes": _("Notes on the good cycle"),
            "evaluation_note": _("What to keep and what to change"),
        }
        help_texts = {
            "narrative": _(
                "Who met, what was discussed, what was agreed. No names and no accounts of single cases. "
                "An empty line begins a paragraph, a line that begins with “- ” is an item of a list."
            ),
            "good_cycle_notes": _(
                "How the participants saw good governance, sustainable development and security feed each "
                "other."
            ),
            "evaluation_note": _("For whoever prepares the next one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = narrative_version(self.instance)
        # The gate to “reported” asked for it: it is not emptied afterwards.
        self.fields["narrative"].required = self.instance.state in STATES_WITH_REPORT
        show_long_texts(self)

    data: Any  # a QueryDict: the stubs know less

    def differences(self, current: Workshop) -> list[dict[str, str]]:
        """The texts in which what was typed departs from what stands now, both."""
        return [
            {"label": str(bound.label), "theirs": getattr(current, bound.name), "yours": bound.value() or ""}
            for bound in self.visible_fields()
            if getattr(current, bound.name) != (bound.value() or "")
        ]

    def take_version(self, current: Workshop) -> None:
        """The next save of this form is made knowing `current`."""
        self.data = self.data.copy()
        self.data["opened"] = narrative_version(current)
