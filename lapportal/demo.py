"""The demonstration story, from lapportal/data/demo/*.yaml. Fictional people; every row is marked.

Each record has a fixed code (an account its address). What is known is left as it is, so that a
second loading changes nothing that somebody did in between.
"""

import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from accounts.models import Assignment, User
from accounts.roles import Role
from committees.composition import SeatRole
from committees.models import Committee, CommitteeAccess, Seat
from frameworks.models import Framework
from guidelines.models import Guidelines
from guidelines.services import start_guidelines
from localities.models import Country, Locality
from people.consent import Purpose
from people.models import Consent, Organization, Person, Position
from plans.models import Activity, Alignment, Indicator, LocalActionPlan, Objective
from workshops.models import Participation, Tally, Workshop

DATA = Path(__file__).resolve().parent / "data" / "demo"


def load_demo(*, password: str) -> dict[str, int]:
    """Load all files. Returns how many records of each kind were new."""
    accounts, stories = _read()
    new = dict.fromkeys(("accounts", "workshops", "committees", "plans", "guidelines"), 0)
    with transaction.atomic():
        for entry in accounts:
            new["accounts"] += _account(entry, password=password)
        for story in stories:
            for entry in story.get("workshops", ()):
                new["workshops"] += _workshop(entry)
            for entry in story.get("committees", ()):
                new["committees"] += _committee(entry)
            for entry in story.get("plans", ()):
                new["plans"] += _plan(entry)
            for entry in story.get("guidelines", ()):
                new["guidelines"] += _guidelines(entry)
    return new


def addresses() -> list[str]:
    """The addresses of the demo accounts, in the order of the file."""
    return [entry["email"] for entry in _read()[0]]


def _read() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    accounts = yaml.safe_load((DATA / "accounts.yaml").read_text(encoding="utf-8"))
    files = sorted(path for path in DATA.glob("*.yaml") if path.stem.isupper())
    return accounts, [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]


def _account(entry: dict[str, Any], *, password: str) -> bool:
    if User.objects.filter(email=entry["email"]).exists():
        return False
    country = Country.objects.get(code=entry["country"]) if "country" in entry else None
    user = User.objects.create_user(
        entry["email"], password, display_name=entry["name"], created_in=country, is_demo=True
    )
    if "role" in entry:
        Assignment.objects.create(user=user, role=Role(entry["role"]), country=country, is_demo=True)
    return True


def _workshop(entry: dict[str, Any]) -> bool:
    if Workshop.objects.filter(code=entry["code"]).exists():
        return False
    first = entry.get("starts_on") or timezone.localdate() + datetime.timedelta(entry["starts_in_days"])
    copied = ("code", "kind", "title", "language", "state", "expected")
    workshop = Workshop.objects.create(
        **{name: entry[name] for name in copied if name in entry},
        locality=Locality.objects.select_related("country").get(code=entry["locality"]),
        starts_on=first,
        ends_on=first + datetime.timedelta(entry["days"] - 1),
        is_demo=True,
    )
    workshop.facilitators.set(User.objects.filter(email__in=entry.get("facilitators", ())))
    recorded_by = workshop.facilitators.first()
    for row in entry.get("people", ()):
        _participation(row, workshop=workshop, recorded_by=recorded_by)
    Tally.objects.bulk_create(
        Tally(
            **_counted(category, sex, age, workshop=workshop, recorded_by=recorded_by),
            count=count,
        )
        for category, sex, age, count in entry.get("tallies", ())
    )
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
    position = _position(title, organization_name, locality=workshop.locality)
    Participation.objects.create(
        **_counted(category, sex, age, workshop=workshop, recorded_by=recorded_by),
        person=person,
        position=position,
        organization=position.organization,
    )


def _position(title: str, organization_name: str, *, locality: Locality) -> Position:
    organization = Organization.named(organization_name, country=locality.country, is_demo=True)
    return Position.titled(title, locality=locality, organization=organization, is_demo=True)


