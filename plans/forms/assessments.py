"""Forms of scorecards: which offices and when, the marks of a side, why it is opened again."""

import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from core.forms import DateField, RowsField, show_long_texts
from plans.forms.fields import refuse_markup
from plans.models import SideView
from plans.reports.assessments import offices_to_assess
from plans.scorecards import Criterion, Mark, marks_from, period_words
from plans.services.assessments import stamp_of

OTHER_DAYS = "days"
YEARS = 3  # offered by a click: this one and the two before
EARLIEST = datetime.date(2000, 10, 31)  # before resolution 1325 there was nothing to assess

LONGEST_NOTE = 2000
LONGEST_REASON = 300


def periods_offered(today: datetime.date) -> list[tuple[str, str]]:
    """Years and half-years that have begun, the newest first; and days of one's own."""
    found = []
    for year in range(today.year, today.year - YEARS, -1):
        days = [((1, 1), (12, 31)), ((7, 1), (12, 31)), ((1, 1), (6, 30))]
        for first, last in days:
            start, end = datetime.date(year, *first), datetime.date(year, *last)
            if start <= today:
                found.append((f"{start}/{end}", period_words(start, end)))
    return [*found, (OTHER_DAYS, gettext("Other days"))]


def last_whole_period(today: datetime.date) -> str:
    """What is assessed as a rule: the half-year that is over."""
    year = today.year if today.month > 6 else today.year - 1
    return f"{year}-01-01/{year}-06-30" if today.month > 6 else f"{year}-07-01/{year}-12-31"


class AssessmentNewForm(forms.Form):
    """Several offices at once, for one period."""

    positions = RowsField(
        queryset=None,
        label=_("Offices"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one office.")},
    )
    period = forms.ChoiceField(label=_("Period"), help_text=_("For a fiscal year choose “Other days”."))
    start = DateField(label=_("From"), required=False)
    end = DateField(label=_("To"), required=False)

    def __init__(self, *args: Any, committee: Committee, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        cast(RowsField, self.fields["positions"]).queryset = offices_to_assess(committee)
        cast(forms.ChoiceField, self.fields["period"]).choices = periods_offered(today)
        self.initial.setdefault("period", last_whole_period(today))

    def clean(self) -> dict[str, Any]:
        """`start` and `end` are those of the period that was chosen."""
        cleaned = super().clean() or self.cleaned_data
        period = cleaned.get("period")
        if period and period != OTHER_DAYS:
            days = [datetime.date.fromisoformat(day) for day in period.split("/")]
            cleaned["start"], cleaned["end"] = days
            # Whatever was typed there does not count.
            for name in ("start", "end"):
                self.errors.pop(name, None)
            return cleaned
        for name, said in (("start", _("From which day?")), ("end", _("To which day?"))):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, said)
        start = cleaned.get("start")
        if start and start < EARLIEST:
            self.add_error("start", gettext("This is before resolution 1325: check the year."))
        return cleaned


class MarksForm(forms.Form):
    """The marks of one side. One criterion may stay open, not all of them."""

    note = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=_("What should go on, what should change. About the office: name no person."),
        validators=[refuse_markup],
    )
    opened = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, view: SideView | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = marks_from(view.marks) if view else {}
        choices = [(str(mark.value), f"{mark.value} · {mark.label}") for mark in Mark]
        marks = {
            criterion.value: forms.ChoiceField(
                label=criterion.label,
                choices=[*choices, ("", _("Cannot say"))],
                required=False,
                widget=forms.RadioSelect,
                initial=str(given.get(criterion.value, "")),
            )
            for criterion in Criterion
        }
        self.fields = {**marks, **self.fields}
        self.initial = {"note": view.note if view else "", "opened": stamp_of(view)}
        show_long_texts(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.marks:
            first = Criterion.AGENDA.value
            self.add_error(first, gettext("Give at least one mark. What you cannot say stays open."))
        return cleaned

    @property
    def marks(self) -> dict[str, int]:
        found = {each.value: self.cleaned_data.get(each.value) for each in Criterion}
        return {key: int(mark) for key, mark in found.items() if mark}

    @property
    def mark_fields(self) -> list[Any]:
        return [self[criterion.value] for criterion in Criterion]

    def knows(self, view: SideView) -> None:
        """The next save is made knowing `view`."""
        data = cast(Any, self.data).copy()
        data["opened"] = stamp_of(view)
        self.data = data


class AssessmentReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("It is kept in the record of what was done. Name no person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
