"""The worker's half of an export: what goes into it. core.export_work draws and stores it."""

import hashlib
from typing import Any

from core.export_work import Composed, make_document
from core.exports import Step
from core.pdf import Rendered
from guidelines.models import DocumentFormat, Export
from guidelines.papers.source import docx_of, source_of


def render_export(code: str) -> None:
    """Make the document of the export `code`, unless another worker has it or it was given up."""
    export = Export.objects.filter(code=code).first()
    if export is not None:
        make_document(export, compose=compose, also=file_digest)


def compose(export: Export) -> Composed:
    source = source_of(export)
    digest = source.digest(export.format)
    export.advance(Step.COMPOSING)
    if export.format == DocumentFormat.DOCX:
        return Composed(digest=digest, content=docx_of(source))
    files = source.files()
    archival = export.format == DocumentFormat.PDF_ARCHIVE
    return Composed(source.html(files), digest, files, archival)


def file_digest(rendered: Rendered) -> dict[str, Any]:
    """Printed beside an edition: whoever has the file can see that it is the one."""
    return {"file_digest": hashlib.sha256(rendered.content).hexdigest()}