def _committee(entry: dict[str, Any]) -> bool:
    if Committee.objects.filter(code=entry["code"]).exists():
        return False
    locality = Locality.objects.select_related("country").get(code=entry["locality"])
    committee = Committee.objects.create(
        code=entry["code"],
        name=entry["name"],
        locality=locality,
        established_on=entry["established_on"],
        established_at=Workshop.objects.get(code=entry["workshop"]) if "workshop" in entry else None,
        mandate=entry.get("mandate", ""),
        is_demo=True,
    )
    for title, organization, side, role in entry.get("seats", ()):
        Seat.objects.create(
            committee=committee,
            position=_position(title, organization, locality=locality),
            side=side,
            role=role,
            voting=role != SeatRole.OBSERVER,
            is_demo=True,
        )
    for email, role in entry.get("access", ()):
        CommitteeAccess.objects.create(
            committee=committee, user=User.objects.get(email=email), role=role, is_demo=True
        )
    return True


def _plan(entry: dict[str, Any]) -> bool:
    if LocalActionPlan.objects.filter(code=entry["code"]).exists():
        return False
    committee = Committee.objects.select_related("locality__country").get(code=entry["committee"])
    body, act, adopted_on = entry.get("adopted", ("", "", None))
    copied = ("code", "title", "language", "vision", "situation", "state", "endorsed_on")
    plan = LocalActionPlan.objects.create(
        **{name: entry[name] for name in copied if name in entry},
        committee=committee,
        locality=committee.locality,
        currency=committee.locality.country.currency,
        nap=Framework.objects.naps().get(code=entry["nap"]),
        period_start=entry["period"][0],
        period_end=entry["period"][1],
        adopting_body=body,
        adopting_act=act,
        adopted_on=adopted_on,
        is_demo=True,
    )
    for order, objective in enumerate(entry.get("objectives", ()), start=1):
        _objective(objective, plan=plan, order=order)
    return True


def _objective(entry: dict[str, Any], *, plan: LocalActionPlan, order: int) -> None:
    item = plan.nap.provisions.get(code=entry["from"]) if plan.nap and "from" in entry else None
    objective = Objective.objects.create(
        plan=plan,
        order=order,
        text=entry["text"],
        pillar=item.pillars[0] if item else entry["pillar"],
        started_from=item,
        local_reason=entry.get("local_reason", ""),
        is_demo=True,
    )
    if item:
        Alignment.objects.create(objective=objective, provision=item, is_demo=True)
    for place, activity in enumerate(entry.get("activities", ()), start=1):
        _activity(activity, objective=objective, order=place)


def _activity(entry: dict[str, Any], *, objective: Objective, order: int) -> None:
    first, last = entry.get("period", (None, None))
    locality = objective.plan.committee.locality
    activity = Activity.objects.create(
        objective=objective,
        order=order,
        text=entry["text"],
        responsible=_position(*entry["responsible"], locality=locality) if "responsible" in entry else None,
        starts_on=first,
        ends_on=last,
        cost=entry.get("cost"),
        no_cost=entry.get("no_cost", False),
        gender_lens=entry.get("gender_lens", ""),
        conflict_lens=entry.get("conflict_lens", ""),
        is_demo=True,
    )
    if "indicator" in entry:
        text, unit, baseline, target = entry["indicator"]
        Indicator.objects.create(
            activity=activity, text=text, unit=unit, baseline=baseline, target=target, is_demo=True
        )


def _guidelines(entry: dict[str, Any]) -> bool:
    """Known by country: their code is made by the service."""
    country = Country.objects.get(code=entry["country"])
    if Guidelines.objects.filter(country=country, is_demo=True).exists():
        return False
    start_guidelines(
        country,
        title=entry["title"],
        language=entry["language"],
        nap=Framework.objects.naps().get(code=entry["nap"]),
        by=User.objects.get(email=entry["by"]),
        is_demo=True,
    )
    return True
