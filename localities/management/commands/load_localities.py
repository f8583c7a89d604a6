"""Load countries and localities from localities/data/*.yaml. Idempotent: run it after every update."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.db import transaction

from localities.models import Country, Locality

DATA = Path(__file__).resolve().parents[2] / "data"
SHARED = ("source", "as_of")


class Command(BaseCommand):
    help = "Load or update the countries and their localities from the data files."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for entry in yaml.safe_load((DATA / "countries.yaml").read_text(encoding="utf-8")):
            Country.objects.update_or_create(code=entry.pop("code"), defaults=entry)
        self.known = {locality.code: locality for locality in Locality.objects.all()}
        for file in sorted((DATA / "localities").glob("*.yaml")):
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
            country = Country.objects.get(code=content["country"])
            defaults = {key: content[key] for key in SHARED if key in content}
            for entry in content["localities"]:
                self.load(entry, country=country, parent=None, defaults=defaults)
        self.stdout.write(f"{Country.objects.count()} countries, {Locality.objects.count()} localities")

    def load(
        self, entry: dict[str, Any], *, country: Country, parent: Locality | None, defaults: dict[str, Any]
    ) -> None:
        """One locality and what lies below it: updated where the code is known, else added."""
        children = entry.pop("children", [])
        values = defaults | entry | {"country": country}
        locality = self.known.get(entry["code"])
        if locality is None:
            tree = Locality.objects
            locality = tree.add_child(parent, values) if parent else tree.add_root(values)
        else:
            changed = {key: value for key, value in values.items() if getattr(locality, key) != value}
            for key, value in changed.items():
                setattr(locality, key, value)
            if changed:
                locality.save()
        for child in children:
            self.load(child, country=country, parent=locality, defaults=defaults)
