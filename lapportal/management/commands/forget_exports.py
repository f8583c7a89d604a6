"""Once a day: the files of drafts long past go, and what workers left that died while they stored a file."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.export_keeping import forget_old_drafts, remove_nameless_files


class Command(BaseCommand):
    help = "Remove the files of old drafts, and files of documents that no row leads to. Editions stay."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Old drafts forgotten: {forget_old_drafts(now)}.")
        self.stdout.write(f"Files without a row removed: {remove_nameless_files(now)}.")
