"""Every day: forget the contacts of people whose last workshop ended more than 24 months ago (BR20)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from workshops.services.retention import erase_kept_too_long, kept_too_long


class Command(BaseCommand):
    help = "Erase contacts, old invitations and old merges 24 months after the last workshop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how many there are.")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        found = kept_too_long(today) if options["dry_run"] else erase_kept_too_long(today)
        said = "To be erased" if options["dry_run"] else "Erased"
        self.stdout.write(
            f"{said}: contacts of {found.people} people, {found.invitations} invitations, "
            f"{found.waiting} unconfirmed self-registrations, {found.merges} merged records."
        )
