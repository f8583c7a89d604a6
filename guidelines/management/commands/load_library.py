"""Load the texts that come with the library from guidelines/data/library.yaml. Idempotent, by key."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.db import transaction

from guidelines.models import Resource
from localities.models import Country

DATA = Path(__file__).resolve().parents[2] / "data" / "library.yaml"
EMPTY: dict[str, Any] = {"author": "", "year": None, "address": "", "summary": "", "endorsed_by": []}


class Command(BaseCommand):
    help = "Load or update the guidelines, toolkits and laws that come with the library."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        entries = yaml.safe_load(DATA.read_text(encoding="utf-8"))
        countries = {country.code: country for country in Country.objects.all()}
        for entry in entries:
            country = entry.pop("country", None)
            values = EMPTY | entry | {"country": countries[country] if country else None}
            Resource.objects.update_or_create(key=values.pop("key"), defaults=values)
        self.stdout.write(f"{len(entries)} texts of the library")
