"""Bring a site up to date: database, static files, reference data and, on a demo site, the demo.

Safe to run at every start and after every update: what is done already is left as it is.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from plans.services.editions import freeze_missing

# What packages carry and no page uses. Compressing it would take most of the time of a first start.
UNUSED = [
    "account/*",
    "treebeard/*",
    "django_htmx/ext/*",
    "django_htmx/htm*x-4*",
    "django_htmx/htmx-2.js",
    "css/bootstrap-*",
    "css/bootstrap.css*",
    "css/bootstrap.rtl.css*",
    "js/bootstrap.*",
]


class Command(BaseCommand):
    help = "Migrate, collect static files when they changed, load reference data and, if asked for, the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        self.collect_static(Path(settings.STATIC_ROOT))
        call_command("load_localities", stdout=self.stdout)
        call_command("load_frameworks", stdout=self.stdout)
        call_command("load_themes", stdout=self.stdout)
        call_command("load_planning", stdout=self.stdout)
        call_command("load_library", stdout=self.stdout)
        if settings.DEMO_SITE:
            call_command("load_demo", stdout=self.stdout)
        if frozen := freeze_missing():
            self.stdout.write(f"Plans adopted before there were editions, now frozen as edition 1: {frozen}")

    def collect_static(self, root: Path) -> None:
        """Collect and compress into `root`, unless the sources are those of the last time."""
        mark = root / ".collected"
        digest = static_digest()
        if mark.exists() and mark.read_text() == digest:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
        mark.write_text(digest)


def static_digest() -> str:
    """One hash of the path and content of every static file that pages use."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(UNUSED), key=lambda found: found[0]):
            digest.update(path.encode() + b"\0")
            with storage.open(path) as file:
                digest.update(file.read())
    return digest.hexdigest()
