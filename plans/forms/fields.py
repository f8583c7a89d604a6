"""Fields and small things that several forms of a plan share."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# An HTML tag (a word processor's <o:p> as well), a comment or a declaration. "5 < 6", "<5" and the link
# <https://…> are none.
HTML_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?::[A-Za-z][A-Za-z0-9-]*)?(?:\s[^<>]*)?/?>|<!--|<!\[|<!doctype|<\?xml",
    re.IGNORECASE,
)
LONGEST_SHOWN = 40


def refuse_markup(text: str) -> None:
    """Long texts take the light markup of core.prose; HTML would only ever be shown as it is typed."""
    if found := HTML_TAG.search(text):
        shown = found.group()
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
        raise ValidationError(
            gettext(
                "HTML is not used here, but the text has “%(tag)s”. Take it out. "
                "For bold type write **bold**, for a list begin lines with “- ”, for a heading with “## ”."
            )
            % {"tag": shown},
            code="markup",
        )


class NumberField(forms.DecimalField):
    """A number as people write it: spaces between thousands are fine, and what is wrong is kept."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.error_messages["min_value"] = _("This cannot be negative.")
        self.error_messages["invalid"] = _("Enter a number in digits, such as 1500 or 1500.50.")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split())
        return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """12 500.50 is no other number than 12500.5."""
        return super().has_changed(self.to_python(initial), data)


def plain(number: Decimal | None) -> str:
    """As it was typed: 10 and not 10.00."""
    if number is None:
        return ""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
