"""Committees of the demonstration story: who sits, who sat, what was decided, what is handed over."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from committees.composition import SeatRole
from committees.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Committee,
    CommitteeAccess,
    Decision,
    Forwarding,
    Meeting,
    MeetingState,
    MinutesState,
    Presence,
    Seat,
)
from lapportal.demo.workshops import position_titled
from localities.models import Country, Locality
from people.handovers import CHECKLIST, open_handover
from people.models import (
    Election,
    Incumbency,
    Organization,
    Person,
    Position,
    TrainingNeed,
)
from workshops.models import Workshop

COPIED = (
    "code kind name state established_on activated_on mandate legal_act legal_act_on meeting_frequency quorum"
).split()


def day_of(value: Any) -> datetime.date:
    """A date as it is, or a number of days from today: what waits must not grow old with the file."""
    if isinstance(value, datetime.date):
        return value
    return timezone.localdate() + datetime.timedelta(days=int(value))


def load_committee(entry: dict[str, Any]) -> bool:
    """Known by its code. Whom its seats belong to, who held them, its meetings and decisions with it."""
    if Committee.objects.filter(code=entry["code"]).exists():
        return False
    locality = Locality.objects.select_related("country").get(code=entry["locality"])
    committee = Committee.objects.create(
        **{name: entry[name] for name in COPIED if name in entry},
        locality=locality,
        established_at=Workshop.objects.get(code=entry["workshop"]) if "workshop" in entry else None,
        responsible=Organization.named(entry["responsible"], country=locality.country, is_demo=True)
        if "responsible" in entry
        else None,
        reports_to=Committee.objects.get(code=entry["reports_to"]) if "reports_to" in entry else None,
        is_demo=True,
    )
    for row in entry.get("seats", ()):
        _seat(committee, *row)
    for row in entry.get("holders", ()):
        _holder(committee, row)
    for email, role, *seat in entry.get("access", ()):
        CommitteeAccess.objects.create(
            committee=committee,
            user=User.objects.get(email=email),
            role=role,
            seat=committee.seats.filter(position__title=seat[0]).first() if seat else None,
            is_demo=True,
        )
    for meeting in entry.get("meetings", ()):
        _meeting(committee, meeting)
    return True


def _seat(
    committee: Committee, title: str, organization: str, side: str, role: str, stands_for: str = ""
) -> None:
    locality = committee.locality
    sends = title == "-"  # the seat is the organisation's, whoever it sends
    Seat.objects.create(
        committee=committee,
        position=None if sends else position_titled(title, organization, locality=locality),
        organization=Organization.named(organization, country=locality.country, is_demo=True)
        if sends
        else None,
        side=side,
        role=role,
        voting=role != SeatRole.OBSERVER,
        category=stands_for,
        since=committee.established_on,
        is_demo=True,
    )


def _holder(committee: Committee, row: dict[str, Any]) -> None:
    """Somebody held an office and its seat: named where the workshop's list has the name."""
    seats = committee.seats.current().select_related("position").filter(position__title=row["position"])
    if "organization" in row:
        seats = seats.filter(position__organization__name=row["organization"])
    seat = seats.get()
    assert seat.position is not None  # noqa: S101 - found by its title
    person = _registered(seat.position) if row.get("named") else None
    starts_on = day_of(row["from"])
    ends_on = day_of(row["to"]) if "to" in row else None
    term = day_of(row["term"]) if "term" in row else None
    incumbency = Incumbency.objects.create(
        position=seat.position,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        how_ended=row.get("how", ""),
        term_ends_on=term,
        is_demo=True,
    )
    Appointment.objects.create(
        seat=seat,
        person=person,
        incumbency=incumbency,
        starts_on=max(starts_on, committee.established_on or starts_on),
        ends_on=ends_on,
        how_ended=row.get("how", ""),
        term_ends_on=term,
        sex=row["sex"],
        age_band=row["age"],
        disability=row.get("disability", "unstated"),
        is_demo=True,
    )


def _registered(position: Position) -> Person | None:
    return Person.objects.filter(participations__position=position, is_demo=True).first()


