"""Asking for a document of guidelines. The background worker makes it; equal content is served from store."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User, record
from core.exports import ExportState, Failure
from guidelines.models import DocumentFormat, Edition, Export, Guidelines
from guidelines.papers.problems import PaperRefused, paper_problems
from guidelines.papers.source import Source


def request_export(
    guidelines: Guidelines,
    *,
    by: User | None,
    edition: Edition | None = None,
    kind: str = DocumentFormat.PDF,
    today: datetime.date | None = None,
) -> Export:
    """The file of the edition, or of the draft as it stands: the one that is made or on its way, else a new
    one. Two clicks at once get the same export: the database lets only one stand for one content.

    Raises PaperRefused, naming the section, when a draft cannot be printed: nothing is queued then."""
    source = Source.of(guidelines, edition, today=today or timezone.localdate())
    digest = source.digest(kind)
    standing = guidelines.exports.standing().filter(digest=digest).first()
    if standing is not None:
        _look_after(standing)
        if standing.is_under_way or standing.is_done:
            return standing
    if edition is None and (problems := paper_problems(source.document)):
        raise PaperRefused(problems)
    try:
        return _new_export(guidelines, edition=edition, kind=kind, digest=digest, by=by)
    except IntegrityError:
        return guidelines.exports.standing().get(digest=digest)


def _look_after(export: Export) -> None:
    """Its worker may have died, or its file may be gone."""
    if export.is_stuck:
        export.take_up_again()
    elif export.is_done and not export.has_file:
        export.give_up(Failure.LOST)


@transaction.atomic
def _new_export(
    guidelines: Guidelines, *, edition: Edition | None, kind: str, digest: str, by: User | None
) -> Export:
    export = Export.objects.create(
        guidelines=guidelines,
        edition=edition,
        format=kind,
        digest=digest,
        requested_by=by,
        is_demo=guidelines.is_demo,
    )
    number = edition.number if edition else None
    record(by, "asked for PDF", export, guidelines=guidelines.code, edition=number, format=str(kind))
    export.queue()
    return export


def public_pdf(edition: Edition) -> Export:
    """The same for a reader without account. After a failure nobody can ask again and again: the next
    one is made when a worker would have had its time."""
    last = edition.exports.filter(format=DocumentFormat.PDF).first()
    if last and last.state == ExportState.FAILED and timezone.now() - last.updated_at < last.LONG_WAIT:
        return last
    return request_export(edition.guidelines, edition=edition, by=None)
