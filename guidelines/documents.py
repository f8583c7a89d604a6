"""Guidelines as a document: what goes into it, its HTML, and the digest by which a PDF is found again.

Page and PDF are made of the same `Document`. The HTML holds no date of today and no code of an
export, so that the same content gives the same HTML, the same digest and the same PDF.
"""

import datetime
import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.prose import to_html
from guidelines.markers import Mark, Text, parts_of
from guidelines.models import Block, Guidelines, Section
from guidelines.reports.facts import CountryFacts, last_change

BLOCK_TEMPLATES: dict[str, str] = {
    Block.NAP_ITEMS: "guidelines/_nap_items_by_pillar.html",
    Block.COVERAGE: "guidelines/_coverage_chart.html",
    Block.LOCALITIES: "guidelines/_localities_reached.html",
    Block.PLANS: "guidelines/_adopted_plans.html",
    Block.RESOLUTIONS: "guidelines/_resolutions.html",
}


@dataclass(frozen=True)
class SectionPart:
    """A piece of a section: text as HTML, or the template of a block."""

    html: SafeString | str = ""
    block_template: str = ""


@dataclass(frozen=True)
class DocumentSection:
    """A section as it is read: its pieces in order."""

    section: Section
    parts: tuple[SectionPart, ...]

    @classmethod
    def from_section(cls, section: Section) -> "DocumentSection":
        return cls(section, tuple(_part(part) for part in parts_of(section.body)))


def _part(part: Text | Mark) -> SectionPart:
    if isinstance(part, Text):
        return SectionPart(html=to_html(part.text))
    return SectionPart(block_template=BLOCK_TEMPLATES.get(part.kind, ""))


@dataclass(frozen=True)
class Document:
    """Guidelines with their sections and the country's facts."""

    guidelines: Guidelines
    sections: tuple[DocumentSection, ...]
    facts: CountryFacts
    as_of: datetime.datetime

    @property
    def signing(self) -> tuple[str, str]:
        """The two ministries that sign; a general word where the country's record does not name one."""
        ministries = self.guidelines.country.ministries
        return (
            ministries.get("nap") or gettext("The ministry that leads the National Action Plan"),
            ministries.get("local_government") or gettext("The ministry in charge of local government"),
        )


def collect(guidelines: Guidelines) -> Document:
    """Read everything that goes into the document, with its labels in the document's language."""
    with translation.override(guidelines.language):
        return _collect(guidelines)


def _collect(guidelines: Guidelines) -> Document:
    sections = list(guidelines.sections.all())
    changes = [guidelines.updated_at, *(section.updated_at for section in sections)]
    work = last_change(guidelines.country)
    return Document(
        guidelines,
        tuple(DocumentSection.from_section(section) for section in sections),
        CountryFacts.from_country(guidelines.country, nap=guidelines.nap),
        max([*changes, work] if work else changes),
    )


def html_of(document: Document) -> str:
    """The whole document as one HTML page that needs no other file, in the document's language."""
    with translation.override(document.guidelines.language):
        return render_to_string("guidelines/document.html", document_context(document))


def document_context(document: Document) -> dict[str, Any]:
    """What templates/guidelines/document.html is rendered with."""
    return {
        "document": document,
        "guidelines": document.guidelines,
        "facts": document.facts,
        "sections": document.sections,
    }


def guidelines_html(guidelines: Guidelines) -> str:
    """The HTML that the PDF of `guidelines` is made of."""
    return html_of(collect(guidelines))


def guidelines_digest(html: str) -> str:
    """What a finished PDF is found by: its HTML, and what turns that into pages."""
    made_by = f"WeasyPrint {version('weasyprint')}\n"
    return hashlib.sha256((made_by + html).encode()).hexdigest()
