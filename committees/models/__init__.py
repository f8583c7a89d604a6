"""The tables of the committees app."""

from committees.models.access import CommitteeAccess
from committees.models.codes import access_code, committee_code, seat_code
from committees.models.committees import Committee, CommitteeKind, CommitteeQuerySet
from committees.models.decisions import (
    DecidedHow,
    Decision,
    DecisionResult,
    DecisionState,
    Forwarding,
    ForwardingState,
    Vote,
    VoteChoice,
)
from committees.models.meetings import (
    THERE,
    AgendaItem,
    AgendaKind,
    Attendance,
    Meeting,
    MeetingFile,
    MeetingKind,
    MeetingState,
    MinutesComment,
    MinutesCommentState,
    MinutesState,
    Presence,
)
from committees.models.seats import Appointment, HowAppointmentEnded, Seat

__all__ = [
    "THERE",
    "AgendaItem",
    "AgendaKind",
    "Appointment",
    "Attendance",
    "Committee",
    "CommitteeAccess",
    "CommitteeKind",
    "CommitteeQuerySet",
    "DecidedHow",
    "Decision",
    "DecisionResult",
    "DecisionState",
    "Forwarding",
    "ForwardingState",
    "HowAppointmentEnded",
    "Meeting",
    "MeetingFile",
    "MeetingKind",
    "MeetingState",
    "MinutesComment",
    "MinutesCommentState",
    "MinutesState",
    "Presence",
    "Seat",
    "Vote",
    "VoteChoice",
    "access_code",
    "committee_code",
    "seat_code",
]
