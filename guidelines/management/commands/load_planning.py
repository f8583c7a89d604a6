"""Load the planning calendars of guidelines/data/planning. Idempotent; what the portal changed is kept.

A step of a file has a code made of country and place in the file. One that somebody wrote in is left as it
is, one that somebody removed stays away."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import AuditEvent
from guidelines.models import PlanningStep
from guidelines.services.planning import REMOVED
from localities.models import Country

DATA = Path(__file__).resolve().parents[2] / "data" / "planning"


class Command(BaseCommand):
    help = "Add the planning steps of the data files, and bring those up to date that nobody changed."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for path in sorted(DATA.glob("*.yaml")):
            load(yaml.safe_load(path.read_text(encoding="utf-8")))
        self.stdout.write(f"{PlanningStep.objects.count()} planning steps")


def load(entry: dict[str, Any]) -> None:
    """The calendar of one country; of a country that is not in the portal nothing."""
    country = Country.objects.filter(code=entry["country"]).first()
    if country is None:
        return
    steps = {f"PS-{country.code}{place}": step for place, step in enumerate(entry["steps"], start=1)}
    there = {step.code: step for step in country.planning_steps.filter(code__in=steps)}
    removed = set(
        AuditEvent.objects.filter(verb=REMOVED, subject__in=steps).values_list("subject", flat=True)
    )
    for code, step in steps.items():
        row = there.get(code) or PlanningStep(code=code, country=country)
        if code in removed or row.row_version > 1:
            continue
        row.from_month, row.to_month = step["months"]
        row.step, row.led_by = step["step"], step.get("led_by", "")
        row.entry_point = step.get("entry_point", "")
        row.source, row.as_of = entry["source"], entry["as_of"]
        row.save()
