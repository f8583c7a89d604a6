"""The worker's half of a plan's PDF: what goes into it. core.export_work draws and stores it."""

from core.export_work import Composed, make_document
from core.exports import Step
from plans.models import LocalActionPlan, PlanExport
from plans.papers.printed import digest_of_html, plan_html, source_of


def render_plan_pdf(code: str) -> None:
    """Make the PDF of the export `code`, unless another worker has it or it was given up."""
    export = PlanExport.objects.select_related("edition").filter(code=code).first()
    if export is not None:
        make_document(export, compose=compose)


def compose(export: PlanExport) -> Composed:
    plan = LocalActionPlan.objects.for_page().get(pk=export.plan_id)
    document, mark = source_of(plan, export.edition)
    export.advance(Step.COMPOSING)
    html = plan_html(document, mark)
    # A draft may have changed while it waited; an edition never does.
    return Composed(html, None if export.edition else digest_of_html(html))
