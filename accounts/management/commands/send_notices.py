"""Every day, after everything that makes notices: mail what is new, and erase what is old."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.digests import send_digests
from accounts.notices import forget_old_notices


class Command(BaseCommand):
    help = "Mail new notices to those who chose a digest, and erase old ones."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        forgotten = forget_old_notices(now)
        sent = send_digests(now)
        self.stdout.write(
            f"Mails sent: {sent.mails}, not handed over: {sent.failed}. Old notices erased: {forgotten}."
        )
