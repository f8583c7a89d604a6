"""What a file is made of: the value of an edition or of the draft as it stands, and what stands on it.

`digest` is what the finished file is found by."""

import datetime
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import get_template
from django.utils import timezone

from core.pdf.programs import digest_of_programs, drawn_by
from guidelines.document import digest_of, document_of
from guidelines.languages import in_language_of, paper_language
from guidelines.models import Edition, Export, Guidelines
from guidelines.papers.mark import Mark
from guidelines.papers.printed import document_html, picture_files

TEMPLATES = (
    "core/paper/base.css",
    "core/paper/draft.css",
    "guidelines/document.html",
    "guidelines/print.css",
    "guidelines/block.css",
    "guidelines/_block.html",
    "guidelines/_block_table.html",
    "guidelines/_block_chart.html",
)
# Ours that turn the value into HTML or Word. Rather one too many: a draft made anew costs seconds.
PROGRAMS = (
    "core/*.py",
    "core/templatetags/*.py",
    "guidelines/blocks/values.py",
    "guidelines/languages.py",
    "guidelines/papers/*.py",
    "lapportal/formats/**/*.py",
    "localities/languages.py",
    "plans/papers/printable.py",
)
LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "python-docx", "segno")


@dataclass(frozen=True)
class Source:
    guidelines: Guidelines
    edition: Edition | None
    document: dict[str, Any]

    @classmethod
    def of(cls, guidelines: Guidelines, edition: Edition | None, *, today: datetime.date) -> "Source":
        document = edition.content if edition else document_of(guidelines, today=today)
        return cls(guidelines, edition, document)

    @property
    def mark(self) -> Mark:
        if self.edition is not None:
            return Mark.of_edition(self.edition)
        return Mark(datetime.date.fromisoformat(self.document["as_of"]))

    def digest(self, kind: str) -> str:
        """An edition never changes, so its file is made once, whatever the portal's templates become; that
        of a draft is found by all that goes into it and by what makes the pages."""
        if self.edition is not None:
            return edition_digest(self.edition, kind)
        return _hashed(kind, made_by(paper_language(self.document["language"])), digest_of(self.document))

    def files(self) -> dict[str, bytes]:
        return picture_files(self.guidelines, self.document)

    def html(self, files: dict[str, bytes]) -> str:
        there = {address.partition(":")[2] for address in files}
        return document_html(self.document, self.mark, pictures=there)


def edition_digest(edition: Edition, kind: str) -> str:
    return _hashed(kind, f"edition {edition.number}", edition.digest)


def source_of(export: Export) -> Source:
    """For the worker: what that export is of, as it is now."""
    editions = Edition.objects.select_related("guidelines__country")
    edition = editions.filter(exports=export).first()
    found = Guidelines.objects.select_related("country", "nap").get(pk=export.guidelines_id)
    return Source.of(found, edition, today=timezone.localdate())


def docx_of(source: Source) -> bytes:
    from guidelines.papers.word import guidelines_docx  # with it python-docx, which the site need not load

    with in_language_of(source.document["language"]):
        return guidelines_docx(source.document, source.mark, source.files())


@cache
def made_by(language: str) -> str:
    """What turns the value into pages, in one word: other templates, programs or words of `language` make
    another file of a draft. Read once in the life of a process."""
    sources = [get_template(name).template.source for name in TEMPLATES]  # type: ignore[attr-defined]
    words = f"locale/{language}/LC_MESSAGES/django.mo"
    return _hashed(drawn_by(), digest_of_programs(*PROGRAMS, words, libraries=LIBRARIES), *sources)


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
