"""A document that the background worker makes of one content: its states, its progress, its failure.

Abstract: each app has a table of its own, because a document belongs to what it was made of.
"""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Dated


class ExportState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RENDERING = "rendering", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Not made")


class Step(models.TextChoices):
    """What the background worker is at, in words for whoever waits."""

    WAITING = "waiting", _("Waiting for the background worker")
    COLLECTING = "collecting", _("Collecting the country's data")
    COMPOSING = "composing", _("Composing the document")
    RENDERING = "rendering", _("Laying out the pages")
    STORING = "storing", _("Storing the PDF")
    DONE = "done", _("Done")


PROGRESS = {
    Step.WAITING: 0,
    Step.COLLECTING: 10,
    Step.COMPOSING: 30,
    Step.RENDERING: 50,
    Step.STORING: 95,
    Step.DONE: 100,
}


class Failure(models.TextChoices):
    """Why there is no document, in words."""

    BROKEN = "broken", _("The PDF could not be made. The portal's keeper finds the reason in the log.")
    STOPPED = "stopped", _("The background worker stopped before the PDF was ready.")
    OVERTAKEN = "overtaken", _("The text changed meanwhile, and a newer PDF was asked for.")
    LOST = "lost", _("The stored file is no longer there.")
    CANCELLED = "cancelled", _("It was stopped by somebody who waited for it.")
    TIME = "time", _("It took longer than a document may take. Make it shorter, or leave out large pictures.")
    MEMORY = (
        "memory",
        _("It needed more memory than a document may take. Make its text or pictures smaller."),
    )
    FONT = "font", _("No installed font has the letters of this text. The portal's keeper installs one.")
    BLOCK = "block", _("A block of data in the text could not be filled. The document's page says which.")


class StoredDocument(Dated):
    """One document of one content. `digest` is that of everything that goes into it. The table that
    inherits has the `file`, because it knows where its files belong."""

    PATIENCE = datetime.timedelta(minutes=10)  # without a sign of life the worker is taken for dead

    digest = models.CharField(max_length=64, editable=False)
    attempts = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # taken up again after a worker died
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.QUEUED)
    step = models.CharField(_("step"), max_length=12, choices=Step, default=Step.WAITING)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    size = models.PositiveIntegerField(_("size"), null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.CharField(_("why it failed"), max_length=12, choices=Failure, blank=True)

    file: models.FileField

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.state in {ExportState.QUEUED, ExportState.RENDERING}

    @property
    def is_done(self) -> bool:
        return self.state == ExportState.DONE

    @property
    def has_file(self) -> bool:
        """Whether the stored file is really there: files may be lost when a database is restored."""
        stored = self.file
        return bool(stored.name) and stored.storage.exists(str(stored.name))

    @property
    def is_stuck(self) -> bool:
        """On its way, but nothing moved for longer than a worker that lives would take."""
        return self.is_under_way and timezone.now() - self.updated_at > self.PATIENCE

    def _rows(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk)

    def begin(self) -> bool:
        """Take it from the queue. False when another worker has it or it was given up."""
        begun = self._rows().filter(state=ExportState.QUEUED)
        return bool(begun.update(state=ExportState.RENDERING, updated_at=timezone.now()))

    def advance(self, step: Step) -> bool:
        """Show that the worker reached `step`. False when the export was given up meanwhile."""
        moved = self._rows().filter(state=ExportState.RENDERING)
        return bool(moved.update(step=step, progress=PROGRESS[step], updated_at=timezone.now()))

    def give_up(self, why: Failure) -> None:
        """Mark as failed, whatever the worker may still be doing with it."""
        self._rows().update(state=ExportState.FAILED, error=why, updated_at=timezone.now())
        self.refresh_from_db()

    def fail_if_unfinished(self) -> None:
        """What is still being made when its worker leaves is broken: it must not look under way."""
        still = self._rows().filter(state=ExportState.RENDERING)
        still.update(state=ExportState.FAILED, error=Failure.BROKEN, updated_at=timezone.now())

    def finish(self, *, size: int, pages: int | None) -> bool:
        """Ready: `file` is saved. False when it was given up in the last moment: then the file goes,
        for there is no file without a row that leads to it."""
        now = timezone.now()
        # As a dict: each table that inherits has its own `file`.
        values = {"file": self.file.name, "pages": pages, "size": size, "finished_at": now, "updated_at": now}
        values |= {"state": ExportState.DONE, "step": Step.DONE, "progress": PROGRESS[Step.DONE]}
        done = self._rows().filter(state=ExportState.RENDERING).update(**values)
        if not done:
            self.file.delete(save=False)
        return bool(done)
