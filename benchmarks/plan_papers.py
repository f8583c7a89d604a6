"""Papers of a plan of 200 activities: the PDF beside bare WeasyPrint, DOCX and XLSX from the database."""

from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure, seconds
from core.pdf import VARIANT, render_pdf
from plans.models import LocalActionPlan
from plans.papers.printed import plan_html, source_of
from plans.papers.word import plan_docx
from plans.papers.workbook import plan_xlsx


def plan_paper_figures(plan: LocalActionPlan) -> Iterator[Figure]:
    """`plan` has 200 activities. What somebody waits for: from the rows to the last byte."""
    from weasyprint import HTML

    html = plan_html(*source_of(plan, None))

    def ours() -> None:
        render_pdf(plan_html(*source_of(plan, None)))

    def bare() -> None:
        HTML(string=html).write_pdf(pdf_variant=VARIANT)

    ours()  # both find the fonts in the cache
    pairs = [(seconds(ours), seconds(bare)) for _ in range(3)]
    share = median(one for one, _ in pairs) / median(other for _, other in pairs)
    yield Figure("plan of 200 activities as PDF ÷ bare WeasyPrint", share, "×", 1.15)

    def docx() -> None:
        plan_docx(*source_of(plan, None))

    def xlsx() -> None:
        plan_xlsx(*source_of(plan, None))

    docx()
    yield Figure("plan of 200 activities as DOCX", median(seconds(docx) for _ in range(5)), "s", 1)
    xlsx()
    yield Figure("plan of 200 activities as XLSX", median(seconds(xlsx) for _ in range(5)), "s", 0.5)
