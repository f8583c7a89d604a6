"""Whose work it is: the rules of the apps in the form of sets, so that a source asks once for all rows.

The committees' and plans' rules ask one row at a time (committees/rules.py, plans/rules.py); a list of
everything that waits asks the same of many. A test compares both.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee, CommitteeAccess
from lapportal.work.tasks import Task, TaskKind, Words
from people.audience import KEEPING

# What a committee's own secretary has not done after so many days is also shown to who accompanies
# the place; where there is no secretary, it is theirs from the first day.
CLIMBS_AFTER = datetime.timedelta(days=30)

OF_PLACE = tuple(f"locality__{name}" for name in ("code", "name", "names", "path", "country"))


def has_secretary(committee: str) -> Exists:
    """Whether the committee of the outer query (a lookup path) has an open account that keeps its papers."""
    return Exists(
        CommitteeAccess.objects.filter(committee=OuterRef(committee), role__in=KEEPING, user__is_active=True)
    )


@dataclass(frozen=True)
class Reader:
    """One user on one day, with the committees that gave access. Three queries."""

    user: User
    today: datetime.date
    accesses: tuple[CommitteeAccess, ...]

    @classmethod
    def of(cls, user: User, *, today: datetime.date) -> "Reader":
        rows = CommitteeAccess.objects.filter(user=user).select_related("seat", "committee__locality")
        return cls(user, today, tuple(rows))

    def task(self, kind: TaskKind, what: Words, **fields: Any) -> Task:
        return Task(kind=kind, what=what, today=self.today, **fields)

    def with_access(self, capability: Capability) -> frozenset[int]:
        """The committees that gave the user that right themselves."""
        return frozenset(each.committee_id for each in self.accesses if each.allows(capability))

    @cached_property
    def works_for(self) -> frozenset[int]:
        return frozenset(each.committee_id for each in self.accesses)

    @cached_property
    def keeps(self) -> frozenset[int]:
        return self.with_access(Capability.KEEP_COMMITTEES)

    @cached_property
    def decides(self) -> frozenset[int]:
        return self.with_access(Capability.DECIDE_PLANS)

    @cached_property
    def writes(self) -> frozenset[int]:
        return self.with_access(Capability.WRITE_PLANS)

    @cached_property
    def offices(self) -> frozenset[int]:
        """The positions for whose seats the account works."""
        seats = [each.seat for each in self.accesses if each.seat is not None]
        return frozenset(seat.position_id for seat in seats if seat.position_id is not None)

    @cached_property
    def committees(self) -> dict[int, Committee]:
        """All that the user keeps or works for, read once: of thousands of rows each would bring its own
        committee and place along."""
        rows = Committee.objects.filter(self.kept("") | Q(pk__in=self.works_for)).select_related("locality")
        return {each.pk: each for each in rows.only("code", "name", "locality", *OF_PLACE)}

    def may_keep_any(self) -> bool:
        return bool(self.keeps) or self.user.scope.anywhere(Capability.KEEP_COMMITTEES)

    def kept(self, committee: str = "committee") -> Q:
        """The filter for rows of committees whose papers the user may keep (can_keep_committee)."""
        prefix = f"{committee}__" if committee else ""
        places = self.user.scope.rows(Capability.KEEP_COMMITTEES, locality=f"{prefix}locality")
        return places | Q(**{f"{prefix}pk__in": self.keeps})

    def may_keep(self, committee: Committee) -> bool:
        return committee.pk in self._kept

    @cached_property
    def _kept(self) -> frozenset[int]:
        if not self.may_keep_any():
            return frozenset()
        covers = self.user.scope.covers
        places = (
            key for key, each in self.committees.items() if covers(Capability.KEEP_COMMITTEES, each.locality)
        )
        return self.keeps | frozenset(places)

    def is_asked(self, row: Any, committee: int, day: datetime.date) -> bool:
        """Whether a task of the committee is shown to this user: to its own secretary at once, to who
        accompanies the place when there is none (`row.has_secretary`) or it waits for 30 days."""
        return committee in self.keeps or not row.has_secretary or day + CLIMBS_AFTER <= self.today
