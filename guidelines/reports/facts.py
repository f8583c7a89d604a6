"""The facts of a country that guidelines show: the page and the PDF take the same values.

Places, plans and institutions only. No person's name can come in here: nothing of `people` is read.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frameworks.models import Framework, FrameworkKind
from frameworks.pillars import Pillar
from localities import coverage
from localities.models import Country, Locality
from localities.search import search_text
from plans.models import LocalActionPlan
from plans.states import IN_FORCE_STATES
from workshops.models import Workshop
from workshops.safety import last_day_hidden_on
from workshops.states import RiskLevel, WorkshopKind


@dataclass(frozen=True)
class NapItem:
    """One item, once: under the first of its pillars, with the others named beside it."""

    number: str
    own_number: bool
    text: str
    also: tuple[str, ...]
    plans: int


@dataclass(frozen=True)
class PillarItems:
    label: str
    items: tuple[NapItem, ...]


@dataclass(frozen=True)
class NapItems:
    """The lowest items of a National Action Plan by pillar, with the adopted plans that serve each."""

    nap: Framework | None
    pillars: tuple[PillarItems, ...] = ()

    @classmethod
    def from_nap(cls, nap: Framework | None) -> "NapItems":
        if nap is None:
            return cls(None)
        adopted = Q(alignments__objective__plan__state__in=IN_FORCE_STATES)
        provisions = (
            nap.provisions.items()
            .annotate(plans=Count("alignments__objective__plan", filter=adopted, distinct=True))
            .order_by("order")
        )
        found: dict[str, list[NapItem]] = defaultdict(list)
        for provision in provisions:
            first, *others = provision.pillars or [Pillar.SUPPORT]
            also = tuple(str(Pillar(pillar).label) for pillar in others)
            found[first].append(
                NapItem(provision.code, provision.own_number, provision.text, also, provision.plans)
            )
        return cls(nap, tuple(PillarItems(str(p.label), tuple(found[p])) for p in Pillar if p in found))

    @property
    def total(self) -> int:
        return sum(len(pillar.items) for pillar in self.pillars)

    @property
    def numbers_are_own(self) -> bool:
        """Whether some numbers are the portal's, which the reader must be told."""
        return any(item.own_number for pillar in self.pillars for item in pillar.items)


class Reach(models.TextChoices):
    """How far Localization came in a locality; the furthest counts, and it counts once (F32)."""

    PLAN = "plan", _("Local plan adopted")
    WORKSHOP = "workshop", _("Localization workshop held")
    NONE = "none", _("Not reached yet")


@dataclass(frozen=True)
class ReachedLocality:
    name: str
    kind: str
    reach: Reach
    since: datetime.date | None


@dataclass(frozen=True)
class Share:
    """One part of the coverage bar: where it stands and how wide it is, of 100."""

    reach: Reach
    count: int
    percent: int
    start: str
    width: str


@dataclass(frozen=True)
class Coverage:
    """First-level localities reached by a Localization workshop or an adopted plan, and those not (BR24)."""

    localities: tuple[ReachedLocality, ...]

    @classmethod
    def from_country(cls, country: Country) -> "Coverage":
        """A workshop held or a plan adopted anywhere below a first-level locality reaches it."""
        plans = LocalActionPlan.objects.adopted().filter(locality__country=country)
        held = Workshop.objects.held().filter(locality__country=country, kind=WorkshopKind.LOCALIZATION)
        # A workshop at high risk is printed nowhere before its days may be known (domain.md §2.7).
        today = timezone.localdate()
        held = held.exclude(risk_level=RiskLevel.HIGH, ends_on__gte=last_day_hidden_on(today))
        since: dict[tuple[str, Reach], datetime.date] = {}
        for path, day in plans.values_list("locality__path", "adopted_on"):
            _keep_first(since, path, Reach.PLAN, day)
        for path, day in held.values_list("locality__path", "ends_on"):
            _keep_first(since, path, Reach.WORKSHOP, day)
        also_for = Workshop.other_localities.through.objects.filter(workshop__in=held.values("pk"))
        for path, day in also_for.values_list("locality__path", "workshop__ends_on"):
            _keep_first(since, path, Reach.WORKSHOP, day)
        roots = Locality.objects.filter(country=country).first_level()
        return cls(tuple(_reached(root, since) for root in sorted(roots, key=_by_name)))

    @property
    def total(self) -> int:
        return len(self.localities)

    @property
    def not_reached(self) -> list[ReachedLocality]:
        return [locality for locality in self.localities if locality.reach == Reach.NONE]

    @property
    def reached(self) -> int:
        return self.total - len(self.not_reached)

    @property
    def percent(self) -> int:
        return coverage.Coverage(self.reached, self.total).share

    @cached_property
    def shares(self) -> list[Share]:
        """The parts of the bar in the order of `Reach`, empty ones left out."""
        parts: list[Share] = []
        before = 0
        for reach in Reach:
            count = sum(1 for locality in self.localities if locality.reach == reach)
            if count:
                percent = coverage.Coverage(count, self.total).share
                start, width = (f"{600 * n / self.total:.1f}" for n in (before, count))
                parts.append(Share(reach, count, percent, start, width))
                before += count
        return parts

    def by_reach(self) -> list[tuple[Reach, list[ReachedLocality]]]:
        """The localities in groups, the furthest first."""
        groups = ((reach, [x for x in self.localities if x.reach == reach]) for reach in Reach)
        return [(reach, group) for reach, group in groups if group]


