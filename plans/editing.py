"""Saving a text that several people write: how it ended, as the page has to show it.

Three ends besides "saved": the form is wrong (422), somebody else saved first (409, both texts are
shown), the plan is closed (409, the form can be read and copied but not sent).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext

from core.conflicts import EditConflict, RowRemoved
from core.forms import show_long_texts
from core.models import SharedText
from plans.models import LocalActionPlan
from plans.services import PlanClosed


@dataclass(frozen=True)
class Difference:
    """One field that the other saved differently: both values as text."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Attempt:
    """How the page came about: `status` is the answer's, `closed` and `conflict` are shown on top."""

    status: int = 200
    saved: bool = False
    result: Any = None  # what saving answered
    closed: str = ""
    conflict: EditConflict | None = None
    differences: list[Difference] = field(default_factory=list)


def attempt(form: "SharedTextForm", plan: LocalActionPlan, save: Callable[[], object]) -> Attempt:
    """Save a valid form of an open plan. Whatever comes in between, what was typed stays in the form."""
    if not plan.is_open:
        return _closed(form, PlanClosed(plan))
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        result = save()
    except PlanClosed as closed:
        return _closed(form, closed)
    except RowRemoved:
        return _closed(form, gettext("Somebody removed this while you were writing."))
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True, result=result)


def _closed(form: "SharedTextForm", why: PlanClosed | str) -> Attempt:
    form.make_read_only()
    return Attempt(status=409 if form.is_bound else 200, closed=str(why))


def conflicting(form: "SharedTextForm", conflict: EditConflict) -> Attempt:
    """Both texts, and a form whose next save is made knowing the other's."""
    differences = form.differences(conflict.current)
    form.take_version(conflict.current)
    return Attempt(status=409, conflict=conflict, differences=differences)


class SharedTextForm(forms.ModelForm):
    """A form that carries the version of the row it was opened with."""

    row_version = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        if self.instance.pk:
            self.initial["row_version"] = self.instance.row_version
        else:
            del self.fields["row_version"]

    @property
    def opened_version(self) -> int:
        return self.cleaned_data["row_version"] or 0

    data: Any  # a QueryDict: the stubs know less

    def take_version(self, current: SharedText) -> None:
        """The next save of this form is made knowing `current`."""
        data = self.data.copy()
        data[self.add_prefix("row_version")] = str(current.row_version)
        self.data = data

    def for_row(self, row: SharedText) -> "SharedTextForm":
        """This form as it would open for `row`. Forms with more arguments say how."""
        return type(self)(instance=row)

    def differences(self, current: SharedText) -> list[Difference]:
        """The visible fields in which what was typed departs from what stands now."""
        theirs = self.for_row(current)
        return [
            Difference(
                str(bound.label),
                _as_text(bound.field, theirs[bound.name].value()),
                _as_text(bound.field, bound.value()),
            )
            for bound in self.visible_fields()
            if bound.field.has_changed(theirs[bound.name].initial, bound.data)
        ]

    def make_read_only(self) -> None:
        """Shows what was typed, so that it can be copied; the page leaves the button out."""
        for form_field in self.fields.values():
            text = isinstance(form_field.widget, forms.TextInput | forms.Textarea | forms.DateInput)
            form_field.widget.attrs["readonly" if text else "disabled"] = True


def _as_text(form_field: forms.Field, value: Any) -> str:
    """A value in the words of the form: labels of choices, yes or no, dates written out."""
    if isinstance(form_field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if isinstance(form_field, forms.ChoiceField):
        chosen = {str(entry) for entry in (value if isinstance(value, list | tuple | set) else [value])}
        return "\n".join(str(label) for key, label in _flat(form_field.choices) if str(key) in chosen)
    if isinstance(form_field, forms.DateField) and value:
        try:
            return date_format(form_field.to_python(value) or value)
        except forms.ValidationError:
            return str(value)
    return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    flat = []
    for key, label in choices:
        flat += _flat(label) if isinstance(label, list | tuple) else [(key, label)]
    return flat
