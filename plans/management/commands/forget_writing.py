"""Every day: forget who had which form of a plan open."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.services.presence import forget_writing


class Command(BaseCommand):
    help = "Delete signs of life of open forms that are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forgotten: {forget_writing()} open forms.")
