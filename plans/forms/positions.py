"""Positions as people type them: several, one a line."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from localities.models import Locality
from people.models import Position
from people.names import text_key
from plans.services.activities import TypedPosition

MOST_POSITIONS = 12
LONGEST_TITLE = 160
LONGEST_ORGANIZATION = 200


class PositionLinesField(forms.CharField):
    """One position a line, its organisation after a comma. Cleans to a list of TypedPosition.

    A title may have a comma of its own: a line that is the full name of a position known in
    `locality` is that position."""

    locality: Locality

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        super().__init__(widget=widget, max_length=5000, **kwargs)

    def clean(self, value: Any) -> list[TypedPosition]:
        lines = [line.strip().strip(",") for line in super().clean(value).splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_POSITIONS:
            words = gettext("Name at most %(most)s positions: those that do part of the work.")
            raise forms.ValidationError(words % {"most": MOST_POSITIONS})
        known = self._known() if any("," in line for line in lines) else {}
        return [known.get(text_key(line)) or _split(line) for line in lines]

    def _known(self) -> dict[str, TypedPosition]:
        rows = Position.objects.filter(locality=self.locality).select_related("organization")
        return {text_key(str(row)): typed(row) for row in rows}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Line ends of a browser are no other text."""
        return (initial or "").splitlines() != (data or "").splitlines()


def _split(line: str) -> TypedPosition:
    title, _comma, organization = (part.strip() for part in line.partition(","))
    too_long = len(title) > LONGEST_TITLE or len(organization) > LONGEST_ORGANIZATION
    if too_long or not title:
        words = gettext("This line is not a position and its organisation: “%(line)s”.")
        raise forms.ValidationError(words % {"line": f"{line[:60]}…" if len(line) > 60 else line})
    return TypedPosition(title, organization)


def typed(position: Position) -> TypedPosition:
    """A position as somebody would type it."""
    return TypedPosition(position.title, position.organization.name if position.organization else "")


def as_lines(positions: Iterable[Position]) -> str:
    return "\n".join(str(position) for position in positions)


def offices_known(locality: Locality, user: Any, *, most: int = 40) -> list[str]:
    """Positions there that `user` may know of, as a line has them."""
    seen = Position.objects.visible_to(user).filter(locality=locality).select_related("organization")
    return [str(position) for position in seen.order_by("title")[:most]]


ORGANIZATION_WITHOUT_TITLE = _("Which position of this organisation?")

__all__ = [
    "ORGANIZATION_WITHOUT_TITLE",
    "PositionLinesField",
    "as_lines",
    "offices_known",
    "typed",
]
