"""The agenda of a meeting: how long it takes, and what could stand on it because it is open."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from committees.models import (
    AgendaItem,
    AgendaKind,
    Decision,
    Forwarding,
    ForwardingState,
    Meeting,
    MinutesState,
)

LONGEST_TITLE = 200
MOST_SUGGESTIONS = 12  # a longer agenda is not got through in one meeting
# States of a plan in which its quarters are reported (plans.states; a later app).
REPORTING = ("in_implementation", "under_review")


@dataclass(frozen=True)
class AgendaTime:
    """Minutes of the points against the time that the meeting has."""

    minutes: int
    without: int  # points without a length
    window: int | None  # None where it is not known from when to when

    @classmethod
    def from_meeting(cls, meeting: Meeting, items: Iterable[AgendaItem]) -> "AgendaTime":
        lengths = [item.length for item in items]
        window = None
        if meeting.starts_at and meeting.ends_at:
            day = meeting.day
            end = datetime.datetime.combine(day, meeting.ends_at)
            window = (end - datetime.datetime.combine(day, meeting.starts_at)).seconds // 60
        return cls(sum(each or 0 for each in lengths), sum(not each for each in lengths), window)

    @property
    def is_too_long(self) -> bool:
        return self.window is not None and self.minutes > self.window

    @property
    def sentence(self) -> str:
        """ "80 of 120 minutes are planned." Empty where no point has a length."""
        if not self.minutes:
            return ""
        words = {"minutes": self.minutes, "window": self.window, "over": self.minutes - (self.window or 0)}
        if self.window is None:
            return (
                ngettext(
                    "The points take %(minutes)s minute together.",
                    "The points take %(minutes)s minutes together.",
                    self.minutes,
                )
                % words
            )
        if self.is_too_long:
            return (
                gettext(
                    "The points take %(minutes)s minutes, %(over)s more than the meeting has. "
                    "Shorten some, or meet longer."
                )
                % words
            )
        return gettext("The points take %(minutes)s of the %(window)s minutes of the meeting.") % words


@dataclass(frozen=True)
class Suggestion:
    """Something open that the meeting could deal with, put on the agenda by one click."""

    key: str  # "minutes:ME-…", "forwarding:FW-…", "decision:DE-…", "report:P-…:3"
    title: str
    why: str
    kind: AgendaKind
    address: str = ""
    forwarding: Forwarding | None = None


def suggestions_for(
    meeting: Meeting, items: Iterable[AgendaItem], *, today: datetime.date
) -> list[Suggestion]:
    """What is open and not on the agenda yet: minutes to approve, what was sent here, what is overdue,
    quarters of the plans to report. Four queries."""
    taken = {item.title for item in items}
    found = [*_minutes(meeting), *_forwardings(meeting), *_overdue(meeting, today), *_reports(meeting)]
    return [each for each in found if each.title not in taken][:MOST_SUGGESTIONS]


def _minutes(meeting: Meeting) -> list[Suggestion]:
    """The last meeting before this one, if its minutes are not approved."""
    held = Meeting.objects.held().filter(committee=meeting.committee_id, day__lt=meeting.day)
    last = held.exclude(pk=meeting.pk).order_by("-day", "-pk").first()
    if last is None or last.minutes_state == MinutesState.APPROVED:
        return []
    title = gettext("Approve the minutes of %(day)s") % {"day": date_format(last.day)}
    why = gettext("The minutes of the last meeting are not approved yet.")
    return [
        Suggestion(f"minutes:{last.code}", title, why, AgendaKind.DECISION, address=last.get_absolute_url())
    ]


def _forwardings(meeting: Meeting) -> list[Suggestion]:
    """What other committees sent, and what was taken up by a point that is gone."""
    waits = Q(state=ForwardingState.WAITING) | Q(state=ForwardingState.ON_AGENDA, taken_up=None)
    sent = Forwarding.objects.for_list().filter(waits, to=meeting.committee_id).order_by("sent_on", "pk")
    return [
        Suggestion(
            key=f"forwarding:{each.code}",
            title=shortened(each.decision.text),
            why=gettext("Sent by %(committee)s on %(day)s; it waits for an answer.")
            % {"committee": each.decision.meeting.committee, "day": date_format(each.sent_on)},
            kind=AgendaKind.DECISION,
            address=each.get_absolute_url(),
            forwarding=each,
        )
        for each in sent[:MOST_SUGGESTIONS]
    ]


def _overdue(meeting: Meeting, today: datetime.date) -> list[Suggestion]:
    """What the committee decided and was not done by its day."""
    late = Decision.objects.filter(meeting__committee=meeting.committee_id).overdue(today)
    return [
        Suggestion(
            key=f"decision:{each.code}",
            title=shortened(gettext("Follow up: %(decision)s") % {"decision": each.text}),
            why=gettext("Decided, and due since %(day)s.") % {"day": date_format(each.due_on)},
            kind=AgendaKind.DISCUSSION,
            address=each.get_absolute_url(),
        )
        for each in late.order_by("due_on", "pk")[:MOST_SUGGESTIONS]
    ]


def _reports(meeting: Meeting) -> list[Suggestion]:
    """Quarters of the committee's plans that are over on the day of the meeting and can still be reported."""
    plans = meeting.committee.plans
    periods: Any = plans.model._meta.get_field("periods").related_model._default_manager
    over = periods.filter(
        plan__committee=meeting.committee_id,
        plan__state__in=REPORTING,
        end__lt=meeting.day,
        locks_on__gt=meeting.day,
    )
    return [
        Suggestion(
            key=f"report:{each.plan.code}:{each.number}",
            title=shortened(
                gettext("Progress of the plan “%(plan)s”, %(quarter)s")
                % {"plan": each.plan, "quarter": each.label}
            ),
            why=gettext("The quarter is over; its report is due on %(day)s.")
            % {"day": date_format(each.due_on)},
            kind=AgendaKind.DISCUSSION,
            address=each.plan.get_absolute_url(),
        )
        for each in over.select_related("plan").order_by("due_on")
    ]


def shortened(text: str) -> str:
    """As a title of a point, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
