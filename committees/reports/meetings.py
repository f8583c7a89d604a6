"""What the pages of meetings show: the calendar of a committee, one meeting, all that are late."""

import datetime
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from committees.calendar import MeetingCalendar, suggested_day
from committees.models import AgendaItem, Attendance, Committee, Meeting, MeetingFile
from committees.quorum import Quorum
from committees.reports.agenda import AgendaTime, Suggestion, suggestions_for
from committees.services.agenda import last_agenda_before
from committees.states import MONTHS_BETWEEN, dormant_on


@dataclass(frozen=True)
class CommitteeYear:
    """When a committee meets next, what its rule expects, and what is late, in words (F72, F73)."""

    calendar: MeetingCalendar
    next: Meeting | None
    coming: list[Meeting]
    waiting: list[Meeting]  # the day passed, and nobody wrote down whether they were held
    is_dormant: bool
    last_met: datetime.date | None
    dormant_since: datetime.date | None
    suggested: datetime.date | None
    has_rule: bool

    @classmethod
    def from_committee(cls, committee: Committee, *, today: datetime.date) -> "CommitteeYear":
        """`committee` with its last meeting. One query."""
        planned = list(committee.meetings.planned().order_by("day", "starts_at", "pk"))
        coming = [meeting for meeting in planned if meeting.day >= today]
        counts_from = committee.counts_from
        dormant = committee.is_dormant(today)
        return cls(
            calendar=MeetingCalendar.from_committee(committee, today=today, planned=coming),
            next=coming[0] if coming else None,
            coming=coming,
            waiting=[meeting for meeting in planned if meeting.day < today],
            is_dormant=dormant,
            last_met=committee.last_met,
            dormant_since=dormant_on(counts_from) if dormant and counts_from else None,
            suggested=suggested_day(committee, today=today, after=coming[-1].day if coming else None),
            has_rule=committee.meeting_frequency in MONTHS_BETWEEN,
        )

    @property
    def alert(self) -> str:
        """What is wrong, in one sentence; empty when all is well."""
        if self.is_dormant and self.dormant_since:
            if self.last_met is None:
                return gettext(
                    "Dormant: the committee has not met since it was set up. After six months without a "
                    "meeting it counts as dormant, since %(since)s."
                ) % {"since": date_format(self.dormant_since)}
            return gettext(
                "Dormant: the last meeting was on %(last)s. After six months without a meeting a committee "
                "counts as dormant, since %(since)s."
            ) % {"last": date_format(self.last_met), "since": date_format(self.dormant_since)}
        if self.calendar.is_overdue and self.calendar.due_on:
            return ngettext(
                "Overdue: by its own rule the committee should have met by %(day)s, %(count)s day ago.",
                "Overdue: by its own rule the committee should have met by %(day)s, %(count)s days ago.",
                self.calendar.overdue_days,
            ) % {"day": date_format(self.calendar.due_on), "count": self.calendar.overdue_days}
        return ""

    @property
    def missed(self) -> str:
        """How many meetings were left out; empty for one, which the alert says."""
        count = len(self.calendar.missed)
        if count < 2:
            return ""
        return ngettext(
            "%(count)s meeting was left out since the last one.",
            "%(count)s meetings were left out since the last one.",
            count,
        ) % {"count": count}


@dataclass(frozen=True)
class MeetingPage:
    """One meeting: its agenda, documents, who was there, and what could still be put on the agenda."""

    items: list[AgendaItem]
    time: AgendaTime
    files: list[MeetingFile]
    attendance: list[Attendance]
    quorum: Quorum | None
    suggestions: list[Suggestion] = field(default_factory=list)
    copies_from: Meeting | None = None

    @classmethod
    def from_meeting(
        cls, meeting: Meeting, *, may_keep: bool, may_read: bool, today: datetime.date
    ) -> "MeetingPage":
        """Three queries; five more for who keeps the papers of a planned one."""
        items = list(
            meeting.agenda.select_related("came_from__decision__meeting__committee", "came_from__to")
        )
        prepares = may_keep and meeting.is_planned and not meeting.is_past(today)
        attendance = attendance_of(meeting) if meeting.is_held else []
        quorum = None
        if attendance:
            quorum = Quorum.from_attendance(
                attendance, voting_seats=meeting.voting_seats, needed=meeting.quorum
            )
        return cls(
            items=items,
            time=AgendaTime.from_meeting(meeting, items),
            files=list(meeting.files.select_related("item", "added_by")) if may_read else [],
            attendance=attendance,
            quorum=quorum,
            suggestions=suggestions_for(meeting, items, today=today) if prepares else [],
            copies_from=last_agenda_before(meeting) if prepares else None,
        )


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """By side, with what a line of the page shows."""
    rows = meeting.attendance.select_related("seat__position__organization", "seat__organization", "meeting")
    order = {"government": 0, "civil_society": 1, "other": 2}
    return sorted(rows, key=lambda row: (order[row.seat.side], row.pk))
