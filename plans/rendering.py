"""The worker's half of a plan's PDF: collect, compose, lay out, store, and say how far it is."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from core.exports import Failure, Step
from core.pdf import Rendered, render_pdf
from plans.models import LocalActionPlan, PlanExport
from plans.papers.printed import digest_of_html, plan_html, source_of


def render_plan_pdf(code: str) -> None:
    """Make the PDF of the export `code`, unless another worker has it or it was given up.

    Whatever breaks, the export does not stay under way: it is marked as failed, and the error goes
    on to the worker, which logs it.
    """
    export = PlanExport.objects.select_related("edition").filter(code=code).first()
    if export is None or not export.begin():
        return
    try:
        _make(export)
    finally:
        export.fail_if_unfinished()


def _make(export: PlanExport) -> None:
    export.advance(Step.COLLECTING)
    plan = LocalActionPlan.objects.for_page().get(pk=export.plan_id)
    document, mark = source_of(plan, export.edition)
    export.advance(Step.COMPOSING)
    html = plan_html(document, mark)
    if export.edition is None and not _take_digest(export, digest_of_html(html)):
        export.give_up(Failure.OVERTAKEN)
        return
    export.advance(Step.RENDERING)
    rendered = render_pdf(html)
    if export.advance(Step.STORING):
        _store(export, rendered)


def _take_digest(export: PlanExport, digest: str) -> bool:
    """A draft may have changed while it waited: its PDF is filed under what it is made of.

    False when another export already stands for that content.
    """
    if digest == export.digest:
        return True
    try:
        with transaction.atomic():
            PlanExport.objects.filter(pk=export.pk).update(digest=digest)
    except IntegrityError:
        return False
    export.digest = digest
    return True


def _store(export: PlanExport, rendered: Rendered) -> None:
    export.file.save("plan.pdf", ContentFile(rendered.content), save=False)
    export.finish(size=len(rendered.content), pages=rendered.pages)
