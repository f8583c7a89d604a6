"""Every day: open the hand-overs that are due, and tell what is late, what comes and what ends."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lapportal.watch import watch


class Command(BaseCommand):
    help = "Open due hand-overs and tell about overdue meetings, decisions, terms, elections and plans."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Notices made: {watch(timezone.localdate())}.")
