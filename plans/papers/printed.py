"""A paper as HTML, and the HTML as PDF: core.pdf draws it, nothing is fetched."""

import datetime
import hashlib
from typing import Any

from django.template.loader import render_to_string

from core.papers import speaking
from core.pdf.programs import drawn_by
from localities.languages import direction
from plans.document import document_of
from plans.models import Edition, LocalActionPlan
from plans.papers.languages import paper_language
from plans.papers.paper import Mark, paper_of


def day_of_draft(plan: LocalActionPlan) -> datetime.date:
    """When the plan was last written in: the day that its draft is of."""
    last = plan.revisions.order_by("-at").values_list("at", flat=True).first()
    return max(plan.updated_at, last or plan.updated_at).date()


def source_of(plan: LocalActionPlan, edition: Edition | None) -> tuple[dict[str, Any], Mark]:
    """What a paper is made of: the frozen edition, or the draft as it stands."""
    if edition is not None:
        return edition.content, Mark.of_edition(edition)
    return document_of(plan), Mark(as_of=day_of_draft(plan))


def plan_html(document: dict[str, Any], mark: Mark) -> str:
    """The whole plan as one HTML page that needs no other file, in the plan's language."""
    language = str(document["language"])
    with speaking(paper_language(language), texts=[language], direction=direction(language)):
        paper = paper_of(document, mark)
        return render_to_string("plans/paper/document.html", {"paper": paper, "head": paper})


def digest_of_html(html: str) -> str:
    """What a finished PDF is found by: its HTML, and what turns that into pages."""
    return hashlib.sha256(f"{drawn_by()}\n{html}".encode()).hexdigest()
