"""A document that the background worker makes of one content: its states, its progress, its failure.

Abstract: each app has a table of its own, because a document belongs to what it was made of.
"""

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
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
    inherits has the `file`, because it knows where its files belong, and the `edition`: without one it is
    of a draft, and not kept for ever (core.export_keeping).

    Each try of a worker has a number, `attempts`. What a worker says of a try that was given up or taken
    up by another changes nothing.
    """

    TASK: ClassVar[str]  # the dotted name of the background task that makes it, by its code
    FOLDER: ClassVar[str]  # where its files lie, and nothing else does
    PATIENCE = datetime.timedelta(seconds=60)  # the worker tells each second that it lives
    LONG_WAIT = datetime.timedelta(minutes=10)  # in the queue, behind others
    MOST_ATTEMPTS = 3

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

    code: models.CharField
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
    def has_lost_its_worker(self) -> bool:
        """Being made, but nobody has said so for longer than a worker that lives would be silent."""
        silent = timezone.now() - self.updated_at
        return self.state == ExportState.RENDERING and silent > self.PATIENCE

    @property
    def is_stuck(self) -> bool:
        """On its way, but nothing moved for longer than a worker that lives would take."""
        waiting = timezone.now() - self.updated_at
        return self.has_lost_its_worker or (self.is_under_way and waiting > self.LONG_WAIT)

    def _rows(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk)

    def _this_try(self) -> models.QuerySet[Self]:
        return self._rows().filter(state=ExportState.RENDERING, attempts=self.attempts)

    def queue(self) -> None:
        """Hand it to a background worker, once what is being written is written."""
        task = import_string(self.TASK)
        transaction.on_commit(lambda: task.enqueue(self.code))

    def begin(self) -> bool:
        """Take it from the queue. False when another worker has it or it was given up."""
        begun = (
            self._rows()
            .filter(state=ExportState.QUEUED)
            .update(state=ExportState.RENDERING, attempts=models.F("attempts") + 1, updated_at=timezone.now())
        )
        if begun:
            self.refresh_from_db(fields=["state", "attempts", "updated_at"])
        return bool(begun)

    def advance(self, step: Step) -> bool:
        """Show that the worker reached `step`. False when the export was given up meanwhile."""
        moved = self._this_try()
        return bool(moved.update(step=step, progress=PROGRESS[step], updated_at=timezone.now()))

    def give_sign_of_life(self, progress: int) -> bool:
        """Show that the worker is still at it. False when the export was given up meanwhile."""
        return bool(self._this_try().update(progress=progress, updated_at=timezone.now()))

    def cancel(self) -> bool:
        """Stop it for whoever waited. False when it is no longer under way. Its worker sees it within a
        second or two."""
        going = self._rows().filter(state__in=[ExportState.QUEUED, ExportState.RENDERING])
        cancelled = going.update(state=ExportState.FAILED, error=Failure.CANCELLED, updated_at=timezone.now())
        self.refresh_from_db()
        return bool(cancelled)

    def take_up_again(self) -> bool:
        """Put one whose worker is gone back into the queue. After too many tries it is given up: then
        it is the document that kills the workers. False when it is not stuck or was given up."""
        if not self.is_stuck:
            return False
        if self.attempts >= self.MOST_ATTEMPTS:
            self.give_up(Failure.STOPPED)
            return False
        # Of two who see it at once, one takes it up.
        as_seen = self._rows().filter(state=self.state, attempts=self.attempts, updated_at=self.updated_at)
        with transaction.atomic():
            taken = as_seen.update(
                state=ExportState.QUEUED,
                step=Step.WAITING,
                progress=PROGRESS[Step.WAITING],
                updated_at=timezone.now(),
            )
            if taken:
                self.queue()
        self.refresh_from_db()
        return bool(taken)

    def give_up(self, why: Failure) -> None:
        """Mark as failed, whatever the worker may still be doing with it."""
        self._rows().update(state=ExportState.FAILED, error=why, updated_at=timezone.now())
        self.refresh_from_db()

    def fail_if_unfinished(self) -> None:
        """What is still being made when its worker leaves is broken: it must not look under way."""
        still = self._this_try()
        still.update(state=ExportState.FAILED, error=Failure.BROKEN, updated_at=timezone.now())

    def finish(self, *, size: int, pages: int | None, **also: Any) -> bool:
        """Ready: `file` is saved, and `also` is what a table keeps besides. False when it was given up in
        the last moment: then the file goes, for there is no file without a row that leads to it."""
        now = timezone.now()
        # As a dict: each table that inherits has its own `file`.
        values: dict[str, Any] = also | {
            "file": self.file.name,
            "pages": pages,
            "size": size,
            "finished_at": now,
            "updated_at": now,
        }
        values |= {"state": ExportState.DONE, "step": Step.DONE, "progress": PROGRESS[Step.DONE]}
        done = self._this_try().update(**values)
        if not done:
            self.file.delete(save=False)
        return bool(done)
