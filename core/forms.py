"""Form fields that several apps share, and how every form says that something is missing."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.text import capfirst
from django.utils.translation import gettext


class DateInput(forms.DateInput):
    """The browser's own calendar; on an old phone a plain field that takes 2026-03-08."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    widget = DateInput


def show_long_texts(form: forms.BaseForm) -> None:
    """Browsers cut a pasted text at `maxlength` without a word. Better the whole text and a message."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to tick, by primary key. A key that no database can hold is an unknown choice."""

    def _check_values(self, value: Any) -> Any:
        for key in value:
            if not str(key).isascii() or not str(key).isdecimal() or len(str(key)) > 18:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super()._check_values(value)  # type: ignore[misc]


class NamedField(forms.BoundField):
    """A field of a form on the page. Where Django says "This field is required." it says which, and what to
    do: read alone, or aloud, the message has to be enough."""

    @property
    def errors(self) -> ErrorList:
        label = str(self.label).rstrip("?: ")
        words = gettext("%(field)s: %(what)s") % {"field": label, "what": what_to_do(self.field)}
        return self._with(words if label else capfirst(what_to_do(self.field)))

    @property
    def short_errors(self) -> ErrorList:
        """For a list in which the label stands already."""
        return self._with(what_to_do(self.field))

    def _with(self, words: str) -> ErrorList:
        found: Any = super().errors
        plain = str(forms.Field.default_error_messages["required"])
        if plain not in found:
            return found
        said: Any = found.copy()
        said.data, said.field_id = [words if each == plain else each for each in found], found.field_id
        return said


def what_to_do(field: forms.Field) -> str:
    """With a field that is empty and may not be."""
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return gettext("choose at least one.")
    if isinstance(field, forms.ChoiceField):
        return gettext("choose one.")
    if isinstance(field, forms.BooleanField):
        return gettext("tick this.")
    return gettext("choose a file.") if isinstance(field, forms.FileField) else gettext("fill this in.")


class Renderer(DjangoTemplates):
    """Django's own, with fields that say their name (FORM_RENDERER)."""

    bound_field_class = NamedField
