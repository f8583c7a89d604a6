"""Telling those who work with guidelines what became of them: nobody looks every day."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import NoticeKind, User
from accounts.notices import notify
from accounts.roles import COMMITTEE_ROLES, Capability, roles_with
from committees.models import CommitteeAccess
from guidelines.models import Edition, Guidelines


def tell_of_launch(edition: Edition, *, but: User) -> None:
    """From now on it holds: who keeps the papers of a committee of the country plans by it."""
    guidelines = edition.guidelines
    told = gettext("Edition %(number)s of “%(title)s” is launched: from now on it is what holds.")
    notify(
        _readers(guidelines).exclude(pk=but.pk),
        kind=NoticeKind.EDITION,
        text=told % {"number": edition.number, "title": guidelines.title},
        subject=guidelines.code,
        address=reverse("guidelines_detail", args=[guidelines.code]),
        key=f"guidelines-launch:{guidelines.code}:{edition.number}",
    )


def tell_of_retirement(guidelines: Guidelines, *, but: User) -> None:
    """Nobody is to follow them any more. The page says why, and what is read instead."""
    told = gettext("“%(title)s” is retired: nobody is to follow it any more. Read why, and what replaces it.")
    notify(
        _readers(guidelines).exclude(pk=but.pk),
        kind=NoticeKind.EDITION,
        text=told % {"title": guidelines.title},
        subject=guidelines.code,
        address=reverse("guidelines_detail", args=[guidelines.code]),
        key=f"guidelines-retired:{guidelines.code}",
    )


def _readers(guidelines: Guidelines) -> QuerySet[User]:
    """Who writes the guidelines of the country; and who keeps a committee there, where these have an edition
    that can be read."""
    writers = roles_with(Capability.WRITE_GUIDELINES)
    found = Q(assignments__role__in=writers, assignments__country=guidelines.country_id)
    if guidelines.editions.exists():
        keepers = roles_with(Capability.KEEP_COMMITTEES) & set(COMMITTEE_ROLES)
        here = CommitteeAccess.objects.filter(
            role__in=keepers, committee__locality__country=guidelines.country_id
        )
        found |= Q(pk__in=here.values("user"))
    return User.objects.filter(found).distinct()
