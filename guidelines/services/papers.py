"""Asking for a document of guidelines. The background worker makes it; equal content is served from store."""

from django.db import IntegrityError, transaction

from accounts.models import User, record
from core.exports import Failure
from guidelines.documents import guidelines_digest, guidelines_html
from guidelines.models import Export, Guidelines
from guidelines.tasks import make_export


def request_export(guidelines: Guidelines, *, by: User) -> Export:
    """The PDF of the guidelines as they stand: the one that is made or on its way, else a new one.

    Two clicks at once get the same export: the database lets only one stand for one content.
    """
    digest = guidelines_digest(guidelines_html(guidelines))
    standing = guidelines.exports.standing().filter(digest=digest).first()
    if standing is not None:
        _give_up_if_lost(standing)
        if standing.is_under_way or standing.is_done:
            return standing
    try:
        return _new_export(guidelines, digest=digest, by=by)
    except IntegrityError:
        return guidelines.exports.standing().get(digest=digest)


def _give_up_if_lost(export: Export) -> None:
    if export.is_stuck:
        export.give_up(Failure.STOPPED)
    elif export.is_done and not export.has_file:
        export.give_up(Failure.LOST)


@transaction.atomic
def _new_export(guidelines: Guidelines, *, digest: str, by: User) -> Export:
    export = Export.objects.create(
        guidelines=guidelines, digest=digest, requested_by=by, is_demo=guidelines.is_demo
    )
    record(by, "asked for PDF", export, guidelines=guidelines.code)
    transaction.on_commit(lambda: make_export.enqueue(export.code))
    return export
