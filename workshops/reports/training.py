"""Who comes to a training of trainers: champions of earlier workshops, from at least two areas (BR7, F30)."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from localities.models import Locality
from workshops.models import Champion, Participation, Workshop

FEWEST_AREAS = 2


@dataclass(frozen=True)
class ChampionsInvited:
    """Those invited to or registered in a training, by whether they are champions, and their areas."""

    people: int
    champions: int
    areas: int  # localities of the first level

    @classmethod
    def from_workshop(cls, workshop: Workshop) -> Self:
        """Two queries after `with_turnout()`. An invitation by name is matched with the champions of
        the country by that name; one to a position only counts as nobody's."""
        waiting = workshop.invitations.filter(participation=None)
        by_name = waiting.filter(person=None).exclude(key="")
        invited = waiting.aggregate(
            known=Count("person", distinct=True),
            named=Count("key", distinct=True, filter=Q(person=None) & ~Q(key="")),
        )
        registered = Participation.objects.filter(workshop=workshop).values("person")
        found = Champion.objects.filter(
            Q(person__in=registered)
            | Q(person__in=waiting.exclude(person=None).values("person"))
            | Q(person__key__in=by_name.values("key")),
            person__country=workshop.locality.country,
        )
        paths = list(found.order_by().values_list("locality__path", flat=True))
        named = getattr(workshop, "named_people", None)
        return cls(
            people=(registered.count() if named is None else named) + invited["known"] + invited["named"],
            champions=len(paths),
            areas=len({path[: Locality.steplen] for path in paths}),
        )

    @property
    def warnings(self) -> list[str]:
        """In words for who runs the training: small numbers are for nobody else."""
        if not self.people:
            return []
        found = []
        if (others := self.people - self.champions) > 0:
            found.append(
                ngettext(
                    "%(number)s of those invited or registered is no champion of an earlier workshop. A "
                    "training of trainers is for champions.",
                    "%(number)s of those invited or registered are no champions of an earlier workshop. A "
                    "training of trainers is for champions.",
                    others,
                )
                % {"number": others}
            )
        if self.champions and self.areas < FEWEST_AREAS:
            found.append(
                _(
                    "All champions come from one area. Invite from at least two, so that they learn from "
                    "each other."
                )
            )
        return found
