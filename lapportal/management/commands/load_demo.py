"""Load the demonstration story and its accounts. Only where DEMO_SITE=1. Idempotent."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lapportal import demo

DEFAULT_PASSWORD = "localize-1325"  # noqa: S105  (printed by `make run`; refused elsewhere)


class Command(BaseCommand):
    help = "Load fictional people, workshops, committees and plans, and one account of each role."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_SITE:
            raise CommandError(
                "This is not a demonstration site: fictional people and accounts with a known password "
                "would mix with real ones. Set DEMO_SITE=1 only where nobody's real data is kept."
            )
        password = os.environ.get("DEMO_PASSWORD", DEFAULT_PASSWORD)
        new = demo.load_demo(password=password)
        added = ", ".join(f"{count} {kind}" for kind, count in new.items() if count)
        self.stdout.write(f"Demo: {added or 'nothing new'}")
        self.stdout.write(f"Demo accounts, password {password} (unless it was changed since):")
        for address in demo.addresses():
            self.stdout.write(f"    {address}")
