"""The list of localities as rows of a spreadsheet."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from guidelines.reach import LocalityReach, ReachKind

COLUMNS = [
    _("Code"),
    _("Locality"),
    _("Level"),
    _("Region"),
    _("Reached by"),
    _("Since"),
    ReachKind.PLAN.label,
    ReachKind.WORKSHOP.label,
    ReachKind.GUIDELINES.label,
    ReachKind.DISTRIBUTION.label,
]


def reach_rows(places: Iterable[LocalityReach]) -> list[list[str]]:
    """A row for each locality, days as 2016-04-15; the first day of each way after the furthest."""
    return [
        [
            place.code,
            place.name,
            place.level_name,
            place.region,
            str(place.kind.label),
            place.since.isoformat() if place.since else "",
            *(
                place.days[kind].isoformat() if kind in place.days else ""
                for kind in ReachKind
                if kind != ReachKind.NONE
            ),
        ]
        for place in places
    ]
