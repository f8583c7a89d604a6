"""The paper as a part of a web page: the same chapters and the same words as in print."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plans.models import Edition
from plans.papers.languages import in_language_of
from plans.papers.paper import Mark, Paper, paper_of


def edition_on_screen(edition: Edition) -> tuple[Paper, SafeString]:
    """The edition's paper, and its text as HTML, both in the plan's language."""
    with in_language_of(edition.content["language"]):
        paper = paper_of(edition.content, Mark.of_edition(edition))
        return paper, render_to_string("plans/_document.html", {"paper": paper})
