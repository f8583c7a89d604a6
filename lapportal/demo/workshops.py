"""Workshops of the demonstration story: who was invited, who came, and what the days held."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from localities.models import Locality
from people.consent import Purpose
from people.models import Consent, Organization, Person, Position
from workshops.models import (
    Answer,
    Attendance,
    Invitation,
    Participation,
    ProgrammeItem,
    Tally,
    Workshop,
)
from workshops.programme import half_days
from workshops.programme_templates import TEMPLATES
from workshops.states import WorkshopState

COPIED = ("code", "kind", "title", "language", "state", "expected", "is_national", "narrative")


def load_workshop(entry: dict[str, Any]) -> bool:
    if Workshop.objects.filter(code=entry["code"]).exists():
        return False
    first = entry.get("starts_on") or timezone.localdate() + datetime.timedelta(entry["starts_in_days"])
    workshop = Workshop.objects.create(
        **{name: entry[name] for name in COPIED if name in entry},
        locality=Locality.objects.select_related("country").get(code=entry["locality"]),
        starts_on=first,
        ends_on=first + datetime.timedelta(entry["days"] - 1),
        is_demo=True,
    )
    workshop.facilitators.set(User.objects.filter(email__in=entry.get("facilitators", ())))
    workshop.other_localities.set(Locality.objects.filter(code__in=entry.get("also_for", ())))
    recorded_by = workshop.facilitators.first()
    for row in entry.get("people", ()):
        _participation(row, workshop=workshop, recorded_by=recorded_by)
    for code, names in entry.get("known", {}).items():
        _known_people(names, of=Workshop.objects.get(code=code), workshop=workshop, recorded_by=recorded_by)
    Tally.objects.bulk_create(
        Tally(
            **_counted(category, sex, age, workshop=workshop, recorded_by=recorded_by),
            count=count,
        )
        for category, sex, age, count in entry.get("tallies", ())
    )
    if "programme" in entry:
        _programme(entry["programme"], workshop=workshop)
    if entry.get("state") == WorkshopState.HELD and "people" in entry:
        _attendance(entry.get("absent", {}), workshop=workshop, recorded_by=recorded_by)
        _invitations(entry.get("did_not_come", ()), workshop=workshop, recorded_by=recorded_by)
    return True


def _counted(category: str, sex: str, age: str, *, workshop: Workshop, recorded_by: Any) -> dict[str, Any]:
    return {
        "workshop": workshop,
        "category": category,
        "counted_as_local_authority": workshop.locality.country.counts_as_local_authority(category),
        "sex": sex,
        "age_band": age,
        "recorded_by": recorded_by,
        "is_demo": True,
    }


def _participation(row: list[str], *, workshop: Workshop, recorded_by: User | None) -> None:
    name, sex, age, category, title, organization_name = row
    country = workshop.locality.country
    person = Person(country=country, full_name=name, sex=sex, age_band=age, is_demo=True)
    person.save_with_index()
    Consent.objects.create(
        person=person,
        purpose=Purpose.REGISTER,
        language=workshop.language,
        recorded_by=recorded_by,
        is_demo=True,
    )
    position = position_titled(title, organization_name, locality=workshop.locality)
    Participation.objects.create(
        **_counted(category, sex, age, workshop=workshop, recorded_by=recorded_by),
        person=person,
        position=position,
        organization=position.organization,
    )


def position_titled(title: str, organization_name: str, *, locality: Locality) -> Position:
    organization = Organization.named(organization_name, country=locality.country, is_demo=True)
    return Position.titled(title, locality=locality, organization=organization, is_demo=True)


def _known_people(names: list[str], *, of: Workshop, workshop: Workshop, recorded_by: User | None) -> None:
    """People of an earlier workshop who come to this one, too."""
    earlier = {row.person.full_name: row for row in of.participations.select_related("person")}
    for name in names:
        row = earlier[name]
        Participation.objects.create(
            **_counted(row.category, row.sex, row.age_band, workshop=workshop, recorded_by=recorded_by),
            person=row.person,
            position=row.position,
            organization=row.organization,
        )


def _programme(name: str, *, workshop: Workshop) -> None:
    """The sessions of a template, as a facilitator would begin with them."""
    places: dict[tuple[int, str], int] = {}
    for session in TEMPLATES[name].sessions:
        if session.day > workshop.days:
            continue
        order = places[session.day, session.half] = places.get((session.day, session.half), -1) + 1
        ProgrammeItem.objects.create(
            workshop=workshop,
            day=session.day,
            half=session.half,
            order=order,
            title=str(session.title),
            kind=session.kind,
            minutes=session.minutes,
            materials=str(session.materials),
            is_demo=True,
        )


def _attendance(absent: dict[str, list[str]], *, workshop: Workshop, recorded_by: User | None) -> None:
    """Everybody was there all the time, but for the `absent`: name of a half-day ("2-pm") → names."""
    rows = list(workshop.participations.select_related("person"))
    for half_day in half_days(workshop, workshop.programme.all()):
        number = (half_day.day - workshop.starts_on).days + 1
        missing = absent.get(f"{number}-{half_day.half}", ())
        Attendance.objects.bulk_create(
            Attendance(participation=row, day=half_day.day, half=half_day.half, recorded_by=recorded_by)
            for row in rows
            if row.person.full_name not in missing
        )


def _invitations(did_not_come: list[list[str]], *, workshop: Workshop, recorded_by: User | None) -> None:
    """All who came had been invited, and some offices that did not come."""
    rows = workshop.participations.select_related("person", "position__organization")
    for row in rows:
        Invitation.objects.create(
            **_counted(row.category, row.sex, row.age_band, workshop=workshop, recorded_by=recorded_by),
            full_name=row.person.full_name,
            key=row.person.key,
            position=row.position.title if row.position else "",
            organization=row.organization.name if row.organization else "",
            answer=Answer.COMING,
            person=row.person,
            participation=row,
        )
    for category, sex, age, title, organization in did_not_come:
        Invitation.objects.create(
            **_counted(category, sex, age, workshop=workshop, recorded_by=recorded_by),
            position=title,
            organization=organization,
            answer=Answer.NOT_COMING,
        )
