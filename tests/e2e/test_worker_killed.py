"""A worker that is killed in the middle of a document: what draws goes with it, the next one begins again."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from core.exports import ExportState, Step
from plans.models import PlanExport
from plans.services.papers import request_plan_pdf
from tests.factories.plans import ActivityFactory, ObjectiveFactory

ENOUGH = 60  # seconds


@pytest.fixture
def start_worker():
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--interval", "0.2", "--no-startup-delay", "--no-reload"],
            env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lapportal.settings_test"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait(timeout=20)


def until(happens):
    end = time.monotonic() + ENOUGH
    while time.monotonic() < end:
        found = happens()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def drawing(worker):
    """The processes of its own that the worker has now."""
    return Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()


@pytest.mark.usefixtures("site")
def test_worker_killed_in_the_middle_is_taken_up_again(start_worker):
    objective = ObjectiveFactory()
    for _number in range(60):
        ActivityFactory(objective=objective)
    export = request_plan_pdf(objective.plan, by=None)

    worker = start_worker()
    [child] = until(lambda: drawing(worker))
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=20)
    until(
        lambda: (
            not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]
        )
    )
    export.refresh_from_db()
    assert (export.state, export.step, export.attempts) == (ExportState.RENDERING, Step.RENDERING, 1)
    assert not export.file
    assert not export.is_stuck  # it could still be alive, for all that anybody knows

    PlanExport.objects.update(updated_at=timezone.now() - PlanExport.PATIENCE * 1.1)  # a minute later
    start_worker()
    until(lambda: PlanExport.objects.filter(state=ExportState.DONE).exists())
    export.refresh_from_db()
    assert export.attempts == 2
    with export.file.open() as stored:
        content = stored.read()
    assert len(content) == export.size
    assert len(PdfReader(io.BytesIO(content)).pages) == export.pages
    assert not list((Path(settings.MEDIA_ROOT) / "being-made").iterdir())
