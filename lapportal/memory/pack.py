"""The hand-over pack: what an office owes and knows, as of a day. Offices and institutions, no persons.

Page and paper share it. Made while the language of the one or the other is on."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Prefetch, Q
from django.utils.translation import gettext

from committees.models import Committee, Decision, Meeting, Seat
from lapportal.memory import coming
from lapportal.memory.activities import ActivityLine, led_by
from lapportal.memory.coming import Coming
from lapportal.memory.contacts import Contact, contacts_of
from lapportal.memory.documents import Document, documents_of
from lapportal.memory.reading import Reading
from people.incumbencies import days_of
from people.models import Election, Handover, Incumbency, Position
from plans.models import Assessment, LocalActionPlan, ReportingPeriod
from plans.states import PlanState
from workshops.models import Commitment, CommitmentState

PAST = [PlanState.SUPERSEDED, PlanState.WITHDRAWN]
TEMPLATES = {
    "office": "lapportal/paper/_pack_office.html",
    "coming": "lapportal/paper/_pack_coming.html",
    "commitments": "lapportal/paper/_pack_commitments.html",
    "activities": "lapportal/paper/_pack_activities.html",
    "decisions": "lapportal/paper/_pack_decisions.html",
    "plans": "lapportal/paper/_pack_plans.html",
    "instruments": "lapportal/paper/_pack_instruments.html",
    "documents": "lapportal/paper/_pack_documents.html",
    "needs": "lapportal/paper/_pack_needs.html",
    "contacts": "lapportal/paper/_pack_contacts.html",
    "history": "lapportal/paper/_pack_history.html",
    "assessments": "lapportal/paper/_pack_assessments.html",
}
MOST_ASSESSMENTS = 6
MOST_DAYS = 40  # of those that come next; the others stand in the sections that follow


@dataclass(frozen=True)
class Section:
    """A chapter of the pack: its anchor, its heading, and how many lines it has."""

    key: str
    title: str
    count: int

    @property
    def template(self) -> str:
        return TEMPLATES[self.key]


@dataclass(frozen=True)
class Term:
    """Somebody's time in the office: from when to when, and how it ended. Not whose."""

    days: str
    how_ended: str
    term_ends_on: datetime.date | None

    @classmethod
    def of_office(cls, position: Position) -> list[Self]:
        rows = position.incumbencies.all()
        return [cls(days_of(row), _how_ended(row), row.term_ends_on) for row in rows]


def _how_ended(row: Incumbency) -> str:
    """A dash where nothing has ended."""
    return row.get_how_ended_display() or (gettext("Not stated") if row.ends_on else "–")


@dataclass(frozen=True)
class PlanLine:
    """A plan in which the office has a part: which, and when its next report is due."""

    plan: LocalActionPlan
    part: str
    report_due: datetime.date | None


@dataclass(frozen=True)
class SeatLine:
    """A seat of the office, what the committee is for and when it meets next."""

    seat: Seat
    next_meeting: datetime.date | None
    due: datetime.date | None

    @property
    def committee(self) -> Committee:
        return self.seat.committee


