"""The background worker: django-tasks' own, which also looks after documents whose worker died."""

import logging
import os
import threading
import time
from typing import Any

from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from core.export_work import take_up_stuck

LOOK_EVERY = 30  # seconds
NICENESS = 5  # somebody waits for each page of the site; a document can take a second longer

logger = logging.getLogger(__name__)


class Command(DatabaseWorker):
    help = "Make documents and do other work in the background; take up again what a dead worker left."

    def handle(self, **options: Any) -> None:
        os.nice(NICENESS)
        threading.Thread(target=look_after, daemon=True).start()
        super().handle(**options)


def look_after() -> None:
    """For ever: one short question to the database now and then."""
    while True:
        look_once()
        time.sleep(LOOK_EVERY)


def look_once() -> None:
    try:
        taken = take_up_stuck()
        if taken:
            logger.warning("Documents taken up again after a worker died: %d", taken)
    except DatabaseError:  # not there yet, or busy: the next look will do
        logger.exception("Could not look after documents")
    finally:
        close_old_connections()
