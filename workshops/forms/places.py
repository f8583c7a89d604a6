"""Where somebody comes from, typed: the desk has no room for a list of hundreds of places."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from localities.models import Locality
from localities.search import search_text
from workshops.models import Workshop

PLACES_OFFERED = 30
MOST_NAMED = 5
CODE = re.compile(r"\(([^()\s]+)\)\s*$")


def written(locality: Locality) -> str:
    """As the field understands it again: the code tells places of one name apart."""
    return f"{locality} ({locality.code})"


def places_suggested(workshop: Workshop) -> list[str]:
    """The workshop's own place and the nearest below it; few, because the page travels over weak links."""
    near = Locality.objects.within(workshop.locality).filter(depth__lte=workshop.locality.depth + 1)
    return [written(locality) for locality in near[:PLACES_OFFERED]]


class PlaceField(forms.CharField):
    """A locality of the workshop's country, by its name in any language or by its code."""

    workshop: Workshop

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Comes from"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Locality | None:
        text = super().clean(value)
        return self.place(text) if text else None

    def place(self, text: str) -> Locality:
        country = self.workshop.locality.country
        places = Locality.objects.filter(country=country)
        code = CODE.search(text)
        known = places.filter(code=(code[1] if code else text.strip()).upper()).first()
        if known:
            return known
        similar = list(places.named_like(CODE.sub("", text))[:50])
        named = [place for place in similar if self._is_named(place, CODE.sub("", text))]
        near = [place for place in named if place.path.startswith(self.workshop.locality.path)]
        if len(named) == 1 or len(near) == 1:
            return (near or named)[0]
        if named:
            raise forms.ValidationError(
                _("Several places have this name. Write one of these: %(places)s.")
                % {"places": "; ".join(written(place) for place in named[:MOST_NAMED])}
            )
        if similar:
            raise forms.ValidationError(
                _("No place of exactly this name. Did you mean: %(places)s?")
                % {"places": "; ".join(written(place) for place in similar[:MOST_NAMED])}
            )
        raise forms.ValidationError(
            _("No such place is known in %(country)s. Write the district or province, or leave it empty.")
            % {"country": country}
        )

    @staticmethod
    def _is_named(place: Locality, text: str) -> bool:
        names = {place.name, *place.names.values()}
        return search_text(text) in {search_text(name) for name in names}
