"""What stands at the head of every paper of a meeting. Made while the paper's language is on."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from committees.models import Committee, Meeting, MinutesState
from core.joints import listed
from localities.languages import direction


@dataclass(frozen=True)
class Head:
    """Of one meeting: whose, which, when and where."""

    meeting: Meeting
    committee: Committee
    language: str
    kind: str
    day: str
    hours: str
    place: str  # the locality; the room is for the invitation only
    as_of: datetime.date

    @classmethod
    def from_meeting(cls, meeting: Meeting, *, language: str, as_of: datetime.date) -> Self:
        committee = meeting.committee
        return cls(
            meeting=meeting,
            committee=committee,
            language=language,
            kind=str(meeting.get_kind_display()),
            day=date_format(meeting.day, "DATE_FORMAT"),
            hours=hours_of(meeting),
            place=listed([committee.locality, committee.locality.country]),
            as_of=as_of,
        )

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def is_draft(self) -> bool:
        return self.meeting.minutes_state != MinutesState.APPROVED


def hours_of(meeting: Meeting) -> str:
    """ "9 a.m. to 12:30 p.m.", as far as it is known."""
    if meeting.starts_at is None:
        return ""
    start = time_format(meeting.starts_at, "TIME_FORMAT")
    if meeting.ends_at is None:
        return start
    return _("%(start)s to %(end)s") % {"start": start, "end": time_format(meeting.ends_at, "TIME_FORMAT")}
