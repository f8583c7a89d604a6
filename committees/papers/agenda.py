"""The invitation with the agenda, as a paper to hand out or to send by post."""

import datetime
from dataclasses import dataclass
from typing import Self

from committees.models import AgendaItem, Meeting
from committees.papers.heads import Head


@dataclass(frozen=True)
class AgendaPaper:
    """Its place is for who is invited: the paper is drawn for who may read drafts only."""

    head: Head
    items: list[AgendaItem]
    minutes: int  # together, of the points that say how long they take

    @classmethod
    def from_meeting(cls, meeting: Meeting, *, language: str, as_of: datetime.date) -> Self:
        items = list(meeting.agenda.prefetch_related("files"))
        return cls(
            head=Head.from_meeting(meeting, language=language, as_of=as_of),
            items=items,
            minutes=sum(item.length or 0 for item in items),
        )
