"""What waits for the coordinator of a country with hundreds of committees: My work, and the daily watch."""

import datetime
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from benchmarks.figures import Figure, measure_get, seconds
from committees.composition import Side
from committees.models import (
    Appointment,
    Committee,
    CommitteeAccess,
    Decision,
    Meeting,
    MeetingState,
    Seat,
)
from lapportal.watch import watch
from lapportal.work.desk import Desk
from localities.models import Country, Locality
from people.models import Handover, Position
from people.names import text_key
from plans.models import Assessment

COMMITTEES, MEETINGS, DECISIONS, HANDOVERS, ASSESSMENTS = 500, 3, 5, 2, 2
MILLISECONDS, QUERIES, WATCHED_WITHIN = 300, 29, 15


def desk_figures(country: Country, coordinator: User) -> Iterator[Figure]:
    """Last of the bench: it fills the country of the others."""
    busy_country(country)
    client = Client()
    client.force_login(coordinator)
    page = measure_get(client, reverse("my_work"), times=5)
    named = f"My work, {len(Desk.of(coordinator, today=timezone.localdate()).tasks)} tasks"
    yield Figure(named, page.milliseconds, "ms", MILLISECONDS)
    yield Figure(named, page.queries, "queries", QUERIES)
    busy_country(country, number=COMMITTEES, first=COMMITTEES)

    def look() -> None:
        watch(timezone.localdate())

    yield Figure(f"daily watch, {2 * COMMITTEES} late committees", seconds(look), "s", WATCHED_WITHIN)
    yield Figure("daily watch, the next day, nothing new", seconds(look), "s", WATCHED_WITHIN)


def busy_country(country: Country, *, number: int = COMMITTEES, first: int = 0) -> None:
    """That many committees that are late with nearly everything: meetings, minutes, decisions, seats,
    hand-overs, assessments. Each has a secretary, who has waited for more than a month."""
    today = timezone.localdate()
    places = list(Locality.objects.filter(country=country).order_by("path"))
    committees = Committee.objects.bulk_create(
        Committee(
            name=f"Local steering committee {n} of {places[n % len(places)]}",
            locality=places[n % len(places)],
            established_on=ago(today, 400 + n % 90),
            activated_on=ago(today, 400 + n % 90),
            state="active",
            meeting_frequency="quarterly" if n % 2 else "monthly",
        )
        for n in range(number)
    )
    users = User.objects.bulk_create(
        User(email=f"secretary{first + n}@desk.example", display_name=f"Secretary {n}", created_in=country)
        for n in range(number)
    )
    CommitteeAccess.objects.bulk_create(
        CommitteeAccess(committee=committee, user=user, role=Role.COMMITTEE_SECRETARY)
        for committee, user in zip(committees, users, strict=True)
    )
    _papers(committees, _offices(committees, today=today, first=first), today=today)


def ago(today: datetime.date, days: int) -> datetime.date:
    return today - datetime.timedelta(days=days)


def _offices(committees: list[Committee], *, today: datetime.date, first: int) -> list[Position]:
    """Three offices a committee: one of its seats is vacant, one's term ends."""
    titles = [f"Officer {first + n} of service {k}" for n in range(len(committees)) for k in range(3)]
    offices = Position.objects.bulk_create(
        Position(locality=committees[n // 3].locality, title=title, key=text_key(title))
        for n, title in enumerate(titles)
    )
    seats = Seat.objects.bulk_create(
        Seat(committee=committees[n // 3], position=office, side=Side.GOVERNMENT)
        for n, office in enumerate(offices)
    )
    Appointment.objects.bulk_create(
        Appointment(
            seat=seat,
            starts_on=ago(today, 390),
            ends_on=ago(today, 100) if n % 3 == 0 else None,
            how_ended="term" if n % 3 == 0 else "",
            term_ends_on=ago(today, -20) if n % 3 == 1 else None,
        )
        for n, seat in enumerate(seats)
    )
    return offices


def _papers(committees: list[Committee], offices: list[Position], *, today: datetime.date) -> None:
    meetings = Meeting.objects.bulk_create(
        Meeting(committee=committee, day=ago(today, 120 + 7 * k + n % 50), state=MeetingState.HELD)
        for n, committee in enumerate(committees)
        for k in range(MEETINGS)
    )
    Decision.objects.bulk_create(
        Decision(
            meeting=meetings[MEETINGS * n],
            number=k + 1,
            text=f"Repair the wells of quarter {k}",
            owner=offices[3 * n + k % 3],
            due_on=ago(today, 35 + k + n % 40),
        )
        for n in range(len(committees))
        for k in range(DECISIONS)
    )
    Handover.objects.bulk_create(
        Handover(
            position=offices[3 * n + k],
            cause="left",
            opened_on=ago(today, 90),
            due_on=ago(today, 40 + n % 30),
        )
        for n in range(len(committees))
        for k in range(HANDOVERS)
    )
    Assessment.objects.bulk_create(
        Assessment(
            committee=committee,
            position=offices[3 * n + k],
            label="2025",
            start=ago(today, 500),
            end=ago(today, 60 + n % 60),
            method="bench",
        )
        for n, committee in enumerate(committees)
        for k in range(ASSESSMENTS)
    )
