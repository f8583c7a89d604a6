"""What the portal knows of an office in a period: counted here, frozen by closing, read by page and paper.

Facts are codes, days and amounts, as JSON can hold them: never a text and never a name. They are counted
over all workshops, plans and committees, also those that a reader does not see: a count gives none of
them away. The things themselves are listed only as far as the reader may see them.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from committees.models import Attendance, Decision, DecisionState, Meeting, MeetingState, Seat
from core.joints import in_percent
from people.models import Incumbency, Position
from plans.amounts import FiscalYear
from plans.lights import is_expected
from plans.models import (
    Activity,
    ActivityState,
    Assessment,
    BudgetLine,
    PlanMove,
    ProgressUpdate,
    ReportingPeriod,
    UpdateState,
)
from plans.papers.words import number
from plans.reports.budget import percent_of
from plans.reports.overdue import CAME, finished_on, is_awaited, with_implementation
from plans.scorecards import METHOD, Outcome, Part, PartCount, method_words, period_words
from plans.smart import Period
from plans.states import ADOPTED_STATES, PlanState
from workshops.models import Commitment, CommitmentState

ONE_DAY = datetime.timedelta(days=1)
OVER = (PlanState.CLOSED, PlanState.SUPERSEDED)
Facts = dict[str, Any]
Found = dict[str, list[str]]


@dataclass(frozen=True)
class Money:
    """The budget of the activities that the office leads, in one currency."""

    currency: str
    planned: Decimal
    received: Decimal
    spent: Decimal

    @classmethod
    def from_facts(cls, row: dict[str, str]) -> "Money":
        return cls(row["currency"], *(Decimal(row[name]) for name in ("planned", "received", "spent")))

    @property
    def share(self) -> int | None:
        """Spent of what came; an office cannot spend what it was only promised. None: nothing came."""
        return percent_of(min(self.spent, self.received), self.received)

    @property
    def received_share(self) -> int | None:
        return percent_of(min(self.received, self.planned), self.planned)

    @property
    def share_shown(self) -> str:
        return gettext("no data") if self.share is None else in_percent(self.share)

    @property
    def is_overspent(self) -> bool:
        return self.spent > self.received

    @property
    def shown(self) -> list[str]:
        """The currency stands beside them."""
        return [number(amount) for amount in (self.planned, self.received, self.spent)]


@dataclass(frozen=True)
class Scorecard:
    """What is counted of one office in one period."""

    start: datetime.date
    end: datetime.date
    counted_on: datetime.date
    counted_to: datetime.date
    method: str
    parts: list[PartCount]
    money: list[Money] = field(default_factory=list)
    terms: list[tuple[datetime.date | None, datetime.date | None]] = field(default_factory=list)

    @classmethod
    def of(cls, assessment: Assessment, *, today: datetime.date) -> "Scorecard":
        """Frozen where it is closed, else counted now."""
        facts = counted(assessment, today=today) if assessment.is_open else assessment.facts
        return cls.from_facts(facts, start=assessment.start, end=assessment.end)

    @classmethod
    def from_facts(cls, facts: Facts, *, start: datetime.date, end: datetime.date) -> "Scorecard":
        unknown = facts.get("unknown", {})
        return cls(
            start=start,
            end=end,
            counted_on=datetime.date.fromisoformat(facts["counted_on"]),
            counted_to=datetime.date.fromisoformat(facts["counted_to"]),
            method=facts["method"],
            parts=[PartCount.of(part, facts["parts"].get(part, {}), unknown.get(part, 0)) for part in Part],
            money=[Money.from_facts(row) for row in facts["money"]],
            terms=[(_day(first), _day(last)) for first, last in facts["terms"]],
        )

    @property
    def is_partial(self) -> bool:
        """The period still runs."""
        return self.counted_to < self.end

    @property
    def period(self) -> str:
        return period_words(self.start, self.end)

    @property
    def method_words(self) -> list[str]:
        return method_words(self.start, self.counted_to)

    @property
    def term_days(self) -> list[str]:
        """From when to when the office had a holder; never who."""
        return [
            f"{date_format(first) if first else '…'} – {date_format(last) if last else '…'}"
            for first, last in self.terms
        ]


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def counted(assessment: Assessment, *, today: datetime.date) -> Facts:
    """The facts as they stand today. What falls due today is not late yet, so it is not counted."""
    position, start = assessment.position, assessment.start
    to = min(assessment.end, today - ONE_DAY)
    led = _led(position)
    meetings, unknown = _meetings(position, start, min(assessment.end, today))
    return {
        "method": METHOD,
        "counted_on": today.isoformat(),
        "counted_to": max(to, start).isoformat(),
        "parts": {
            Part.COMMITMENTS: _commitments(position, start, to),
            Part.ACTIVITIES: _activities(led, start, to),
            Part.REPORTS: _reports(led, start, to),
            Part.MEETINGS: meetings,
            Part.DECISIONS: _decisions(position, start, to),
        },
        "unknown": {Part.MEETINGS: unknown},
        "money": _money(led, assessment),
        "terms": _terms(position, start, assessment.end),
    }


def _sorted_out(rows: Iterable[tuple[Outcome, str]]) -> Found:
    found: Found = {}
    for outcome, code in rows:
        found.setdefault(outcome.value, []).append(code)
    return found


def _outcome(
    *, is_done: bool, is_dropped: bool, closed_on: datetime.date | None, due: datetime.date
) -> Outcome:
    if is_dropped:
        return Outcome.DROPPED
    if not is_done:
        return Outcome.OPEN
    return Outcome.ON_TIME if closed_on is not None and closed_on <= due else Outcome.LATE


def _commitments(position: Position, start: datetime.date, to: datetime.date) -> Found:
    rows = Commitment.objects.filter(owner=position, due_on__range=(start, to)).order_by("due_on", "code")
    return _sorted_out(
        (
            _outcome(
                is_done=state == CommitmentState.KEPT,
                is_dropped=state == CommitmentState.DROPPED,
                closed_on=closed_on,
                due=due_on,
            ),
            code,
        )
        for code, state, closed_on, due_on in rows.values_list("code", "state", "closed_on", "due_on")
    )


def _decisions(position: Position, start: datetime.date, to: datetime.date) -> Found:
    rows = Decision.objects.tasks().filter(owner=position, due_on__range=(start, to))
    return _sorted_out(
        (
            _outcome(
                is_done=state == DecisionState.DONE,
                is_dropped=state == DecisionState.DROPPED,
                closed_on=closed_on,
                due=due_on,
            ),
            code,
        )
        for code, state, closed_on, due_on in rows.order_by("due_on", "code").values_list(
            "code", "state", "closed_on", "due_on"
        )
    )


def _led(position: Position) -> list[Any]:
    """The activities that it leads in plans that were adopted, with what was reported about them and
    `over_on`: a plan that was closed or superseded asks for nothing after that day."""
    updates = ProgressUpdate.objects.filter(state__in=CAME).select_related("period")
    over = PlanMove.objects.filter(plan=OuterRef("objective__plan"), now__in=OVER).order_by("on")
    rows = Activity.objects.filter(responsible=position, objective__plan__state__in=sorted(ADOPTED_STATES))
    return list(
        rows.select_related("objective__plan")
        .annotate(over_on=Subquery(over.values("on")[:1]))
        .prefetch_related(Prefetch("updates", updates.order_by("period__start"), to_attr="came"))
        .order_by("ends_on", "code")
    )


def _is_over(activity: Any, day: datetime.date) -> bool:
    return activity.over_on is not None and activity.over_on < day


def _done_on(activity: Any) -> datetime.date | None:
    """The first day of the quarter for which an approved report first says "done"."""
    for update in activity.came:
        if update.state == UpdateState.APPROVED and update.activity_state == ActivityState.DONE:
            return update.period.start
    return activity.state_since


def _activities(led: list[Any], start: datetime.date, to: datetime.date) -> Found:
    return _sorted_out(
        (
            _outcome(
                is_done=each.state == ActivityState.DONE,
                is_dropped=each.state == ActivityState.DROPPED,
                closed_on=_done_on(each),
                due=each.ends_on,
            ),
            each.code,
        )
        for each in led
        if each.ends_on and start <= each.ends_on <= to and not _is_over(each, each.ends_on)
    )


def _reports(led: list[Any], start: datetime.date, to: datetime.date) -> Found:
    """The updates about its activities whose due day lies in the period."""
    plans = {each.objective.plan_id for each in led if each.objective.plan.state != PlanState.ADOPTED}
    periods: dict[int, list[Any]] = {}
    if plans:
        for period in with_implementation(ReportingPeriod.objects.filter(plan__in=plans)).order_by("start"):
            periods.setdefault(period.plan_id, []).append(period)
    rows = []
    for activity in led:
        quarters = periods.get(activity.objective.plan_id, [])
        came = {update.period_id: update for update in activity.came}
        approved = {
            key: each.activity_state for key, each in came.items() if each.state == UpdateState.APPROVED
        }
        finished = finished_on(activity, quarters, approved)
        for quarter in quarters:
            if not (start <= quarter.due_on <= to and is_awaited(quarter)) or _is_over(
                activity, quarter.due_on
            ):
                continue
            if is_expected(activity, start=quarter.start, end=quarter.end, finished_on=finished):
                rows.append((_handed_in(came.get(quarter.pk), quarter), f"{activity.code}/{quarter.number}"))
    return _sorted_out(rows)


def _handed_in(update: ProgressUpdate | None, quarter: ReportingPeriod) -> Outcome:
    if update is None or update.submitted_at is None:
        return Outcome.MISSING
    return Outcome.ON_TIME if timezone.localdate(update.submitted_at) <= quarter.due_on else Outcome.LATE


def _meetings(position: Position, start: datetime.date, to: datetime.date) -> tuple[Found, int]:
    """Those held while it had a seat; and of how many nobody wrote down whether it was there."""
    seats = list(Seat.objects.filter(position=position).select_related("committee"))
    there = Attendance.objects.filter(meeting=OuterRef("pk"), seat__position=position).order_by("-pk")
    held: Any = Meeting.objects.filter(
        committee__in={seat.committee_id for seat in seats}, state=MeetingState.HELD, day__range=(start, to)
    ).annotate(seat_was=Subquery(there.values("presence")[:1]))
    rows, unknown = [], 0
    for meeting in held.order_by("day", "code"):
        if meeting.seat_was:
            rows.append((Outcome(meeting.seat_was), meeting.code))
        elif any(_sat(seat, meeting) for seat in seats):
            unknown += 1
    return _sorted_out(rows), unknown


def _sat(seat: Seat, meeting: Meeting) -> bool:
    since = seat.since or seat.committee.established_on or meeting.day
    is_over = seat.ended_on is not None and seat.ended_on <= meeting.day
    return seat.committee_id == meeting.committee_id and since <= meeting.day and not is_over


def _money(led: list[Any], assessment: Assessment) -> list[dict[str, str]]:
    """By currency; whole fiscal years, for budgets are not told by the month."""
    period = Period(assessment.start, assessment.end)
    sums: dict[str, list[Decimal]] = {}
    still = [each for each in led if not _is_over(each, assessment.start)]
    lines = BudgetLine.objects.filter(activity__in=still).select_related("activity__objective__plan")
    for line in lines:
        year = FiscalYear.from_text(line.fiscal_year)
        if year is None or not year.touches(period):
            continue
        row = sums.setdefault(line.plan.currency, [Decimal(0)] * 3)
        for place, amount in enumerate((line.planned, line.disbursed, line.spent)):
            row[place] += amount
    return [
        {"currency": currency, "planned": str(row[0]), "received": str(row[1]), "spent": str(row[2])}
        for currency, row in sorted(sums.items())
    ]


def _terms(position: Position, start: datetime.date, end: datetime.date) -> list[list[str | None]]:
    """The days of the terms that touch the period, the earliest first. No holder is read."""
    rows = Incumbency.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=end), Q(ends_on=None) | Q(ends_on__gt=start), position=position
    )
    days = rows.values_list("starts_on", "ends_on")
    return [
        [first.isoformat() if first else None, last.isoformat() if last else None]
        for first, last in sorted(days, key=lambda each: (each[0] or datetime.date.min, each[1] or end))
    ]
