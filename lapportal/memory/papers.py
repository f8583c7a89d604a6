"""The hand-over pack on paper, in one of the languages in which papers are complete."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from core.papers import speaking
from core.pdf import Rendered
from core.pdf.now import render_now
from lapportal.memory.pack import Pack
from lapportal.memory.reading import Reading
from localities.languages import direction
from people.models import Handover
from workshops.papers.languages import COMPLETE, FALLBACK, base_of


@dataclass(frozen=True)
class PaperHead:
    """In which language a paper speaks, and of which day it is."""

    language: str
    as_of: datetime.date

    @property
    def direction(self) -> str:
        return direction(self.language)


def language_of(spoken: Sequence[str], *, asked: str = "") -> str:
    """The language that was asked for, else the country's first in which papers are complete."""
    return next((code for code in map(base_of, [asked, *spoken]) if code in COMPLETE), FALLBACK)


def pack_html(handover: Handover, *, reading: Reading, language: str, as_of: datetime.date) -> str:
    """The pack as one HTML page that needs no other file."""
    spoken = handover.position.locality.country.languages
    with speaking(language, texts=spoken):
        pack = Pack.from_handover(handover, reading=reading, today=as_of)
        head = PaperHead(language, as_of)
        context = {"pack": pack, "head": head, "handover": handover, "position": handover.position}
        return render_to_string("lapportal/paper/pack.html", context)


def pack_pdf(handover: Handover, *, reading: Reading, language: str, as_of: datetime.date) -> Rendered:
    return render_now(pack_html(handover, reading=reading, language=language, as_of=as_of))
