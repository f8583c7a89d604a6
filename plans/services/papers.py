"""Asking for the PDF of a plan. The background worker makes it; equal content is served from store."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User, record
from core.exports import ExportState, Failure
from plans.models import DocumentFormat, Edition, LocalActionPlan, PlanExport
from plans.models.files import PlanExportQuerySet
from plans.papers.printed import digest_of_html, plan_html, source_of


def request_plan_pdf(plan: LocalActionPlan, *, edition: Edition | None = None, by: User | None) -> PlanExport:
    """The PDF of the edition, or of the draft as it stands: the one that is made or on its way, else a
    new one. Two clicks at once get the same: the database lets only one stand for one content."""
    digest = pdf_digest(plan, edition)
    standing = standing_exports(plan).filter(digest=digest).first()
    if standing is not None:
        _look_after(standing)
        if standing.is_under_way or standing.is_done:
            return standing
    try:
        return _new_export(plan, edition=edition, digest=digest, by=by)
    except IntegrityError:
        return standing_exports(plan).get(digest=digest)


def standing_exports(plan: LocalActionPlan) -> PlanExportQuerySet:
    """Those that serve whoever asks for the same content: made, or on their way."""
    found: PlanExportQuerySet = PlanExport.objects.filter(plan=plan, format=DocumentFormat.PDF)
    return found.exclude(state=ExportState.FAILED)


def pdf_digest(plan: LocalActionPlan, edition: Edition | None) -> str:
    """What a PDF is found by. An edition never changes, so its PDF is made once, whatever the portal's
    templates become; a draft's is that of all that goes into it."""
    if edition is not None:
        return hashlib.sha256(f"edition {edition.number} {edition.digest}".encode()).hexdigest()
    return digest_of_html(plan_html(*source_of(plan, None)))


def _look_after(export: PlanExport) -> None:
    """Its worker may have died, or its file may be gone."""
    if export.is_stuck:
        export.take_up_again()
    elif export.is_done and not export.has_file:
        export.give_up(Failure.LOST)


@transaction.atomic
def _new_export(
    plan: LocalActionPlan, *, edition: Edition | None, digest: str, by: User | None
) -> PlanExport:
    export = PlanExport.objects.create(
        plan=plan, edition=edition, digest=digest, requested_by=by, is_demo=plan.is_demo
    )
    record(by, "asked for PDF", export, plan=plan.code, edition=edition.number if edition else None)
    export.queue()
    return export


def public_pdf(plan: LocalActionPlan, edition: Edition) -> PlanExport:
    """The same for a reader without account. After a failure nobody can ask again and again: the next
    one is made when a worker would have had its time."""
    last = plan.exports.filter(edition=edition, format=DocumentFormat.PDF).first()
    if last and last.state == ExportState.FAILED and timezone.now() - last.updated_at < last.LONG_WAIT:
        return last
    return request_plan_pdf(plan, edition=edition, by=None)
