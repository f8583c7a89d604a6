"""What anybody may read of adopted plans: their newest editions, from what was frozen and nothing else.

Positions and institutions, never persons; no comments, no scan, no progress (domain.md §9.5)."""

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db.models import Exists, OuterRef, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from plans.models import Edition, LocalActionPlan
from plans.models.workflow import EditionQuerySet
from plans.states import PlanState

# In force is all that is not over: what goes on inside is no matter of the public.
PUBLIC_STATES = {
    "in_force": (_("In force"), "done"),
    PlanState.CLOSED.value: (_("Closed"), ""),
    PlanState.SUPERSEDED.value: (_("Superseded"), ""),
}


def public_state(state: str) -> str:
    return state if state in PUBLIC_STATES else "in_force"


def newest_editions() -> EditionQuerySet:
    """The newest public edition of each plan, without its long content, with what a list shows."""
    newer = Edition.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    return (
        Edition.objects.public()
        .filter(~Exists(newer))
        .select_related("plan__locality__country")
        .annotate(
            title=KT("content__title"),
            nap_title=KT("content__nap__title"),
            # As texts, for a lookup in JSON would compare JSON.
            starts=Cast(KT("content__period__start"), TextField()),
            ends=Cast(KT("content__period__end"), TextField()),
            label=KT("content__period__label"),
        )
        .defer("content")
        .order_by("-adopted_on", "plan__code")
    )


@dataclass(frozen=True)
class PublicRow:
    """One line of the list of adopted plans. `edition` is one of newest_editions."""

    edition: Any

    @property
    def years(self) -> str:
        first, last = self.edition.starts[:4], self.edition.ends[:4]
        return self.edition.label or (first if first == last else f"{first}–{last}")

    @property
    def state(self) -> Any:
        return PUBLIC_STATES[public_state(self.edition.plan.state)][0]

    @property
    def tone(self) -> str:
        return PUBLIC_STATES[public_state(self.edition.plan.state)][1]


@dataclass(frozen=True)
class PublicPlan:
    """A public plan with one of its editions. Two queries, and a third where a newer plan took over."""

    plan: LocalActionPlan
    edition: Edition
    editions: list[Edition]  # newest first

    @classmethod
    def found(cls, code: str, number: str = "") -> Self:
        """The edition with that number, or the newest. Http404 for what is unknown, not adopted, held
        back or switched off: all the same."""
        if not settings.PUBLIC_SITE:
            raise Http404
        known = Edition.objects.public().filter(plan__code=code).select_related("plan__locality__country")
        editions = list(known.defer("content").order_by("-number"))
        wanted = [each for each in editions if not number or str(each.number) == number]
        if not wanted:
            raise Http404
        return cls(wanted[0].plan, wanted[0], editions)

    @property
    def newest(self) -> Edition:
        return self.editions[0]

    @property
    def state(self) -> Any:
        return PUBLIC_STATES[public_state(self.plan.state)][0]

    @property
    def tone(self) -> str:
        return PUBLIC_STATES[public_state(self.plan.state)][1]

    @cached_property
    def successor(self) -> LocalActionPlan | None:
        """The public plan that came after it."""
        if self.plan.state != PlanState.SUPERSEDED:
            return None
        return self.plan.successors.ever_adopted().filter(is_public=True).exclude(editions=None).first()
