"""The page of a committee with 30 seats and ten years of appointments."""

import datetime
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from benchmarks import seed
from benchmarks.figures import Figure, measure_get
from committees.composition import Side
from committees.models import (
    Appointment,
    Attendance,
    Committee,
    CommitteeAccess,
    Decision,
    Meeting,
    MeetingState,
    Presence,
    Seat,
)
from localities.categories import ActorCategory
from localities.models import Locality
from people.models import AgeBand, Sex

SEATS, YEARS = 30, 10
QUERIES, MILLISECONDS = 12, 150
KB = 1024


def big_committee(locality: Locality, *, secretary: User) -> Committee:
    """Thirty seats, each held by somebody else every other year; meetings each quarter, with decisions."""
    today = timezone.localdate()
    first = today.replace(year=today.year - YEARS, month=1, day=5)
    committee = Committee.objects.create(
        name="Committee of ten years",
        locality=locality,
        established_on=first,
        activated_on=first,
        state="active",
    )
    CommitteeAccess.objects.create(committee=committee, user=secretary, role=Role.COMMITTEE_SECRETARY)
    sides, categories = (Side.GOVERNMENT, Side.CIVIL_SOCIETY), list(ActorCategory)
    seats = [
        Seat.objects.create(
            committee=committee,
            position=position,
            side=sides[n % 2],
            category=categories[n % len(categories)],
        )
        for n, position in enumerate(seed.positions(SEATS, locality=locality)[:SEATS])
    ]
    Appointment.objects.bulk_create(
        appointment for n, seat in enumerate(seats) for appointment in _terms(seat, n, first=first)
    )
    _meet(committee, seats, first=first, today=today)
    return committee


def _terms(seat: Seat, n: int, *, first: datetime.date) -> Iterator[Appointment]:
    sexes, ages = list(Sex), list(AgeBand)
    for term in range(YEARS // 2):
        starts_on = first.replace(year=first.year + 2 * term)
        is_last = term == YEARS // 2 - 1 and n % 10 != 0  # three seats are vacant
        yield Appointment(
            seat=seat,
            starts_on=starts_on,
            ends_on=None if is_last else starts_on.replace(year=starts_on.year + 2),
            how_ended="" if is_last else "term",
            sex=sexes[(n + term) % len(sexes)],
            age_band=ages[(n + term) % len(ages)],
        )


def _meet(committee: Committee, seats: list[Seat], *, first: datetime.date, today: datetime.date) -> None:
    days = [first + datetime.timedelta(days=90 * n) for n in range(1, 4 * YEARS)]
    meetings = Meeting.objects.bulk_create(
        Meeting(committee=committee, day=day, state=MeetingState.HELD, voting_seats=SEATS, quorum=16)
        for day in days
        if day <= today
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, presence=Presence.PRESENT, voting=True)
        for meeting in meetings
        for seat in seats
    )
    Decision.objects.bulk_create(
        Decision(meeting=meeting, number=1, text="Repair the wells", owner=seats[0].position, due_on=today)
        for meeting in meetings
    )


def committee_figures(committee: Committee, user: User) -> Iterator[Figure]:
    """`committee` of big_committee(), opened by its secretary."""
    client = Client()
    client.force_login(user)
    page = measure_get(client, reverse("committee_detail", args=[committee.code]))
    yield Figure("committee_detail, 30 seats, 10 years", page.queries, "queries", QUERIES)
    yield Figure("committee_detail, 30 seats, 10 years", page.milliseconds, "ms", MILLISECONDS)
    yield Figure("committee_detail, 30 seats, 10 years", page.size / KB, "KB", 120)
