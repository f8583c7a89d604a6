"""What reached the localities of countries: adopted plans, workshops held, and the roll-out of guidelines.

Places and days only: nothing of `people` is read."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.db.models import Q

from accounts.models import User
from guidelines.models import Guidelines, Rollout, RolloutKind
from guidelines.reach import Reach, ReachKind
from localities.levels import level_name, units_of, usual_level
from localities.models import Country, Locality
from plans.models import LocalActionPlan
from workshops.models import Workshop
from workshops.safety import last_day_hidden_on
from workshops.states import RiskLevel, WorkshopKind

Work = tuple[str, ReachKind, datetime.date]  # tree path, way, day

KINDS = {RolloutKind.WORKSHOP: ReachKind.GUIDELINES, RolloutKind.DISTRIBUTION: ReachKind.DISTRIBUTION}


def reach_of(country: Country, *, level: int, today: datetime.date) -> Reach:
    """The localities at `level`, each with the furthest that came to it by `today`. Four queries."""
    return reach_of_each([(country, level)], today=today)[country.pk, level]


def reach_of_each(
    wanted: Iterable[tuple[Country, int]], *, today: datetime.date
) -> dict[tuple[int, int], Reach]:
    """The same for several countries and levels, by country key and level. Four queries in all."""
    wanted = list(wanted)
    countries = {country.pk for country, _level in wanted}
    if not countries:
        return {}
    rows: dict[int, list[Locality]] = defaultdict(list)
    for row in Locality.objects.filter(country__in=countries):
        rows[row.country_id].append(row)
    work: dict[int, list[Work]] = defaultdict(list)
    for country_id, path, kind, day in _work(countries, today):
        work[country_id].append((path, kind, day))
    return {
        (country.pk, level): Reach.of(
            units_of(rows[country.pk], level),
            work[country.pk],
            level=level,
            level_name=level_name(country, level),
        )
        for country, level in wanted
    }


def counted_level(country: Country) -> int:
    """The level at which the country's newest guidelines count; the usual one where there are none."""
    newest = (
        Guidelines.objects.filter(country=country).order_by("-created_at").values_list("level", flat=True)
    )
    return newest.first() or usual_level(country)


def first_rollout(locality: Locality, *, user: User, today: datetime.date) -> Rollout | None:
    """When guidelines first came to the locality or below it, of those that `user` may read."""
    seen = rollouts_told(Rollout.objects.visible_to(user), today=today)
    here = Rollout.localities.through.objects.filter(locality__path__startswith=locality.path)
    rows = seen.filter(pk__in=here.values("rollout")).select_related("guidelines")
    return cast(Rollout | None, rows.order_by("on", "pk").first())


def days_not_told(today: datetime.date, prefix: str = "") -> Q:
    """Workshops at high risk whose days may not be known yet: they are shown and printed nowhere (§2.7)."""
    return Q(**{f"{prefix}risk_level": RiskLevel.HIGH, f"{prefix}ends_on__gte": last_day_hidden_on(today)})


def rollouts_told(rollouts: Any, *, today: datetime.date) -> Any:
    """Those that may be shown: done by `today`, and no workshop at high risk whose days are hidden."""
    return rollouts.filter(Q(workshop=None) | ~days_not_told(today, "workshop__"), on__lte=today)


def _work(countries: set[int], today: datetime.date) -> Iterator[tuple[int, str, ReachKind, datetime.date]]:
    adopted = LocalActionPlan.objects.adopted().filter(locality__country__in=countries, adopted_on__lte=today)
    for country, path, day in _places(adopted, "locality", "adopted_on"):
        yield country, path, ReachKind.PLAN, day
    held = Workshop.objects.held().filter(kind=WorkshopKind.LOCALIZATION).exclude(days_not_told(today))
    own = _places(held.filter(locality__country__in=countries), "locality", "ends_on")
    also_for = Workshop.other_localities.through.objects.filter(
        locality__country__in=countries, workshop__in=held.order_by().values("pk")
    )
    for country, path, day in own.union(_places(also_for, "locality", "workshop__ends_on")):
        yield country, path, ReachKind.WORKSHOP, day
    rollouts = rollouts_told(Rollout.objects.filter(localities__country__in=countries), today=today)
    for country, path, day, kind in _places(rollouts, "localities", "on", "kind"):
        yield country, path, KINDS[RolloutKind(kind)], day


def _places(rows: Any, locality: str, *wanted: str) -> Any:
    return rows.order_by().values_list(f"{locality}__country", f"{locality}__path", *wanted)
