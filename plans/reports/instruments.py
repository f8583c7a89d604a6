"""The three instruments of a locality (BR6, F03): the plan, its place in a development plan, local law."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models import Integration, LocalActionPlan, LocalLaw
from plans.models.instruments import takes_too_long

KINDS = 3


@dataclass(frozen=True)
class Slot:
    """One of the three kinds: whether the place has one in force, which ones it works on, and whether
    it takes longer than 24 months (BR4)."""

    key: str
    label: str | Promise
    rows: list[Any]
    is_reached: bool
    is_late: bool

    @property
    def state(self) -> str | Promise:
        if self.is_reached:
            return _("In force")
        return _("Under way") if self.rows else _("Not begun")

    @property
    def tone(self) -> str:
        if self.is_reached:
            return "done"
        return "going" if self.rows else ""


@dataclass(frozen=True)
class Instruments:
    """What a place has of the three, ideally all."""

    slots: list[Slot]

    @classmethod
    def of(
        cls,
        *,
        plans: Iterable[LocalActionPlan],
        integrations: Iterable[Integration],
        laws: Iterable[LocalLaw],
        today: datetime.date,
    ) -> "Instruments":
        """From the rows of one locality, as far as the reader may see them."""
        own, hosts, acts = list(plans), list(integrations), list(laws)
        adopted = [plan.adopted_on for plan in own if plan.is_in_force and plan.adopted_on]
        waits = bool(adopted) and takes_too_long(min(adopted), today)
        return cls(
            [
                Slot("plan", _("Local Action Plan"), own, any(plan.is_in_force for plan in own), False),
                _slot("integration", _("In the development plan"), hosts, waits, today),
                _slot("law", _("By-law, ordinance or policy"), acts, waits, today),
            ]
        )

    @property
    def count(self) -> int:
        return sum(slot.is_reached for slot in self.slots)

    @property
    def total(self) -> int:
        return KINDS


def _slot(key: str, label: str | Promise, rows: list[Any], waits: bool, today: datetime.date) -> Slot:
    """`waits`: the plan is adopted for so long that this one should be there."""
    reached = any(row.is_in_force for row in rows)
    late = not reached and (waits or any(row.is_overdue(today) for row in rows))
    return Slot(key, label, rows, reached, late)
