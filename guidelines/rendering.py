"""The worker's half of an export: collect, compose, lay out, store, and say how far it is."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.pdf import Rendered, render_pdf
from guidelines.documents import collect, guidelines_digest, html_of
from guidelines.models import PROGRESS, Export, ExportState, Failure, Step


def render_export(code: str) -> None:
    """Make the PDF of the export `code`, unless another worker has it or it was given up.

    Whatever breaks, the export does not stay under way: it is marked as failed, and the error goes
    on to the worker, which logs it.
    """
    begun = Export.objects.filter(code=code, state=ExportState.QUEUED).update(
        state=ExportState.RENDERING, updated_at=timezone.now()
    )
    if not begun:
        return
    export = Export.objects.select_related("guidelines", "guidelines__country", "guidelines__nap").get(
        code=code
    )
    try:
        _make(export)
    finally:
        still = Export.objects.filter(pk=export.pk, state=ExportState.RENDERING)
        still.update(state=ExportState.FAILED, error=Failure.BROKEN, updated_at=timezone.now())


def _make(export: Export) -> None:
    export.advance(Step.COLLECTING)
    document = collect(export.guidelines)
    export.advance(Step.COMPOSING)
    html = html_of(document)
    if not _take_digest(export, guidelines_digest(html)):
        export.give_up(Failure.OVERTAKEN)
        return
    export.advance(Step.RENDERING)
    rendered = render_pdf(html)
    if export.advance(Step.STORING):
        _store(export, rendered)


def _take_digest(export: Export, digest: str) -> bool:
    """The content may have changed while the export waited: it is filed under what it is made of.

    False when another export already stands for that content.
    """
    if digest == export.digest:
        return True
    try:
        with transaction.atomic():
            Export.objects.filter(pk=export.pk).update(digest=digest)
    except IntegrityError:
        return False
    export.digest = digest
    return True


def _store(export: Export, rendered: Rendered) -> None:
    export.file.save("guidelines.pdf", ContentFile(rendered.content), save=False)
    now = timezone.now()
    done = Export.objects.filter(pk=export.pk, state=ExportState.RENDERING).update(
        state=ExportState.DONE,
        step=Step.DONE,
        progress=PROGRESS[Step.DONE],
        file=export.file.name,
        pages=rendered.pages,
        size=len(rendered.content),
        finished_at=now,
        updated_at=now,
    )
    if not done:  # given up in the last moment: no file without a row that leads to it
        export.file.delete(save=False)