@dataclass(frozen=True)
class Pack:
    handover: Handover
    as_of: datetime.date
    seats: list[SeatLine]
    coming: list[Coming]
    commitments: list[Commitment]  # open ones, overdue first
    commitments_kept: int
    activities: list[ActivityLine]
    supported: list[ActivityLine]
    decisions: list[Decision]  # open ones, overdue first
    decisions_done: int
    plans: list[PlanLine]
    integrations: list[Any]
    laws: list[Any]
    documents: list[Document]
    needs: list[Any]
    contacts: list[Contact]
    terms: list[Term]
    assessments: list[Assessment]

    @property
    def position(self) -> Position:
        return self.handover.position

    @property
    def next_days(self) -> list[Coming]:
        return self.coming[:MOST_DAYS]

    @property
    def overdue(self) -> int:
        """Commitments, decisions and activities together."""
        late = sum(row.is_overdue(self.as_of) for row in self.commitments)
        late += sum(row.is_overdue(self.as_of) for row in self.decisions)
        return late + sum(line.is_overdue for line in self.activities)

    @property
    def activities_open(self) -> int:
        return sum(line.is_going_on for line in self.activities)

    @property
    def sections(self) -> list[Section]:
        return [
            Section("office", gettext("The office and its seats"), len(self.seats)),
            Section("coming", gettext("What comes next"), len(self.coming)),
            Section("commitments", gettext("What it promised"), len(self.commitments)),
            Section("activities", gettext("Activities it leads"), len(self.activities)),
            Section("decisions", gettext("Decisions to carry out"), len(self.decisions)),
            Section("plans", gettext("Plans"), len(self.plans)),
            Section(
                "instruments", gettext("By-laws and development plans"), len(self.integrations + self.laws)
            ),
            Section("documents", gettext("Documents"), len(self.documents)),
            Section("needs", gettext("What there is to learn"), len(self.needs)),
            Section("contacts", gettext("Institutions to know"), len(self.contacts)),
            Section("history", gettext("The office over time"), len(self.terms)),
            Section("assessments", gettext("Assessments of the office"), len(self.assessments)),
        ]

    @classmethod
    def from_handover(cls, handover: Handover, *, reading: Reading, today: datetime.date) -> Self:
        position = handover.position
        promised = list(reading.commitments().filter(owner=position).for_list().overdue_first(today))
        owed = [row for row in promised if row.is_open]
        led = led_by(position, reading=reading, today=today)
        tasks = list(decisions_of(position, reading))
        due = [row for row in tasks if row.is_open]
        plans = plans_of(position, reading, led=led)
        seats = seats_of(position, reading, today=today)
        integrations, laws = instruments_of(position, reading)
        committees = [line.committee for line in seats]
        window = coming.Window(today)
        return cls(
            handover=handover,
            as_of=today,
            seats=seats,
            coming=coming.in_order(
                coming.meetings(committees, window),
                coming.promised(owed, window),
                coming.decided(due, window),
                coming.planned([line.activity for line in led], window),
                coming.reported([line.plan for line in plans], window),
                coming.instruments(integrations, window),
                coming.elections(Election.objects.concerning(position.locality), window),
            ),
            commitments=owed,
            commitments_kept=sum(row.state == CommitmentState.KEPT for row in promised),
            activities=led,
            supported=led_by(position, reading=reading, today=today, supports=True),
            decisions=due,
            decisions_done=sum(not row.is_open for row in tasks),
            plans=with_reports(plans, today=today),
            integrations=integrations,
            laws=laws,
            documents=documents_of(committees, [line.plan for line in plans], laws, reading=reading),
            needs=list(position.training_needs.still_open()),
            contacts=contacts_of(position, committees, led),
            terms=Term.of_office(position),
            assessments=list(assessments_of(position, reading)),
        )


def decisions_of(position: Position, reading: Reading) -> Any:
    """Adopted ones that the office carries out, by their day."""
    return reading.decisions().filter(owner=position).tasks().for_list().order_by("due_on", "pk")


def seats_of(position: Position, reading: Reading, *, today: datetime.date) -> list[SeatLine]:
    """Its current seats, each with the committee's next meeting or the day by which it has to meet."""
    seats = Seat.objects.current().filter(position=position, committee__in=reading.committees())
    found = list(seats.order_by("pk"))
    committees = Committee.objects.for_list().with_last_meeting().select_related("responsible")
    ahead = Prefetch("meetings", Meeting.objects.planned().filter(day__gte=today).defer("minutes"))
    known = committees.prefetch_related(ahead).in_bulk([seat.committee_id for seat in found])
    lines = []
    for seat in found:
        seat.committee = known[seat.committee_id]
        days = [meeting.day for meeting in seat.committee.meetings.all()]
        lines.append(SeatLine(seat, min(days, default=None), seat.committee.meeting_due_on()))
    return lines


def plans_of(position: Position, reading: Reading, *, led: list[ActivityLine]) -> list[PlanLine]:
    """Plans that the office signs, endorsed or leads activities in, and those of its committees."""
    leads = {line.activity.plan.pk for line in led}
    signs = Q(foreword_by=position) | Q(pk__in=leads) | Q(committee__in=reading.seated.values("pk"))
    endorsed = Q(pk__in=position.plan_endorsements.values("round__plan"))
    rows = reading.plans().filter(signs | endorsed).exclude(state__in=PAST).for_list()
    return [PlanLine(row, part_in(row, position, leads), None) for row in rows]


def part_in(plan: LocalActionPlan, position: Position, leads: set[int]) -> str:
    if plan.foreword_by_id == position.pk:
        return gettext("signs the foreword")
    return gettext("leads activities") if plan.pk in leads else gettext("its committee follows it")


def with_reports(lines: list[PlanLine], *, today: datetime.date) -> list[PlanLine]:
    """With the day on which the next report of each is due, where the plan is followed."""
    following = [line.plan.pk for line in lines if line.plan.is_in_force]
    periods = ReportingPeriod.objects.filter(plan__in=following, due_on__gte=today).order_by("-due_on")
    due = {period.plan_id: period.due_on for period in periods}
    return [PlanLine(line.plan, line.part, due.get(line.plan.pk)) for line in lines]


def instruments_of(position: Position, reading: Reading) -> tuple[list[Any], list[Any]]:
    """By-laws and places in development plans, in the place of the office."""
    here = position.locality
    return (
        list(reading.integrations().filter(locality=here).for_list()),
        list(reading.laws().filter(locality=here).for_list()),
    )


def assessments_of(position: Position, reading: Reading) -> Any:
    return reading.assessments().filter(position=position).for_list()[:MOST_ASSESSMENTS]
