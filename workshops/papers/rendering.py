"""From a workshop to the bytes of a paper, in the paper's language."""

import datetime
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from core.papers import speaking
from core.pdf import Rendered
from core.pdf.now import render_now
from workshops.models import Workshop
from workshops.papers.certificates import Certificates, Who
from workshops.papers.languages import paper_language
from workshops.papers.programmes import Programme
from workshops.papers.reports import Report
from workshops.papers.sheets import SignInSheet
from workshops.papers.summaries import LEVELS, Summary


class NothingToPrint(Exception):
    """Nobody to print a certificate for: a PDF has at least one page."""


def paper_html(workshop: Workshop, template: str, read: Callable[[], Any]) -> str:
    """What `read` finds, as one HTML page that needs no other file, in the workshop's paper language."""
    spoken = [workshop.language, *workshop.other_languages]
    with speaking(paper_language(workshop), texts=spoken):
        paper = read()
        return render_to_string(template, {"paper": paper, "head": paper.head})


def sign_in_sheet(workshop: Workshop, *, as_of: datetime.date, **options: Any) -> Rendered:
    html = paper_html(
        workshop,
        "workshops/paper/sign_in_sheet.html",
        lambda: SignInSheet.from_workshop(workshop, as_of=as_of, **options),
    )
    return render_now(html)


def programme(workshop: Workshop, *, as_of: datetime.date) -> Rendered:
    html = paper_html(
        workshop, "workshops/paper/programme.html", lambda: Programme.from_workshop(workshop, as_of=as_of)
    )
    return render_now(html)


def certificates(
    workshop: Workshop, *, as_of: datetime.date, who: Who = Who.HALF, person: str = "", part: int = 1
) -> tuple[Rendered, int]:
    """The file, and how many certificates it holds. Raises NothingToPrint."""
    printed = 0

    def read() -> Certificates:
        nonlocal printed
        found = Certificates.from_workshop(workshop, as_of=as_of, who=who, person=person, part=part)
        printed = len(found.certificates)
        return found

    html = paper_html(workshop, "workshops/paper/certificates.html", read)
    if not printed:
        raise NothingToPrint
    return render_now(html), printed


def report(workshop: Workshop, *, as_of: datetime.date) -> tuple[Rendered, int]:
    """The file, and how many people it names with their consent."""
    named = 0

    def read() -> Report:
        nonlocal named
        found = Report.from_workshop(workshop, as_of=as_of)
        named = len(found.named)
        return found

    return render_now(paper_html(workshop, "workshops/paper/report.html", read)), named


def summary(workshop: Workshop, *, as_of: datetime.date) -> Rendered:
    """One page, whatever the data: what does not fit is left out, from the end of each list."""
    rendered = None
    for level in LEVELS:
        html = paper_html(
            workshop,
            "workshops/paper/summary.html",
            lambda: Summary.from_workshop(workshop, as_of=as_of, level=level),  # noqa: B023
        )
        rendered = render_now(html)
        if rendered.pages == 1:
            break
    assert rendered is not None  # noqa: S101 - LEVELS is not empty
    return rendered
