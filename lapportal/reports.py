"""Read models of the pages that show the whole story: home, countries and localities."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from accounts.roles import Capability
from committees.models import Committee, CommitteeAccess
from lapportal.pipeline import Pipeline
from localities.coverage import Coverage
from localities.models import Country, Locality
from plans.models import LocalActionPlan
from plans.states import PlanState
from workshops.models import Workshop
from workshops.states import TO_COME, WorkshopKind

LATEST = 5


@dataclass(frozen=True)
class PublicFigures:
    """Where the work stands, in five numbers that anybody may know."""

    countries: int
    localities: int
    workshops: int
    committees: int
    adopted_plans: int

    @classmethod
    def now(cls) -> "PublicFigures":
        places = Country.objects.aggregate(
            countries=Count("pk", distinct=True), localities=Count("localities")
        )
        return cls(
            workshops=Workshop.objects.held().count(),
            committees=Committee.objects.count(),
            adopted_plans=LocalActionPlan.objects.adopted().count(),
            **places,
        )


@dataclass(frozen=True)
class MyWork:
    """What is next for one user, and what moved lately in her places."""

    running: list[Workshop]
    committees: list[CommitteeAccess]
    coming: list[Workshop]
    plans: list[LocalActionPlan]
    today: datetime.date
    sees_places: bool
    runs_workshops: bool

    @classmethod
    def of(cls, user: Any, *, today: datetime.date) -> "MyWork":
        open_workshops = Workshop.objects.filter(state__in=TO_COME).for_list().order_by("starts_on")
        sees_places = user.scope.anywhere(Capability.SEE_WORK)
        runs_workshops = user.scope.anywhere(Capability.RUN_WORKSHOPS)
        visible_plans = LocalActionPlan.objects.visible_to(user).for_list().order_by("-updated_at")
        return cls(
            running=list(
                open_workshops.filter(user.scope.rows(Capability.RUN_WORKSHOPS), facilitators=user)[:LATEST]
            )
            if runs_workshops
            else [],
            committees=list(
                CommitteeAccess.objects.filter(user=user)
                .select_related("committee__locality__country")
                .prefetch_related("committee__plans")
            ),
            coming=list(
                open_workshops.visible_to(user).filter(ends_on__gte=today).exclude(facilitators=user)[:LATEST]
            )
            if sees_places
            else [],
            plans=list(visible_plans[:LATEST]) if sees_places else [],
            today=today,
            sees_places=sees_places,
            runs_workshops=runs_workshops,
        )


@dataclass(frozen=True)
class CountryRow:
    """One line of the list of countries. None: the reader may not see this number."""

    country: Country
    localities: int
    adopted_plans: int
    workshops: int | None
    coverage: Coverage | None

    @classmethod
    def all_for(cls, user: Any) -> list["CountryRow"]:
        first_level = paths_by_country(Locality.objects.first_level())
        adopted = paths_by_country(LocalActionPlan.objects.adopted(), "locality__")
        held = Workshop.objects.visible_to(user).held()
        workshops = paths_by_country(held, "locality__")
        reaching = paths_by_country(held.filter(kind=WorkshopKind.LOCALIZATION), "locality__")
        countries = Country.objects.visible_to(user).annotate(locality_count=Count("localities"))
        return [
            cls(
                country=country,
                localities=country.locality_count,
                adopted_plans=len(adopted[country.pk]),
                workshops=len(workshops[country.pk]) if whole else None,
                coverage=Coverage.of(first_level[country.pk], reaching[country.pk] + adopted[country.pk])
                if whole
                else None,
            )
            for country in sorted(countries, key=str)  # by name in the reader's language
            for whole in [user.scope.covers_country(Capability.SEE_WORK, country.pk)]
        ]


def paths_by_country(rows: Any, prefix: str = "") -> defaultdict[int, list[str]]:
    """The tree paths of `rows`, grouped by country. One query."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for country, path in rows.order_by().values_list(f"{prefix}country", f"{prefix}path"):
        found[country].append(path)
    return found


@dataclass(frozen=True)
class LocalWork:
    """What a user may see of the work in a locality and below it. Three queries."""

    workshops: list[Workshop] = field(default_factory=list)
    committees: list[Committee] = field(default_factory=list)
    plans: list[LocalActionPlan] = field(default_factory=list)

    @classmethod
    def seen_by(cls, user: Any, **place: Any) -> "LocalWork":
        """`place` filters on the locality: `locality__path__startswith=…` or `locality__country=…`."""
        return cls(
            workshops=list(Workshop.objects.visible_to(user).filter(**place).for_list()),
            committees=list(Committee.objects.visible_to(user).filter(**place).for_list()),
            plans=list(LocalActionPlan.objects.visible_to(user).filter(**place).for_list()),
        )

    def __bool__(self) -> bool:
        return bool(self.workshops or self.committees or self.plans)

    @property
    def held(self) -> list[Workshop]:
        return [
            workshop
            for workshop in self.workshops
            if workshop.took_place and workshop.kind == WorkshopKind.LOCALIZATION
        ]

    def pipeline(self, locality: Locality) -> Pipeline:
        """How far it has come in `locality` or below."""

        def inside(rows: list[Any]) -> int:
            return sum(row.locality.path.startswith(locality.path) for row in rows)

        return Pipeline(
            workshops=inside(self.held),
            committees=inside(self.committees),
            plans=inside(self.plans),
            adopted=inside([plan for plan in self.plans if plan.state == PlanState.ADOPTED]),
        )


def adopted_by_locality(country: Country) -> Counter[str]:
    """How many adopted plans each first-level locality has: a public fact."""
    adopted = LocalActionPlan.objects.adopted().filter(locality__country=country)
    return Counter(
        path[: Locality.steplen] for path in adopted.order_by().values_list("locality__path", flat=True)
    )
