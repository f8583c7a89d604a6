"""Load the themes of plans/data/themes.yaml. Idempotent; what the portal changed of them is kept."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.db import transaction

from plans.models import Theme

DATA = Path(__file__).resolve().parents[2] / "data" / "themes.yaml"
STEP = 10  # between two places, so that others fit in between


class Command(BaseCommand):
    help = "Add the themes of the data file that are missing, and names in languages that are missing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        entries = yaml.safe_load(DATA.read_text(encoding="utf-8"))
        for place, entry in enumerate(entries, start=1):
            names = {language: entry[language] for language in ("fr", "es")}
            theme, is_new = Theme.objects.get_or_create(
                code=entry["code"],
                defaults={"name": free_name(entry), "names": names, "order": place * STEP},
            )
            if not is_new and names.keys() - theme.names.keys():
                theme.names = names | theme.names
                theme.save(update_fields=["names"])
        self.stdout.write(f"{Theme.objects.count()} themes")


def free_name(entry: dict[str, Any]) -> str:
    """Its name; with its code behind it when the portal has given that name to another theme."""
    is_taken = Theme.objects.filter(name=entry["name"]).exclude(code=entry["code"]).exists()
    return f"{entry['name']} ({entry['code']})" if is_taken else entry["name"]
