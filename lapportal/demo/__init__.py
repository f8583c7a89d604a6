"""The demonstration story, from lapportal/data/demo/*.yaml. Fictional people; every row is marked.

Each record has a fixed code (an account its address). What is known is left as it is, so that a
second loading changes nothing that somebody did in between.
"""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from accounts.models import Assignment, User
from accounts.roles import Role
from lapportal.demo.committees import load_committee, load_election, load_handover, load_training_need
from lapportal.demo.guidelines import load_guidelines, load_story
from lapportal.demo.plan_parts import freeze_editions, load_integration, load_law
from lapportal.demo.plans import load_plan
from lapportal.demo.results import load_results
from lapportal.demo.workshops import load_workshop
from localities.models import Country

DATA = Path(__file__).resolve().parent.parent / "data" / "demo"


def load_demo(*, password: str) -> dict[str, int]:
    """Load all files. Returns how many records of each kind were new."""
    accounts, stories = _read()
    new = dict.fromkeys(("accounts", "workshops", "committees", "plans", "guidelines"), 0)
    with transaction.atomic():
        for entry in accounts:
            new["accounts"] += _account(entry, password=password)
        for story in stories:
            for entry in story.get("workshops", ()):
                new["workshops"] += load_workshop(entry)
            for entry in story.get("committees", ()):
                new["committees"] += load_committee(entry)
            for entry in story.get("elections", ()):
                load_election(entry)
            for entry in story.get("handovers", ()):
                load_handover(entry)
            for entry in story.get("training_needs", ()):
                load_training_need(entry)
            for entry in story.get("plans", ()):
                new["plans"] += load_plan(entry)
            for entry in story.get("integrations", ()):
                load_integration(entry)
            for entry in story.get("laws", ()):
                load_law(entry)
            for entry in story.get("stories", ()):
                load_story(entry)
            for entry in story.get("guidelines", ()):
                new["guidelines"] += load_guidelines(entry)
            for entry in story.get("results", ()):
                load_results(entry)
        freeze_editions()
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
