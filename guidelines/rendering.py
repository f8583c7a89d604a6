"""The worker's half of an export: collect, compose, lay out, store, and say how far it is."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from core.exports import Failure, Step
from core.pdf import Rendered, render_pdf
from guidelines.documents import collect, guidelines_digest, html_of
from guidelines.models import Export


def render_export(code: str) -> None:
    """Make the PDF of the export `code`, unless another worker has it or it was given up.

    Whatever breaks, the export does not stay under way: it is marked as failed, and the error goes
    on to the worker, which logs it.
    """
    known = Export.objects.select_related("guidelines", "guidelines__country", "guidelines__nap")
    export = known.filter(code=code).first()
    if export is None or not export.begin():
        return
    try:
        _make(export)
    finally:
        export.fail_if_unfinished()


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
    export.finish(size=len(rendered.content), pages=rendered.pages)
