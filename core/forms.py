"""Form fields that several apps share."""

from typing import Any

from django import forms


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
