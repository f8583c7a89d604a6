"""`make bench`: seed a database, measure, print one line a figure. Status 1 when one is short."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    folder = tempfile.mkdtemp(prefix="lapportal-bench-")
    try:
        return report(Path(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def report(folder: Path) -> int:
    use_settings_of(folder)
    from benchmarks.figures import Figure, seconds

    manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    figures = [
        Figure(
            "migrate, fresh database", seconds(lambda: subprocess.run(manage, cwd=ROOT, check=True)), "s", 15
        )
    ]
    print(figures[0], flush=True)
    import django

    django.setup()
    for figure in measure():
        print(figure, flush=True)
        figures.append(figure)
    return 0 if all(figure.is_ok for figure in figures) else 1


def use_settings_of(folder: Path) -> None:
    """The settings of production, but for HTTPS; data and keys of their own."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "lapportal.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_ENCRYPTION_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "BLIND_INDEX_KEY": secrets.token_urlsafe(32),
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "ALLOWED_HOSTS": "testserver,127.0.0.1",
        "HTTPS_ONLY": "0",
        "DEBUG": "0",
        "DEMO_SITE": "0",
        "LOG_LEVEL": "WARNING",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's loop runs in this process
    }


def measure() -> Iterator:
    from django.core.management import call_command

    from benchmarks import (
        blocks,
        committees,
        desk,
        duplicates,
        guidelines_papers,
        guidelines_together,
        handovers,
        imports,
        pages,
        papers,
        pdf_engine,
        plan_activities,
        plan_alignment,
        plan_coverage,
        plan_editions,
        plan_pages,
        plan_papers,
        plan_together,
        rollout,
        seed,
    )
    from localities.models import Locality

    call_command("prepare", stdout=StringIO())
    locality = Locality.objects.select_related("country").get(code="CD-MBUJIMAYI")
    users = seed.accounts(locality.country)
    workshop = seed.workshop(participants=500, locality=locality, facilitator=users["facilitator"])
    few = pages.workshop_page(workshop, users["facilitator"])
    seed.everywhere_else(19_500, locality=locality, facilitator=users["facilitator"])
    coverage_nap = plan_coverage.country_plans(locality.country)
    plan = seed.plan(locality=locality, secretary=users["secretary"])

    yield from pages.workshop_figures(workshop, users["facilitator"], few=few)
    yield from pages.registration_figures(workshop, users["facilitator"])
    yield from pages.participant_figures(workshop, users["facilitator"])
    yield from pages.locality_figures(locality, users["facilitator"])
    yield from committees.committee_figures(
        committees.big_committee(locality, secretary=users["secretary"]), users["secretary"]
    )
    yield from handovers.handover_figures(locality, users["secretary"], workshop)
    yield from pages.plan_figures(plan, users["secretary"])
    yield from plan_activities.activity_figures(plan, users["secretary"])
    yield from plan_coverage.budget_figures(plan, users["secretary"])
    yield from plan_alignment.alignment_figures(plan, users["coordinator"])
    yield from plan_pages.page_figures(plan, users["secretary"])
    yield from plan_editions.edition_figures(plan, by=users["secretary"])
    yield from plan_papers.plan_paper_figures(plan)
    both = (users["secretary"], users["coordinator"])
    yield from plan_together.together_figures(plan.sections.get(kind="foreword"), both)
    yield from plan_coverage.coverage_figures(coverage_nap, users["coordinator"])
    yield from plan_pages.list_figures(plan, users["coordinator"])
    yield from pages.document_figures(locality.country, users["coordinator"], median=median)
    guidelines = pdf_engine.with_activities(locality.country, users["coordinator"], number=100)
    yield from guidelines_papers.guidelines_paper_figures(guidelines, users["coordinator"])
    yield from guidelines_together.together_figures(guidelines.sections.first(), both)
    councils = blocks.whole_country()
    yield from blocks.block_figures(councils)
    yield from rollout.rollout_figures(seed.administrator())
    yield from papers.paper_figures(locality, users["facilitator"])
    yield from imports.import_figures(workshop, users["facilitator"])
    yield from duplicates.duplicate_figures()
    yield from pdf_engine.engine_figures(locality.country, users["coordinator"])
    coordinator = seed.coordinator(councils.country)
    yield from pdf_engine.at_once_figures(councils.country, coordinator, where="19 councils")
    yield from pdf_engine.at_once_figures(locality.country, users["coordinator"], where="500 plans")
    yield from desk.desk_figures(locality.country, users["coordinator"])


if __name__ == "__main__":
    sys.exit(main())
