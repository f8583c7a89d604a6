"""In which places the work outlives its people: the last step of Localization (domain.md §5, "sustained":
champion and hand-over in place)."""

import datetime
from typing import Any

from accounts.roles import Capability
from people.models import Handover
from workshops.models import Champion, ChampionState


def sustained_paths(user: Any, *, today: datetime.date, **place: Any) -> frozenset[str]:
    """Tree paths of the localities in `place` where an office was handed over and no hand-over is overdue,
    and that have a champion: in the place, or in the area around it. As far as `user` may see. Two
    queries; `place` filters on the locality as in lapportal.reports.LocalWork."""
    of_position = {f"position__{lookup}": value for lookup, value in place.items()}
    handovers = Handover.objects.visible_to(user).filter(**of_position)
    done: set[str] = set()
    late: set[str] = set()
    fields = ("position__locality__path", "acknowledged_on", "stays_on", "due_on")
    for path, acknowledged_on, stays_on, due_on in handovers.order_by().values_list(*fields):
        row = Handover(acknowledged_on=acknowledged_on, stays_on=stays_on, due_on=due_on)
        if acknowledged_on:
            done.add(path)
        elif row.is_overdue(today):
            late.add(path)
    kept = done - late
    if not kept:
        return frozenset()
    # Only that there is a champion: who it is stays with who runs the workshop.
    champions = Champion.objects.exclude(state=ChampionState.INACTIVE)
    areas = champions.filter(user.scope.rows(Capability.SEE_WORK)).order_by()
    paths = set(areas.values_list("locality__path", flat=True))
    return frozenset(path for path in kept if any(_touch(path, area) for area in paths))


def _touch(place: str, area: str) -> bool:
    """Whether one lies in the other, or they are the same."""
    return place.startswith(area) or area.startswith(place)
