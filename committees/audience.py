"""Which accounts are told what happens to a committee."""

from collections import defaultdict
from functools import cached_property

from accounts.models import User
from committees.models import Committee, CommitteeAccess
from people.audience import KEEPING


def secretaries_of(committee: Committee) -> list[User]:
    """The open accounts that keep its papers."""
    keeping = User.objects.filter(
        committee_access__committee=committee, committee_access__role__in=KEEPING, is_active=True
    )
    return list(keeping.distinct())


def workers_of(committee: Committee) -> list[User]:
    """All open accounts that work for it."""
    return list(User.objects.filter(committee_access__committee=committee, is_active=True).distinct())


def coordinators_of(committee: Committee) -> list[User]:
    """The coordinators of its country: who is asked when nobody of the committee moves."""
    return list(User.objects.coordinating(committee.locality.country_id))


class Audience:
    """The same for hundreds of committees on one occasion: each account is read once, whoever asks."""

    def __init__(self) -> None:
        self._coordinating: dict[int, list[User]] = {}

    @cached_property
    def _accesses(self) -> dict[int, list[CommitteeAccess]]:
        found: defaultdict[int, list[CommitteeAccess]] = defaultdict(list)
        rows = CommitteeAccess.objects.filter(user__is_active=True).select_related("user", "seat")
        rows = rows.only(
            "committee", "role", "user", "seat", "user__is_active", "user__is_demo", "seat__position"
        )
        for row in rows.order_by("user", "pk"):
            found[row.committee_id].append(row)
        return found

    def secretaries_of(self, committee: Committee) -> list[User]:
        return [row.user for row in self._of(committee) if row.role in KEEPING]

    def workers_of(self, committee: Committee) -> list[User]:
        return [row.user for row in self._of(committee)]

    def working_for_office(self, committee: Committee, position: int) -> list[User]:
        """Who works on the committee for the seat of that office (its primary key)."""
        return [row.user for row in self._of(committee) if row.seat and row.seat.position_id == position]

    def coordinators_of(self, committee: Committee) -> list[User]:
        return self.coordinating(committee.locality.country_id)

    def coordinating(self, country: int) -> list[User]:
        """Of the country with that primary key."""
        if country not in self._coordinating:
            self._coordinating[country] = list(User.objects.coordinating(country))
        return self._coordinating[country]

    def _of(self, committee: Committee) -> list[CommitteeAccess]:
        return self._accesses.get(committee.pk, [])
