"""Where a committee stands, in a word and a shape, and since when. Wants `with_last_meeting()`."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext

from committees.models import Committee
from committees.states import DORMANT, CommitteeState, dormant_on

TONES = {
    DORMANT: "warn",
    CommitteeState.PROPOSED: "",
    CommitteeState.ESTABLISHED: "going",
    CommitteeState.ACTIVE: "done",
    CommitteeState.DISSOLVED: "stop",
}


@dataclass(frozen=True)
class Standing:
    label: str
    tone: str
    since: datetime.date | None
    note: str = ""

    @classmethod
    def from_committee(cls, committee: Committee, today: datetime.date) -> Self:
        shown = committee.shown_state(today)
        if shown == DORMANT:
            counts_from = committee.counts_from or today
            return cls(gettext("Dormant"), TONES[DORMANT], dormant_on(counts_from), no_meeting(committee))
        since = {
            CommitteeState.ESTABLISHED: committee.established_on,
            CommitteeState.ACTIVE: committee.activated_on or committee.established_on,
            CommitteeState.DISSOLVED: committee.dissolved_on,
        }.get(CommitteeState(committee.state))
        return cls(str(committee.get_state_display()), TONES[CommitteeState(committee.state)], since)


def no_meeting(committee: Committee) -> str:
    """Why it is dormant (F72)."""
    if committee.last_met is None:
        words = gettext("No meeting is written down since it was set up on %(day)s.")
        day = committee.activated_on or committee.established_on
    else:
        words, day = gettext("The last meeting was held on %(day)s."), committee.last_met
    return words % {"day": date_format(day) if day else "?"}
