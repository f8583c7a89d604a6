"""Roll-outs of guidelines as pages show them, and what a workshop of the portal offers for one."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Subquery, Sum
from django.utils.translation import ngettext

from accounts.models import User
from core.suppression import suppress
from guidelines.models import Guidelines, Rollout
from guidelines.reports.country_reach import days_not_told, rollouts_told
from localities.models import Country, Locality
from people.models import Sex
from workshops.models import Workshop
from workshops.reports.stages import Stages
from workshops.rules import can_see_names
from workshops.states import WorkshopKind


@dataclass(frozen=True)
class RolloutRow:
    """One roll-out. None: a small number that this reader is not shown (BR17)."""

    rollout: Rollout
    places: list[str]
    trained: int | None

    @property
    def more(self) -> int:
        return max(0, len(self.places) - 4)

    @property
    def first_places(self) -> list[str]:
        return self.places[:4]


@dataclass(frozen=True)
class Rollouts:
    """All roll-outs of guidelines, with the officials trained in them. Women are told of all roll-outs
    together only, to a reader from whom small numbers are hidden: by event they could be worked out."""

    rows: list[RolloutRow] = field(default_factory=list)
    trained: int = 0
    women: int | None = None  # None: not counted, or not shown
    women_of: int = 0  # of so many trained, where women were counted
    hides: bool = False
    threshold: int = 5

    @classmethod
    def of(
        cls, guidelines: Guidelines, *, country: Country, today: datetime.date, sees_all: bool
    ) -> "Rollouts":
        """Two queries."""
        told = rollouts_told(guidelines.rollouts.all(), today=today)
        found = list(told.select_related("edition", "workshop").prefetch_related("localities"))
        for rollout in found:
            rollout.guidelines = guidelines
        threshold = 0 if sees_all else country.small_cell_threshold
        counted = {rollout.pk: rollout.trained for rollout in found}
        shown = suppress(counted, threshold=threshold) if threshold else dict(counted)
        known = [rollout for rollout in found if rollout.trained_women is not None]
        women_of = sum(rollout.trained for rollout in known)
        women = women_shown(sum(row.trained_women or 0 for row in known), women_of, threshold=threshold)
        return cls(
            rows=[
                RolloutRow(rollout, [str(place) for place in rollout.localities.all()], shown[rollout.pk])
                for rollout in found
            ],
            trained=sum(counted.values()),
            women=women if known else None,
            women_of=women_of,
            hides=None in shown.values() or (bool(known) and women is None),
            threshold=country.small_cell_threshold,
        )

    @property
    def shows_trained(self) -> bool:
        """A sum of one number only is that number."""
        return not self.hides or self.trained >= self.threshold

    @property
    def women_note(self) -> str:
        """Where women were counted in some roll-outs only."""
        if self.women is None or self.women_of == self.trained:
            return ""
        return ngettext(
            "counted for %(number)s official", "counted for %(number)s officials", self.women_of
        ) % {"number": self.women_of}


def women_shown(women: int, trained: int, *, threshold: int) -> int | None:
    """The women among those trained, unless they or the men are so few that they could be known."""
    if not threshold:
        return women
    return suppress({"women": women, "men": trained - women}, threshold=threshold)["women"]


def workshops_to_note(
    guidelines: Guidelines, user: User, rollout: Rollout | None, *, today: datetime.date
) -> Any:
    """Workshops of kind roll-out in the country that were held and are not noted yet. Those at high risk
    whose days may not be known are left out, and what was before the first edition: that cannot be noted.
    That of `rollout` stays."""
    launched = guidelines.editions.order_by("number").values("launched_on")[:1]
    noted = guidelines.rollouts.exclude(workshop=None).values("workshop")
    open_ones = Q(kind=WorkshopKind.ROLLOUT, locality__country=guidelines.country_id) & ~Q(pk__in=noted)
    seen = (
        Workshop.objects.visible_to(user)
        .held()
        .filter(open_ones, ends_on__gte=Subquery(launched), ends_on__lte=today)
    )
    found = Q(pk__in=seen.exclude(days_not_told(today)).values("pk"))
    if rollout is not None and rollout.workshop_id:
        found |= Q(pk=rollout.workshop_id)
    return Workshop.objects.filter(found).order_by("-ends_on", "code")


@dataclass(frozen=True)
class Offer:
    """What a workshop says of a roll-out: filled in, to be looked at."""

    workshop: Workshop
    values: dict[str, Any]

    @classmethod
    def of(cls, workshop: Workshop, *, user: User, places: dict[str, str]) -> "Offer":
        """`places`: tree path → code of the localities that may be ticked."""
        stages = Stages.from_workshop(workshop, sees_all=can_see_names(user, workshop))
        values: dict[str, Any] = {
            "kind": "workshop",
            "on": workshop.ends_on,
            "workshop": workshop.code,
            "localities": _ticked(workshop, places),
        }
        attended = stages.attended
        if attended.is_known and attended.shows_total and attended.shows_share:
            values["trained"] = attended.composition.authorities.total()
            if can_see_names(user, workshop):
                values["trained_women"] = _women(workshop)
        return cls(workshop, values)


def _ticked(workshop: Workshop, places: dict[str, str]) -> list[str]:
    """The localities for which it was held; one above them stands for none, one below for that above it."""
    held_for = [workshop.locality, *workshop.other_localities.all()]
    found: dict[str, None] = {}
    for place in held_for:
        for end in range(len(place.path), 0, -Locality.steplen):
            if place.path[:end] in places:
                found[places[place.path[:end]]] = None
    return list(found)


def _women(workshop: Workshop) -> int:
    """Women among the local authorities who came, by name and by head-count."""
    women = {"counted_as_local_authority": True, "sex": Sex.WOMAN}
    named = workshop.participations.filter(**women, attendances__isnull=False)
    counted = workshop.tallies.filter(**women).aggregate(number=Sum("count"))["number"] or 0
    return named.aggregate(number=Count("pk", distinct=True))["number"] + counted
