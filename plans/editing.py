"""Saving a text that several people write: how it ended, as the page has to show it.

Three ends besides "saved": the form is wrong (422), somebody else saved first (409, both texts are
shown and a proposal that keeps both), the plan is closed (409, the form can be read and copied but
not sent).
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext

from core.conflicts import EditConflict, RowRemoved
from core.forms import show_long_texts
from core.models import SharedText
from core.refusals import FieldRefused
from plans.forms.fields import refuse_markup
from plans.models import LocalActionPlan, Revision
from plans.restoring import provisions_of, restored
from plans.services.refusals import PlanClosed
from plans.settling import THEIRS, Difference, Settlement, Sides, differs, posted, settled, settlement_of
from plans.subjects import MODELS
from plans.tracking import SERVES, revisions_of


@dataclass(frozen=True)
class Attempt:
    """How the page came about: `status` is the answer's, `closed` and `conflict` are shown on top."""

    status: int = 200
    saved: bool = False
    result: Any = None  # what saving answered
    closed: str = ""
    conflict: EditConflict | None = None
    differences: list[Difference] = field(default_factory=list)
    settlement: Settlement | None = None  # with the text that both began with: a proposal


def attempt(
    form: "SharedTextForm",
    plan: LocalActionPlan,
    save: Callable[[], object],
    *,
    is_open: bool | None = None,
) -> Attempt:
    """Save a valid form of an open plan. Whatever comes in between, what was typed stays in the form.

    `is_open` is for what may still be written when the plan's texts may not (money received)."""
    if not (plan.is_open if is_open is None else is_open):
        return _closed(form, PlanClosed(plan))
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        result = save()
    except PlanClosed as closed:
        return _closed(form, closed)
    except FieldRefused as refused:
        form.add_error(refused.field, str(refused))
        return Attempt(status=422)
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
    sides = form.sides(conflict.current)
    differences = [side.difference(_as_text) for side in sides]
    has_base = any(side.has_base for side in sides)
    form.take_version(conflict.current)
    settlement = settlement_of(form.data, sides) if has_base or not sides else None
    form.take_theirs(sides)
    return Attempt(status=409, conflict=conflict, differences=differences, settlement=settlement)


class SharedTextForm(forms.ModelForm):
    """A form that carries the version of the row it was opened with."""

    row_version = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self._refuse_markup()
        self.undecided: set[str] = set()
        if isinstance(self.data, QueryDict):
            self.data, self.undecided = settled(self.data)
        if self.instance.pk:
            self.initial["row_version"] = self.instance.row_version
        else:
            del self.fields["row_version"]

    def _refuse_markup(self) -> None:
        """In every long text: all of them are shown through core.prose or as they are."""
        for form_field in self.fields.values():
            long_text = isinstance(form_field.widget, forms.Textarea)
            if long_text and refuse_markup not in form_field.validators:
                form_field.validators.append(refuse_markup)

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.undecided & set(self.fields):
            self.add_error(name, gettext("Say which text is to stand, or bring them together here."))
        return cleaned

    def sides(self, current: SharedText) -> list[Sides]:
        """The visible fields in which what was typed departs from what stands now."""
        theirs, (base, remembered) = self.for_row(current), self._base(current)
        found = []
        for bound in self.visible_fields():
            stands = theirs[bound.name].initial if bound.name in theirs.fields else None
            if differs(bound.field, stands, bound.data):
                has_base = _remembers(remembered, bound.name)
                began = base[bound.name].initial if has_base and bound.name in base.fields else None
                found.append(Sides(bound, began, stands, has_base))
        return found

    def _base(self, current: SharedText) -> "tuple[SharedTextForm, dict[str, Any]]":
        """This form as it was opened, and what the history of the part remembers of that state: of a
        part without history nothing."""
        opened = self.cleaned_data.get("row_version")
        revision = _revision(current, opened) if opened and type(current) in MODELS.values() else None
        if revision is None:
            return self, {}
        was = restored(revision.subject, revision.values)
        row = copy.copy(current)
        for name, value in was.fields.items():
            setattr(row, name, value)
        form = self.for_row(row)
        for name, rows in was.lists.items():
            form.initial[name] = self.shown_list(name, rows)
        if "provisions" in form.fields and SERVES in revision.values:
            form.initial["provisions"] = [each.pk for each in provisions_of(revision.values).values()]
        return form, revision.values

    def shown_list(self, name: str, rows: list[Any]) -> Any:
        """The initial value of the field that shows these rows of a list. A form that does not show
        them as ticks says how."""
        return [row.pk for row in rows]

    def take_theirs(self, sides: list[Sides]) -> None:
        """Where only the other wrote, the form goes on from there."""
        for side in sides:
            if side.choice == THEIRS:
                self.data.setlist(side.bound.html_name, [])
                for name, value in posted(side.bound, side.theirs):
                    self.data.appendlist(name, value)

    def make_read_only(self) -> None:
        """Shows what was typed, so that it can be copied; the page leaves the button out."""
        for form_field in self.fields.values():
            text = isinstance(form_field.widget, forms.TextInput | forms.Textarea | forms.DateInput)
            form_field.widget.attrs["readonly" if text else "disabled"] = True


# Fields of forms that are made of a tracked field of another name.
MADE_OF = {
    "position_title": "responsible",
    "organization": "responsible",
    "foreword_title": "foreword_by",
    "foreword_organization": "foreword_by",
    "provisions": SERVES,
}


def _remembers(values: dict[str, Any], name: str) -> bool:
    """Whether a revision tells what the field of a form held."""
    return MADE_OF.get(name, "yearly_targets" if name.startswith("year_") else name) in values


def _revision(row: Any, version: int) -> Revision | None:
    return revisions_of(row).filter(version=version).first()


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
