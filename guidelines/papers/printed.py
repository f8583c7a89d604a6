"""The paper as HTML for core.pdf, and the pictures that it is handed: nothing is fetched."""

import hashlib
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.papers import speaking
from core.stored_files import FileLost, read_encrypted
from guidelines.languages import paper_language
from guidelines.models import Guidelines
from guidelines.papers.mark import Mark
from guidelines.papers.paper import Paper


def address_in_paper(code: str) -> str:
    """By which the paper asks for a picture that it was handed."""
    return f"picture:{code}"


def picture_files(guidelines: Guidelines, document: dict[str, Any]) -> dict[str, bytes]:
    """Every picture of the document whose content is there and is the one that was meant."""
    files = {}
    for picture in guidelines.pictures.filter(code__in=document["pictures"]):
        try:
            content = read_encrypted(picture.file)
        except FileLost:
            continue
        if hashlib.sha256(content).hexdigest() == document["pictures"][picture.code]["digest"]:
            files[address_in_paper(picture.code)] = content
    return files


def document_html(document: dict[str, Any], mark: Mark, *, pictures: set[str] | None = None) -> str:
    """The whole paper as one HTML page, in the document's language. `pictures` are the codes of those that
    are there; without it all are."""
    there = set(document["pictures"]) if pictures is None else pictures
    words, language = paper_language(document["language"]), document["language"]
    with speaking(words, texts=[language], direction=document["direction"]):
        paper = Paper.of(document, mark, addresses={code: address_in_paper(code) for code in there})
        start, end = ("right", "left") if document["direction"] == "rtl" else ("left", "right")
        context = {
            "paper": paper,
            "document": paper.document,
            "mark": mark,
            "qr": qr_code(mark.address) if mark.address else "",
            "words_language": words,
            "start": start,
            "end": end,
        }
        return render_to_string("guidelines/document.html", context)


def qr_code(address: str) -> SafeString:
    """As a drawing within the page, with words for who does not see it."""
    drawing = segno.make(address, error="m").svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, title=_("QR code of the link"), border=2
    )
    return mark_safe(drawing)  # noqa: S308 - drawn from an address of our own by segno, which escapes
