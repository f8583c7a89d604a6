"""Every day: ask for the updates that are overdue, one level higher when nothing moves. The notices are
mailed by send_notices."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from plans.services.periods import create_missing_periods
from plans.services.reminders import remind


class Command(BaseCommand):
    help = "Make the quarters that plans in implementation lack, and remind of overdue updates."

    def handle(self, *args: Any, **options: Any) -> None:
        made = create_missing_periods()
        told = remind(timezone.localdate())
        self.stdout.write(f"Quarters made: {made}. Reminders: {told}.")
