"""Saving a text of a committee that several people write: how it ended, as the page has to show it.

Three ends besides "saved": the form is wrong (422), somebody else saved first, or the row is gone (409:
both texts are shown, and what was typed stays in the form).
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
from core.refusals import FieldRefused


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed departs from what stands now, both as text."""

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


class SharedForm(forms.ModelForm):
    """A form that carries the version of the row it was opened with."""

    row_version = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )
    data: Any  # a QueryDict: the stubs know less

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

    def for_row(self, row: SharedText) -> "SharedForm":
        """This form as it would open for `row`. Forms with more arguments say how."""
        return type(self)(instance=row)

    def differences(self, current: SharedText) -> list[Difference]:
        """The visible fields in which what was typed departs from what stands now."""
        theirs, found = self.for_row(current), []
        for bound in self.visible_fields():
            if bound.name not in theirs.fields:
                continue
            stands = bound.field.prepare_value(theirs[bound.name].initial)
            if bound.field.has_changed(stands, bound.data):
                label = str(bound.label)
                found.append(
                    Difference(label, as_text(bound.field, stands), as_text(bound.field, bound.value()))
                )
        return found

    def take_version(self, current: SharedText) -> None:
        """The next save of this form is made knowing `current`."""
        self.data = self.data.copy()
        self.data[self.add_prefix("row_version")] = str(current.row_version)


def attempt(form: SharedForm, save: Callable[[], object]) -> Attempt:
    """Save a sent form. Whatever comes in between, what was typed stays in it."""
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        return Attempt(saved=True, result=save())
    except FieldRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return Attempt(status=422)
    except RowRemoved:
        return Attempt(status=409, closed=gettext("Somebody removed this while you were writing."))
    except EditConflict as conflict:
        differences = form.differences(conflict.current)
        form.take_version(conflict.current)
        return Attempt(status=409, conflict=conflict, differences=differences)


def as_text(form_field: forms.Field, value: Any) -> str:
    """A value in the words of the form: labels of choices, yes or no, dates written out."""
    if isinstance(form_field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if isinstance(form_field, forms.ChoiceField):
        chosen = {str(entry) for entry in (value if isinstance(value, list | tuple) else [value])}
        return "\n".join(str(label) for key, label in flat(form_field.choices) if str(key) in chosen)
    if isinstance(form_field, forms.DateField) and value:
        try:
            return date_format(form_field.to_python(value) or value)
        except forms.ValidationError:
            return str(value)
    return "" if value is None else str(value)


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += flat(label) if isinstance(label, list | tuple) else [(key, label)]
    return found
