"""What a place keeps when its officials change: committees, offices handed over, the next election."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from committees.models import Committee
from committees.reports.standing import TONES
from committees.states import DORMANT, CommitteeState
from localities.models import Country, Locality
from people.models import Election, Handover

NEXT_ELECTIONS = 3
NEXT_HANDOVERS = 10


def label_of(state: str) -> str:
    """The word for a state as it is shown (Committee.shown_state)."""
    return gettext("Dormant") if state == DORMANT else str(CommitteeState(state).label)


@dataclass(frozen=True)
class CommitteeLine:
    """A committee with its state today in a word."""

    committee: Committee
    state: str

    @property
    def label(self) -> str:
        return label_of(self.state)

    @property
    def tone(self) -> str:
        return TONES[self.state]


def lines_of(committees: list[Committee], *, today: datetime.date) -> list[CommitteeLine]:
    """No query when they come from `with_last_meeting()`."""
    return [CommitteeLine(each, each.shown_state(today)) for each in committees]


@dataclass(frozen=True)
class PlaceMemory:
    """The memory of a locality and what lies below it, as far as the reader may see it. Two queries."""

    handovers: list[tuple[Handover, bool]]  # the first that are open, and whether they are overdue
    elections: list[Election]

    @classmethod
    def of(cls, locality: Locality, *, user: Any, today: datetime.date) -> "PlaceMemory":
        rows = Handover.objects.visible_to(user).still_open().for_list()
        handovers = rows.filter(position__locality__path__startswith=locality.path).order_by("due_on", "pk")
        handovers = handovers[:NEXT_HANDOVERS]
        elections = Election.objects.visible_to(user).concerning(locality).coming(today).for_list()
        return cls(
            handovers=[(each, each.is_overdue(today)) for each in handovers],
            elections=list(elections[:NEXT_ELECTIONS]),
        )


@dataclass(frozen=True)
class CountryMemory:
    """The same in numbers for a whole country. Two queries besides the committees."""

    states: list[tuple[str, str, int]]  # word, tone and number of committees
    handovers: int
    overdue: int

    @classmethod
    def of(
        cls, country: Country, *, committees: list[Committee], user: Any, today: datetime.date
    ) -> "CountryMemory":
        found = Counter(each.shown_state(today) for each in committees)
        rows = Handover.objects.visible_to(user).still_open().filter(position__locality__country=country)
        days = [day for _pk, day in rows.values_list("pk", "due_on")]
        return cls(
            states=[(label_of(state), tone, found[state]) for state, tone in TONES.items() if found[state]],
            handovers=len(days),
            overdue=sum(Handover(due_on=day).is_overdue(today) for day in days),
        )


def coming_elections(country: Country, *, user: Any, today: datetime.date) -> list[Election]:
    """The next ones in the country or a part of it: reference data for everybody who signs in. One query."""
    rows = Election.objects.visible_to(user).filter(country=country).coming(today)
    return list(rows.for_list()[:NEXT_ELECTIONS])
