"""Every day: forget who had which section of guidelines open."""

from typing import Any

from django.core.management.base import BaseCommand

from guidelines.services.presence import forget_section_writing


class Command(BaseCommand):
    help = "Delete signs of life of open forms of sections that are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forgotten: {forget_section_writing()} open forms.")
