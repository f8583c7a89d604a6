"""A hand-over pack of an office that owes much: the page, and the PDF from the database to its bytes."""

import datetime
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from benchmarks.figures import Figure, measure_get, seconds
from committees.models import Committee, Decision, Meeting, MeetingFile, MeetingState, Seat
from lapportal.memory.papers import pack_pdf
from lapportal.memory.reading import Reading
from localities.models import Locality
from people.handovers import open_handover
from people.models import Handover, Position
from plans.models import Activity, BudgetLine, LocalActionPlan, Objective
from workshops.models import Commitment, Workshop

COMMITMENTS, ACTIVITIES, DECISIONS, DOCUMENTS = 50, 50, 100, 30


def handover_figures(locality: Locality, secretary: User, workshop: Workshop) -> Iterator[Figure]:
    """`secretary` keeps the committee that is made here."""
    handover = busy_office(locality, workshop)
    committee = Committee.objects.get(seats__position=handover.position)
    committee.access.create(user=secretary, role="committee_secretary")
    client = Client()
    client.force_login(secretary)
    page = measure_get(client, reverse("handover_pack", args=[handover.code]), times=5)
    yield Figure("hand-over pack, 230 things, page", page.milliseconds, "ms", 2000)
    yield Figure("hand-over pack, 230 things, page", page.queries, "queries", 30)
    today = timezone.localdate()
    reading = Reading.of_handover(handover, user=secretary, today=today)

    def pack() -> None:
        pack_pdf(handover, reading=reading, language="fr", as_of=today)

    pack()  # fonts are found once in the life of a worker
    yield Figure("hand-over pack, 230 things, as PDF", seconds(pack), "s", 2)


def busy_office(locality: Locality, workshop: Workshop) -> Handover:
    """An office with 50 commitments, 50 activities, 100 decisions and 30 documents."""
    today = timezone.localdate()
    office = Position.titled("Mayor of much", locality=locality)
    committee = Committee.objects.create(name="Committee of much", locality=locality, established_on=today)
    Seat.objects.create(committee=committee, position=office, side="government")
    due = [today + datetime.timedelta(days=number) for number in range(-50, 50)]
    Commitment.objects.bulk_create(
        Commitment(workshop=workshop, owner=office, text=f"Light market street {number}", due_on=due[number])
        for number in range(COMMITMENTS)
    )
    committee.established_at = workshop
    committee.save()
    plan = LocalActionPlan.objects.create(
        title="Plan of much",
        locality=locality,
        committee=committee,
        period_start=datetime.date(today.year, 1, 1),
        period_end=datetime.date(today.year + 3, 12, 31),
        language="fr",
        currency="CDF",
    )
    lead_activities(office, Objective.objects.create(plan=plan, pillar="participation", text="Much"), due)
    meeting = Meeting.objects.create(committee=committee, day=today, state=MeetingState.HELD)
    Decision.objects.bulk_create(
        Decision(
            meeting=meeting, number=number + 1, text=f"Repair it {number}", owner=office, due_on=due[number]
        )
        for number in range(DECISIONS)
    )
    MeetingFile.objects.bulk_create(
        MeetingFile(meeting=meeting, title=f"Document {number}", name="x.pdf", content_type="x", size=1)
        for number in range(DOCUMENTS)
    )
    return open_handover(office, cause="left", due_on=today, today=today, by=None)


def lead_activities(office: Position, objective: Objective, due: list[datetime.date]) -> None:
    rows = [
        Activity.objects.create(
            objective=objective,
            text=f"Train the police of quarter {number} with the women's committee of the market",
            responsible=office,
            starts_on=due[number],
            ends_on=due[number + 40],
        )
        for number in range(ACTIVITIES)
    ]
    BudgetLine.objects.bulk_create(
        BudgetLine(activity=row, fiscal_year=year, planned=1000) for row in rows for year in ("2026", "2027")
    )
