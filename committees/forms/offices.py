"""Positions and organisations as people type them: a name, with suggestions of what is known."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import Capability
from localities.models import Locality
from people.models import Organization, Position

SUGGESTIONS = 60  # entries of a list of suggestions: more would weigh on a phone


def named_field(options: str, **kwargs: Any) -> forms.CharField:
    """A name to type, with suggestions from the datalist of that id."""
    return forms.CharField(widget=forms.TextInput(attrs={"list": options, "autocomplete": "off"}), **kwargs)


def position_title_field(**kwargs: Any) -> forms.CharField:
    longest = Position._meta.get_field("title").max_length
    return named_field("position-titles", max_length=longest, **kwargs)


def organization_field(**kwargs: Any) -> forms.CharField:
    longest = Organization._meta.get_field("name").max_length
    return named_field("organizations", max_length=longest, **kwargs)


def suggestions(locality: Locality | None, user: User) -> dict[str, list[str]]:
    """Titles and organisations that `user` may know of here, for the two datalists of a form; without a
    place those of the countries in which the user sets up committees."""
    positions = Position.objects.visible_to(user)
    if locality is None:
        positions = positions.filter(user.scope.rows(Capability.SET_UP_COMMITTEES))
    else:
        positions = positions.filter(locality=locality)
    return {
        "titles": list(positions.order_by("title").values_list("title", flat=True).distinct()[:SUGGESTIONS]),
        "organizations": list(
            Organization.objects.filter(positions__in=positions)
            .order_by("name")
            .values_list("name", flat=True)
            .distinct()[:SUGGESTIONS]
        ),
    }
