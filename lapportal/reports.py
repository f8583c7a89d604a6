"""Read models of the pages that show the whole story: home, countries and localities."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.roles import Capability
from committees.models import Committee, CommitteeAccess
from lapportal.attention import committee_is_due, has_committee
from lapportal.memory.passed_on import sustained_paths
from lapportal.pipeline import Pipeline
from lapportal.work.desk import Desk
from lapportal.work.tasks import Task
from localities.coverage import Coverage
from localities.models import Country, Locality
from plans.models import Integration, LocalActionPlan, LocalLaw, ProgressUpdate, UpdateState
from plans.reports.instruments import Instruments
from plans.states import IN_FORCE_STATES
from workshops.models import Workshop
from workshops.states import TO_COME, RiskLevel, WorkshopKind

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
            **places,
            **Committee.objects.aggregate(
                committees=Count("pk", distinct=True),
                adopted_plans=Count("plans", filter=Q(plans__state__in=IN_FORCE_STATES)),
            ),
        )


@dataclass(frozen=True)
class MyWork:
    """What is next for one user, and what moved lately in her places."""

    running: list[Workshop]
    committees: list[CommitteeAccess]
    coming: list[Workshop]
    plans: list[LocalActionPlan]
    desk: Desk  # what waits
    today: datetime.date
    sees_places: bool
    runs_workshops: bool

    @property
    def oldest(self) -> tuple[Task, ...]:
        """The first lines of the page My work."""
        return self.desk.tasks[:LATEST]

    @classmethod
    def of(cls, user: Any, *, today: datetime.date) -> "MyWork":
        open_workshops: Any = Workshop.objects.filter(state__in=TO_COME).for_list().for_reader(user)
        in_order = open_workshops.listed_on(today).order_by("listed_on", "code")
        sees_places = user.scope.anywhere(Capability.SEE_WORK)
        runs_workshops = user.scope.anywhere(Capability.RUN_WORKSHOPS)
        visible_plans = LocalActionPlan.objects.visible_to(user).for_list().order_by("-updated_at")
        return cls(
            running=list(
                in_order.filter(user.scope.rows(Capability.RUN_WORKSHOPS), facilitators=user)[:LATEST]
            )
            if runs_workshops
            else [],
            committees=list(
                CommitteeAccess.objects.filter(user=user)
                .select_related("committee__locality__country")
                .prefetch_related("committee__plans")
            ),
            coming=list(
                in_order.visible_to(user)
                # At high risk it stays until its state changes: to vanish would tell the last day.
                .filter(Q(ends_on__gte=today) | Q(risk_level=RiskLevel.HIGH))
                .exclude(facilitators=user)[:LATEST]
            )
            if sees_places
            else [],
            plans=list(visible_plans[:LATEST]) if sees_places else [],
            desk=Desk.of(user, today=today),
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
        also_for = Workshop.other_localities.through.objects.filter(
            workshop__in=held.filter(kind=WorkshopKind.LOCALIZATION).values("pk")
        )
        for country_key, paths in paths_by_country(also_for, "locality__").items():
            reaching[country_key] += paths
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


def has_approved_progress() -> Exists:
    """Whether somebody followed the plan of the outer query: an update of an activity was approved."""
    return Exists(ProgressUpdate.objects.filter(period__plan=OuterRef("pk"), state=UpdateState.APPROVED))


def places_of(workshop: Workshop) -> list[Locality]:
    """Where it is held, and the other localities that it is held for."""
    return [workshop.locality, *workshop.other_localities.all()]


@dataclass(frozen=True)
class LocalWork:
    """What a user may see of the work in a locality and below it. A workshop that is held for several
    localities is work in each of them. At most nine queries."""

    workshops: list[Workshop] = field(default_factory=list)
    committees: list[Committee] = field(default_factory=list)
    plans: list[LocalActionPlan] = field(default_factory=list)
    integrations: list[Integration] = field(default_factory=list)
    laws: list[LocalLaw] = field(default_factory=list)
    settled: frozenset[int] = frozenset()  # other localities of the workshops that have a committee
    sustained: frozenset[str] = frozenset()  # tree paths where champion and hand-over are in place

    @classmethod
    def seen_by(cls, user: Any, **place: Any) -> "LocalWork":
        """`place` filters on the locality: `locality__path__startswith=…` or `locality__country=…`.
        A workshop at high risk stands where its month does: its place tells no day."""
        also_for = Workshop.other_localities.through.objects.filter(**place).values("workshop")
        here: Any = Workshop.objects.visible_to(user).filter(Q(**place) | Q(pk__in=also_for))
        workshops = list(
            here.for_list()
            .for_reader(user)
            .listed_on(timezone.localdate())
            .annotate(has_committee=has_committee())
            .order_by("-listed_on", "code")
            .prefetch_related("other_localities")
        )
        others = {other.pk for workshop in workshops for other in workshop.other_localities.all()}
        settled = Committee.objects.filter(locality__in=others).order_by().values_list("locality", flat=True)
        return cls(
            workshops=workshops,
            settled=frozenset(settled if others else ()),
            committees=list(
                Committee.objects.visible_to(user).filter(**place).for_list().with_last_meeting()
            ),
            plans=list(
                LocalActionPlan.objects.visible_to(user)
                .filter(**place)
                .for_list()
                .annotate(is_monitored=has_approved_progress())
            ),
            integrations=list(Integration.objects.visible_to(user).filter(**place).for_list()),
            laws=list(LocalLaw.objects.visible_to(user).filter(**place).for_list()),
            sustained=sustained_paths(user, today=timezone.localdate(), **place),
        )

    def __bool__(self) -> bool:
        return bool(self.workshops or self.committees or self.plans or self.integrations or self.laws)

    @property
    def held(self) -> list[Workshop]:
        return [
            workshop
            for workshop in self.workshops
            if workshop.took_place and workshop.kind == WorkshopKind.LOCALIZATION
        ]

    def without_committee(self, locality: Locality, *, today: datetime.date) -> list[Workshop]:
        """Localization workshops in `locality` or below that should have a committee by now (BR13)."""
        return [
            workshop
            for workshop in self.held
            if committee_is_due(workshop, today=today)
            and any(
                place.path.startswith(locality.path)
                for place in places_of(workshop)
                if not self.has_committee(workshop, place)
            )
        ]

    def has_committee(self, workshop: Any, place: Locality) -> bool:
        """One set up from the workshop is that of the workshop's own locality."""
        return workshop.has_committee if place.pk == workshop.locality_id else place.pk in self.settled

    def pipeline(self, locality: Locality) -> Pipeline:
        """How far it has come in `locality` or below."""

        def inside(rows: list[Any]) -> int:
            return sum(row.locality.path.startswith(locality.path) for row in rows)

        def is_for_here(workshop: Workshop) -> bool:
            return any(place.path.startswith(locality.path) for place in places_of(workshop))

        def comes(workshop: Workshop) -> bool:
            return workshop.state in TO_COME or workshop.took_place

        return Pipeline(
            approached=sum(is_for_here(workshop) for workshop in self.workshops if comes(workshop)),
            workshops=sum(map(is_for_here, self.held)),
            committees=inside(self.committees),
            plans=inside(self.plans),
            adopted=inside(
                [plan for plan in self.plans if plan.is_in_force]
                + [law for law in self.laws if law.is_in_force]
            ),
            integrated=inside([row for row in self.integrations if row.is_in_force]),
            monitored=inside([plan for plan in self.plans if getattr(plan, "is_monitored", False)]),
            sustained=sum(path.startswith(locality.path) for path in self.sustained),
        )

    def instruments(self, locality: Locality, *, today: datetime.date) -> Instruments:
        """The three instruments of this very locality (BR6): those below it have their own."""

        def own(rows: list[Any]) -> list[Any]:
            return [row for row in rows if row.locality_id == locality.pk]

        return Instruments.of(
            plans=own(self.plans), integrations=own(self.integrations), laws=own(self.laws), today=today
        )


def adopted_by_locality(country: Country) -> Counter[str]:
    """How many adopted plans each first-level locality has: a public fact."""
    adopted = LocalActionPlan.objects.adopted().filter(locality__country=country)
    return Counter(
        path[: Locality.steplen] for path in adopted.order_by().values_list("locality__path", flat=True)
    )
