"""Finding a locality in the list of a roll-out: values, no rows of a table."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines.reach import LocalityReach, Reach, ReachKind
from localities.search import search_text

NAME, NEWEST, OLDEST, FURTHEST = "name", "newest", "oldest", "furthest"
ORDER = list(ReachKind)


class ReachForm(forms.Form):
    """What of the list is shown, and in which order. What is no choice is as if it was not asked."""

    q = forms.CharField(label=_("Locality"), max_length=100, required=False)
    reached = forms.ChoiceField(label=_("Reached by"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            (NAME, _("By name")),
            (FURTHEST, _("Furthest first")),
            (NEWEST, _("Newest first")),
            (OLDEST, _("Oldest first")),
        ],
    )

    def __init__(self, data: Any, *, reach: Reach) -> None:
        super().__init__(data)
        self.reach = reach
        reached: Any = self.fields["reached"]
        reached.choices = [
            ("", _("All")),
            ("any", _("Reached, by whatever")),
            *((kind.value, kind.label) for kind, number in reach.counts.items() if number),
        ]
        if reach.regions:
            region: Any = self.fields["region"]
            region.choices = [("", _("All")), *reach.regions]
        else:
            del self.fields["region"]
        self.is_valid()

    @property
    def qs(self) -> list[LocalityReach]:
        """The localities that fit."""
        asked = self.cleaned_data
        words = search_text(asked.get("q") or "").split()
        found = [
            place
            for place in self.reach.localities
            if all(word in search_text(place.name) for word in words)
            and _is_reached(place, asked.get("reached"))
            and asked.get("region", "") in ("", place.region_code)
        ]
        return sorted(found, key=_order(asked.get("sort")))  # localities stand by name already


def _is_reached(place: LocalityReach, asked: str | None) -> bool:
    return not asked or (place.is_reached if asked == "any" else place.kind == asked)


def _order(sort: str | None) -> Any:
    """Localities that nothing reached come last in an order of days."""
    if sort == FURTHEST:
        return lambda place: ORDER.index(place.kind)
    if sort == NEWEST:
        return lambda place: -(place.since or datetime.date.min).toordinal()
    if sort == OLDEST:
        return lambda place: (place.since or datetime.date.max).toordinal()
    return lambda place: search_text(place.name)
