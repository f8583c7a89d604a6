"""Guidelines as files: the Word document, the value, and what an unchanged file costs."""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from benchmarks.figures import Figure, seconds
from core.exports import ExportState
from guidelines.models import DocumentFormat, Export, Guidelines
from guidelines.papers.source import Source, docx_of
from guidelines.services.papers import request_export


def guidelines_paper_figures(guidelines: Guidelines, user: User) -> Iterator[Figure]:
    """`guidelines` stand in the database, with the 200 activities of the bench. The second time each: a
    worker loads its libraries once in its life."""
    today = timezone.localdate()

    def word() -> None:
        docx_of(Source.of(guidelines, None, today=today))

    word()
    yield Figure("Guidelines as a Word document", seconds(word), "s", 1)
    export = request_export(guidelines, by=user, kind=DocumentFormat.DOCX)
    made = default_storage.save("bench.docx", ContentFile(b"made"))
    Export.objects.filter(pk=export.pk).update(state=ExportState.DONE, file=made)

    def unchanged() -> None:
        request_export(guidelines, by=user, kind=DocumentFormat.DOCX)

    unchanged()
    yield Figure("Guidelines asked for again, unchanged", seconds(unchanged) * 1000, "ms", 50)
