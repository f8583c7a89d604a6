"""The worker's half of every export: take it, compose it, draw it, store it, and say how far it is.

What goes into a document is the app's: it hands a `compose` that reads the data and makes the HTML.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, transaction

from core.exports import PROGRESS, ExportState, Failure, Step, StoredDocument
from core.pdf import Rendered
from core.pdf.fonts import missing_letters
from core.pdf.limits import Cancelled, TookTooLong, TookTooMuch, render_limited

BEING_MADE = "being-made"  # a folder beside the finished files, on the same disk
USUAL_SECONDS = 10  # after which half of the drawing is shown as done

Doc = TypeVar("Doc", bound=StoredDocument)


@dataclass(frozen=True)
class Composed:
    """A document as it is drawn, or, where nothing is to be drawn, as it is stored.

    `digest` is that of all that goes into it; None where it cannot have changed since it was asked for.
    """

    html: str = ""
    digest: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    archival: bool = False
    content: bytes | None = None


class NotMade(Exception):
    """The content cannot become a document; `why` is said to whoever asked for it."""

    def __init__(self, why: Failure) -> None:
        self.why = why
        super().__init__(why.label)


def make_document(
    export: Doc,
    *,
    compose: Callable[[Doc], Composed],
    also: Callable[[Rendered], Mapping[str, Any]] = lambda rendered: {},
) -> None:
    """Make the document, unless another worker has it or it was given up.

    `compose` is given an export at the step of collecting; it says itself when it has all and composes.
    `also` is what the table keeps about the finished file besides its size and pages.
    Whatever breaks, the export does not stay under way: it is marked as failed, and an error that
    nobody foresaw goes on to the worker, which logs it.
    """
    if not export.begin():
        return
    try:
        export.advance(Step.COLLECTING)
        composed = compose(export)
        _take_digest(export, composed.digest)
        rendered = _drawn(export, composed)
        if export.advance(Step.STORING):
            _store(export, rendered)
            export.finish(size=len(rendered.content), pages=rendered.pages or None, **also(rendered))
    except Cancelled:
        return  # the row says already why
    except NotMade as refused:
        if export.advance(Step.WAITING):  # still this try's own
            export.give_up(refused.why)
    finally:
        export.fail_if_unfinished()


def _take_digest(export: StoredDocument, digest: str | None) -> None:
    """The content may have changed while the export waited: it is filed under what it is made of.

    Raises NotMade when another export already stands for that content.
    """
    if digest is None or digest == export.digest:
        return
    try:
        with transaction.atomic():
            type(export)._default_manager.filter(pk=export.pk).update(digest=digest)
    except IntegrityError as standing:
        raise NotMade(Failure.OVERTAKEN) from standing
    export.digest = digest


def _drawn(export: StoredDocument, composed: Composed) -> Rendered:
    """Raises Cancelled, NotMade and RenderFailed."""
    if composed.content is not None:
        return Rendered(composed.content, 0)
    if not export.advance(Step.RENDERING):
        raise Cancelled
    if missing_letters(composed.html):
        raise NotMade(Failure.FONT)
    try:
        return render_limited(
            composed.html,
            composed.files,
            archival=composed.archival,
            seconds=settings.PDF_SECONDS,
            megabytes=settings.PDF_MEGABYTES,
            keep_going=_signs_of_life(export),
        )
    except TookTooLong as long:
        raise NotMade(Failure.TIME) from long
    except TookTooMuch as much:
        raise NotMade(Failure.MEMORY) from much


def _signs_of_life(export: StoredDocument) -> Callable[[], bool]:
    """Says each second that the worker lives; how far the drawing is can only be guessed, so it slows
    down towards the next step and never reaches it."""
    begun = time.monotonic()
    first, last = PROGRESS[Step.RENDERING], PROGRESS[Step.STORING]

    def keep_going() -> bool:
        passed = time.monotonic() - begun
        return export.give_sign_of_life(first + round((last - first) * passed / (passed + USUAL_SECONDS)))

    return keep_going


def _store(export: StoredDocument, rendered: Rendered) -> None:
    """Written under another name, and moved when it is whole: a worker that is killed leaves no half
    file where a finished one is looked for."""
    stored, name = export.file, "document"  # each table gives it a name of its own
    if not isinstance(stored.storage, FileSystemStorage):
        stored.save(name, ContentFile(rendered.content), save=False)
        return
    folder = Path(stored.storage.path(BEING_MADE))
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / export.code
    half.write_bytes(rendered.content)
    with half.open("rb") as opened:
        stored.save(name, _Whole(opened, str(half)), save=False)


class _Whole(File):
    """A file that the storage takes by moving it."""

    def __init__(self, opened: BinaryIO, path: str) -> None:
        super().__init__(opened, path)
        self.path = path

    def temporary_file_path(self) -> str:
        return self.path


def stored_documents() -> Iterable[type[StoredDocument]]:
    """Every table of documents that a background worker makes."""
    return [model for model in apps.get_models() if issubclass(model, StoredDocument)]


def take_up_stuck() -> int:
    """Put back into the queue what was being made when its worker died. How many there were."""
    taken = 0
    for model in stored_documents():
        going = model._default_manager.filter(state__in=[ExportState.QUEUED, ExportState.RENDERING])
        taken += sum(export.take_up_again() for export in going.order_by("pk"))
    return taken
