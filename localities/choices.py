"""Localities to choose from, in a form."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from localities.models import Locality


def locality_choices(localities: Iterable[Locality]) -> list[tuple[str, Any]]:
    """By code: one group a country, in the order of their names, and a step in for each level.

    Wants the rows in tree order, with their country selected."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for locality in localities:
        step = "\u00a0\u00a0" * (locality.depth - 1)
        groups.setdefault(str(locality.country), []).append((locality.code, f"{step}{locality}"))
    return [("", _("Choose a locality")), *sorted(groups.items())]