def _meeting(committee: Committee, entry: dict[str, Any]) -> None:
    is_held = "absent" in entry
    seats = list(committee.seats.current().order_by("pk"))
    voting = sum(seat.voting for seat in seats)
    meeting = Meeting.objects.create(
        code=entry["code"],
        committee=committee,
        title=entry.get("title", ""),
        kind=entry.get("kind", "ordinary"),
        day=day_of(entry["day"]),
        starts_at=datetime.time(9, 30),
        ends_at=datetime.time(12, 30),
        place=entry.get("place", ""),
        state=MeetingState.HELD if is_held else MeetingState.PLANNED,
        invited_on=day_of(entry["day"]) - datetime.timedelta(days=14),
        voting_seats=voting if is_held else None,
        quorum=voting // 2 + 1 if is_held else None,
        minutes=entry.get("minutes", ""),
        minutes_state=entry.get("minutes_state", MinutesState.NONE),
        minutes_comments_until=day_of(entry["comments_until"]) if "comments_until" in entry else None,
        approved_on=day_of(entry["approved"]) if "approved" in entry else None,
        is_demo=True,
    )
    for order, (title, kind, notes) in enumerate(entry.get("agenda", ())):
        AgendaItem.objects.create(
            meeting=meeting, order=order, title=title, kind=kind, notes=notes, length=30, is_demo=True
        )
    if is_held:
        _attendance(meeting, seats, absent=entry["absent"])
    for number, decision in enumerate(entry.get("decisions", ()), start=1):
        _decision(meeting, number, decision)


def _attendance(meeting: Meeting, seats: list[Seat], *, absent: list[str]) -> None:
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            seat=seat,
            appointment=seat.appointments.on(meeting.day).first(),
            presence=Presence.EXCUSED
            if seat.position and seat.position.title in absent
            else Presence.PRESENT,
            voting=seat.voting,
        )
        for seat in seats
    )


def _decision(meeting: Meeting, number: int, entry: dict[str, Any]) -> None:
    owner = entry.get("owner")
    closed = {}
    if "state" in entry:
        closed = {
            "state": entry["state"],
            "closed_on": day_of(entry["closed"]),
            "closing_note": entry.get("note", ""),
        }
    decision = Decision.objects.create(
        code=entry["code"],
        meeting=meeting,
        number=number,
        item=meeting.agenda.filter(order=entry.get("point", 0)).first(),
        text=entry["text"],
        owner=position_titled(*owner, locality=meeting.committee.locality) if owner else None,
        due_on=day_of(entry["due"]) if owner else None,
        **closed,
        is_demo=True,
    )
    if "forwarded_to" in entry:
        Forwarding.objects.create(
            decision=decision,
            to=Committee.objects.get(code=entry["forwarded_to"]),
            note=entry.get("asks", ""),
            sent_on=meeting.day,
            is_demo=True,
        )


def load_election(entry: dict[str, Any]) -> None:
    """Known by its code."""
    if Election.objects.filter(code=entry["code"]).exists():
        return
    Election.objects.create(
        code=entry["code"],
        country=Country.objects.get(code=entry["country"]),
        locality=Locality.objects.get(code=entry["locality"]) if "locality" in entry else None,
        title=entry["title"],
        offices=entry.get("offices", ""),
        held_on=day_of(entry["day"]),
        state=entry["state"],
        source=entry.get("source", ""),
        is_demo=True,
    )


def load_handover(entry: dict[str, Any]) -> None:
    """Opened as the portal opens it, with its checklist; once for a position."""
    committee = Committee.objects.get(code=entry["committee"])
    seat = committee.seats.current().select_related("position").get(position__title=entry["position"])
    if seat.position is None or seat.position.handovers.exists():
        return
    outgoing, incoming = _holders(seat.position)
    handover = open_handover(
        seat.position,
        cause=entry["cause"],
        due_on=day_of(entry["due"]),
        today=day_of(entry["opened"]),
        by=None,
        outgoing=outgoing,
        how_ended=entry.get("how", ""),
    )
    handover.incoming = incoming
    for name in ("pack_sent_on", "met_on", "acknowledged_on"):
        if name in entry:
            setattr(handover, name, day_of(entry[name]))
    handover.pack_on_paper = handover.acknowledged_on_paper = "acknowledged_on" in entry
    handover.save()
    done = entry.get("done", len(CHECKLIST) if handover.acknowledged_on else 0)
    for item in handover.items.all()[:done]:
        item.done_on = handover.acknowledged_on or day_of(entry["opened"])
        item.save()


def _holders(position: Position) -> tuple[Incumbency | None, Incumbency | None]:
    """Who goes and who came: who left last and who holds it; or who holds it still, and nobody."""
    held = position.incumbencies.current().first()
    left = position.incumbencies.exclude(ends_on=None).first()
    return (left, held) if left else (held, None)


def load_training_need(entry: dict[str, Any]) -> None:
    """Once for a position and topic."""
    committee = Committee.objects.get(code=entry["committee"])
    seat = committee.seats.current().select_related("position").get(position__title=entry["position"])
    TrainingNeed.objects.get_or_create(
        position=seat.position,
        topic=entry["topic"],
        defaults={"note": entry.get("note", ""), "noted_on": day_of(entry["noted"]), "is_demo": True},
    )
