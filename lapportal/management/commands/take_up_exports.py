"""Put back into the queue the documents whose worker died. `manage.py worker` does it by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from core.export_work import take_up_stuck


class Command(BaseCommand):
    help = "Put documents back into the queue that were being made when their worker died."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Documents taken up again: {take_up_stuck()}.")
