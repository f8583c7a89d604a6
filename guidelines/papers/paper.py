"""Guidelines as a reader reads them: what the templates of page and PDF and the Word document walk through.

Made of the value alone (guidelines.document): an edition is read the same years later."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.rich_text import Shown, pieces_to_html
from guidelines.blocks.values import BlockValue, TableValue
from guidelines.languages import in_language_of
from guidelines.papers.mark import Mark
from localities.languages import language_name
from plans.papers.printable import on_paper

LOWEST_IN_CONTENTS = 2
LOWEST_HEADING = 6


@dataclass(frozen=True)
class PaperPart:
    """A piece of a section: text as it was written and as HTML, or a block of data."""

    text: str = ""
    html: SafeString | str = ""
    block: BlockValue | None = None

    @property
    def is_wide(self) -> bool:
        """Wants a page across."""
        tables = [part for part in self.block.parts if isinstance(part, TableValue)] if self.block else []
        return any(table.is_wide for table in tables)


@dataclass(frozen=True)
class PaperSection:
    code: str
    number: str
    level: int
    heading: str
    origin: str
    parts: tuple[PaperPart, ...]
    is_first: bool  # among those of the same section
    is_last: bool

    @property
    def tag(self) -> str:
        """The title of the document is h1."""
        return f"h{min(self.level + 1, LOWEST_HEADING)}"


@dataclass(frozen=True)
class Paper:
    """`mark` is None on a page that shows the text as it stands."""

    document: dict[str, Any]
    sections: tuple[PaperSection, ...]
    mark: Mark | None = None

    @classmethod
    def of(
        cls,
        document: dict[str, Any],
        mark: Mark | None = None,
        *,
        addresses: Mapping[str, str],
        notes: str = "print",
    ) -> Self:
        """`addresses` are those of the pictures. What the portal adds is in the document's language."""
        with in_language_of(document["language"]):
            clean = on_paper(document)
            return cls(clean, tuple(_sections(clean, addresses, notes)), mark)

    @property
    def is_draft(self) -> bool:
        return self.mark is None or self.mark.is_draft

    @property
    def made(self) -> str:
        return self.mark.made if self.mark else ""

    @property
    def direction(self) -> str:
        return str(self.document["direction"])

    @property
    def language_name(self) -> str:
        return language_name(self.document["language"])

    @property
    def is_titled_by_country(self) -> bool:
        """A title that names the country needs no line that does."""
        return self.document["country"].casefold() in self.document["title"].casefold()

    @property
    def contents(self) -> list[PaperSection]:
        return [section for section in self.sections if section.level <= LOWEST_IN_CONTENTS]

    @property
    def as_of(self) -> str:
        return day(self.document["as_of"])

    @property
    def signing(self) -> list[tuple[str, str, str]]:
        """Institution, position and day of each that stands behind the text, then those still to sign."""
        signed = [
            (each["institution"], each["position"], day(each["on"])) for each in self.document["endorsements"]
        ]
        done = {institution.casefold() for institution, _position, _day in signed}
        open_ = [
            (each["institution"], "", "")
            for each in self.document["signatories"]
            if each["institution"].casefold() not in done
        ]
        return [*signed, *(open_ if self.is_draft else [])]

    @property
    def field_tests(self) -> list[str]:
        """Freetown (2 March 2026 – 6 April 2026). Only those that ended: nothing was found yet in others."""
        ended = [each for each in self.document["field_tests"] if each["ends_on"]]
        return [f"{each['locality']} ({_span(each)})" for each in ended]

    @property
    def author(self) -> str:
        """An institution, for the properties of the file."""
        signatories = self.document["signatories"]
        return signatories[0]["institution"] if signatories else self.document["country"]


def day(text: str) -> str:
    return date_format(datetime.date.fromisoformat(text), "DATE_FORMAT")


def _span(test: Mapping[str, Any]) -> str:
    return f"{day(test['starts_on'])} – {day(test['ends_on'])}"


def _sections(document: dict[str, Any], addresses: Mapping[str, str], notes: str) -> Iterator[PaperSection]:
    names = {each["code"]: f"{each['number']} {each['heading']}" for each in document["sections"]}
    numbers = {each["number"] for each in document["sections"]}
    pictures = {
        code: Shown(
            addresses[code], each["alt"], each["caption"], each["credit"], each["width"], each["height"]
        )
        for code, each in document["pictures"].items()
        if code in addresses
    }
    for each in document["sections"]:
        texts = pieces_to_html(
            # On a screen the notes stand after the last piece: also below a block of data that ends it.
            [*(part["text"] for part in each["parts"] if "text" in part), ""],
            top_heading=min(each["level"] + 2, LOWEST_HEADING),
            pictures=pictures,
            sections=names,
            notes=notes,
            prefix=f"{each['code']}-note",
        )
        written = iter(texts)
        parts = tuple(
            PaperPart(block=_block(part["block"]))
            if "block" in part
            else PaperPart(part["text"], next(written))
            for part in each["parts"]
        )
        parts += tuple(PaperPart(html=html) for html in written if html)
        above, _dot, place = each["number"].rpartition(".")
        yield PaperSection(
            code=each["code"],
            number=each["number"],
            level=each["level"],
            heading=each["heading"],
            origin=each["origin"],
            parts=parts,
            is_first=place == "1",
            is_last=f"{above}{_dot}{int(place) + 1}" not in numbers,
        )


def _block(value: dict[str, Any]) -> BlockValue:
    """A frozen value that this version of the portal cannot read is said, never an error page."""
    try:
        return BlockValue.from_json(value)
    except (KeyError, TypeError, ValueError):
        problem = _("This data was kept in a form that the portal no longer reads.")
        title = str(value.get("title", "")) if isinstance(value, dict) else ""
        return BlockValue("", title, datetime.date.min, "", problem=problem)
