"""Which accounts are told what happens to a committee."""

from accounts.models import User
from committees.models import Committee
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
