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


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to tick, by primary key. A key that no database can hold is an unknown choice."""

    def _check_values(self, value: Any) -> Any:
        for key in value:
            if not str(key).isascii() or not str(key).isdecimal() or len(str(key)) > 18:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super()._check_values(value)  # type: ignore[misc]
