"""From a meeting to the bytes of a paper, in the paper's language."""

import datetime
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from committees.models import Meeting
from committees.papers.agenda import AgendaPaper
from committees.papers.blank import BlankPaper
from committees.papers.languages import paper_language
from committees.papers.minutes import MinutesPaper
from core.papers import speaking
from core.pdf import Rendered
from core.pdf.now import render_now

# What a paper is read from, and its template.
PAPERS: dict[str, tuple[Callable[..., Any], str]] = {
    "minutes": (MinutesPaper.from_meeting, "committees/paper/minutes.html"),
    "agenda": (AgendaPaper.from_meeting, "committees/paper/agenda.html"),
    "blank": (BlankPaper.from_meeting, "committees/paper/blank.html"),
}


def paper_html(name: str, meeting: Meeting, *, as_of: datetime.date, language: str = "") -> str:
    """One of PAPERS as a single HTML page that needs no other file."""
    spoken = paper_language(meeting.committee, language)
    with speaking(spoken, texts=meeting.committee.locality.country.languages):
        read, template = PAPERS[name]
        paper = read(meeting, language=spoken, as_of=as_of)
        return render_to_string(template, {"paper": paper, "head": paper.head})


def rendered(name: str, meeting: Meeting, *, as_of: datetime.date, language: str = "") -> Rendered:
    return render_now(paper_html(name, meeting, as_of=as_of, language=language))