def _keep_first(
    since: dict[tuple[str, Reach], datetime.date], path: str, reach: Reach, day: datetime.date | None
) -> None:
    if day is None:
        return
    key = (coverage.root_path(path), reach)
    since[key] = min(day, since.get(key, day))


def _by_name(locality: Locality) -> str:
    return search_text(str(locality))  # Équateur stands with E


def _reached(root: Locality, since: dict[tuple[str, Reach], datetime.date]) -> ReachedLocality:
    for reach in (Reach.PLAN, Reach.WORKSHOP):
        if (root.path, reach) in since:
            return ReachedLocality(str(root), root.kind, reach, since[root.path, reach])
    return ReachedLocality(str(root), root.kind, Reach.NONE, None)


@dataclass(frozen=True)
class AdoptedPlan:
    """A plan in force of law: what, where, for when, and by whose act."""

    title: str
    locality: str
    period_start: datetime.date
    period_end: datetime.date
    body: str
    act: str
    adopted_on: datetime.date

    @classmethod
    def from_country(cls, country: Country) -> tuple["AdoptedPlan", ...]:
        plans = (
            LocalActionPlan.objects.adopted()
            .filter(locality__country=country)
            .select_related("locality")
            .order_by("-adopted_on", "code")
        )
        return tuple(cls.from_plan(plan) for plan in plans)

    @classmethod
    def from_plan(cls, plan: LocalActionPlan) -> "AdoptedPlan":
        assert plan.adopted_on is not None  # noqa: S101 - the database holds it: plan_adoption_is_whole
        return cls(
            plan.title,
            str(plan.locality),
            plan.period_start,
            plan.period_end,
            plan.adopting_body,
            plan.adopting_act,
            plan.adopted_on,
        )


@dataclass(frozen=True)
class Resolution:
    number: str
    theme: str
    adopted_on: datetime.date | None
    source: str

    @classmethod
    def in_order(cls) -> tuple["Resolution", ...]:
        """The resolutions on women, peace and security, oldest first."""
        found = Framework.objects.filter(kind=FrameworkKind.WPS_RESOLUTION).order_by("adopted_on", "code")
        return tuple(cls(f.number, f.theme, f.adopted_on, f.source) for f in found)


@dataclass(frozen=True)
class CountryFacts:
    """Everything that the blocks of one country's guidelines show."""

    nap_items: NapItems
    coverage: Coverage
    plans: tuple[AdoptedPlan, ...]
    resolutions: tuple[Resolution, ...]

    @classmethod
    def from_country(cls, country: Country, *, nap: Framework | None) -> "CountryFacts":
        return cls(
            NapItems.from_nap(nap),
            Coverage.from_country(country),
            AdoptedPlan.from_country(country),
            Resolution.in_order(),
        )


def last_change(country: Country) -> datetime.datetime | None:
    """When the work that the facts tell of last changed: workshops held and plans adopted."""
    held = Workshop.objects.held().filter(locality__country=country)
    adopted = LocalActionPlan.objects.adopted().filter(locality__country=country)
    days = [
        held.aggregate(day=Max("updated_at"))["day"],
        adopted.aggregate(day=Max("updated_at"))["day"],
    ]
    return max((day for day in days if day is not None), default=None)
