"""Guidelines as one value: what page, PDF, Word document and public page are made of, and what an edition
freezes. Only dicts, lists, texts and numbers: it can be kept as JSON and read again years later.

No name of a person comes in: institutions, positions, places and texts."""

import datetime
import hashlib
import json
import re
from typing import Any

from django.utils.translation import gettext

from guidelines.blocks.frozen import Blocks, blocks_of
from guidelines.edition_numbers import next_edition_number
from guidelines.languages import in_language_of
from guidelines.markers import Text, parts_of
from guidelines.models import Guidelines, Picture, Section, ValidatedDocument
from guidelines.outline import Entry, outline_of
from guidelines.states import SIGNING_STATES
from localities.models import Country

FORM = 1  # of the value below: an edition says by which form it is read
PICTURE = re.compile(r"picture:(PIC-[0-9A-Z]{4,10})", re.IGNORECASE)  # as core.rich_text reads it

Document = dict[str, Any]


def document_of(guidelines: Guidelines, *, today: datetime.date) -> Document:
    """The guidelines as they stand, with the country's data as of `today`, in their own language. While
    they are being signed it is what was validated, with its data of that day: what a ministry signed is what
    is launched."""
    with in_language_of(guidelines.language):
        if (validated := _validated(guidelines)) is not None:
            signing = _signing(guidelines, _number_in_hand(guidelines))
            return validated | signing | {"pictures": _without_risk(guidelines, validated["pictures"])}
        document: Document = json.loads(json.dumps(_document(guidelines, today)))  # as it is read back
        return document


def _validated(guidelines: Guidelines) -> Document | None:
    if guidelines.state not in SIGNING_STATES:
        return None
    kept = ValidatedDocument.objects.filter(guidelines=guidelines).first()
    return kept.content if kept else None


def _signing(guidelines: Guidelines, number: int) -> Document:
    """Who has to sign and who has signed: that goes on after the validation."""
    return {
        "signatories": signatories_of(guidelines.country),
        "endorsements": _endorsements(guidelines, number),
    }


def digest_of(document: Document) -> str:
    """SHA-256 of the value: the same on any machine, whatever order a database keeps its keys in."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _document(guidelines: Guidelines, today: datetime.date) -> Document:
    country = guidelines.country
    entries = outline_of(sections_for_reading(guidelines))
    blocks = blocks_of(guidelines, [entry.section for entry in entries], today=today)
    number = _number_in_hand(guidelines)
    return {
        "form": FORM,
        "title": guidelines.title,
        "language": guidelines.language,
        "direction": guidelines.direction,
        "country": str(country),
        "country_code": country.code,
        "code": guidelines.code,
        "version": guidelines.version,
        "nap": guidelines.nap.title if guidelines.nap else None,
        "as_of": today.isoformat(),
        **_signing(guidelines, number),
        "field_tests": _field_tests(guidelines, number),
        "sections": [_section(entry, blocks) for entry in entries],
        "pictures": _pictures(guidelines, [entry.section.body for entry in entries]),
    }


def _number_in_hand(guidelines: Guidelines) -> int:
    """Of the edition that is out and not being revised, or of the one in preparation."""
    coming = next_edition_number(guidelines)
    return max(1, coming - 1) if guidelines.is_out else coming


def sections_for_reading(guidelines: Guidelines) -> list[Section]:
    """All of it at once: a document of a hundred sections asks as often as one of two."""
    sections = list(guidelines.sections.select_related("origin__guidelines__country"))
    for section in sections:
        section.guidelines = guidelines
    return sections


def _section(entry: Entry, blocks: Blocks) -> Document:
    section = entry.section
    return {
        "code": section.code,
        "number": entry.number,
        "level": entry.level,
        "heading": section.heading,
        "origin": _origin(section),
        "parts": [
            {"text": part.text}
            if isinstance(part, Text)
            else {"block": blocks[section.pk, part.kind].to_json()}
            for part in parts_of(section.body)
        ],
    }


def _origin(section: Section) -> str:
    """Where a reused text comes from, in words; they stay when that text is gone. A version that is made of
    the one before says so once, and not at each section."""
    origin = section.origin
    if section.origin_note or origin is None or origin.guidelines_id == section.guidelines.predecessor_id:
        return section.origin_note
    return origin.guidelines.title


def signatories_of(country: Country) -> list[Document]:
    """Who has to sign: the country's required signatories; where none is recorded, the two ministries that
    sign everywhere (domain.md §2.1), by name where the country's record has it."""
    general = {
        "nap": gettext("The ministry that leads the National Action Plan"),
        "local_government": gettext("The ministry in charge of local government"),
    }
    rows = [
        {
            "institution": row.institution if row.is_named else general.get(row.role, row.institution),
            "role": row.role,
        }
        for row in country.signatories.all()
        if row.ended_on is None
    ]
    return rows or [
        {"institution": country.ministries.get(role) or words, "role": role}
        for role, words in general.items()
    ]


def _endorsements(guidelines: Guidelines, number: int) -> list[Document]:
    standing = guidelines.endorsements.filter(edition_number=number, withdrawn_on=None)
    return [
        {"institution": row.institution, "position": row.position, "on": row.on.isoformat()}
        for row in standing.order_by("signatory__order", "on", "pk")
    ]


def _field_tests(guidelines: Guidelines, number: int) -> list[Document]:
    tests = guidelines.field_tests.filter(edition_number=number).select_related("locality__country")
    return [
        {
            "locality": str(test.locality),
            "starts_on": test.starts_on.isoformat(),
            "ends_on": test.ends_on.isoformat() if test.ends_on else None,
        }
        for test in tests
    ]


def picture_codes(texts: list[str]) -> list[str]:
    """The pictures that texts show, each once, in order."""
    return list(dict.fromkeys(code.upper() for text in texts for code in PICTURE.findall(text)))


def _without_risk(guidelines: Guidelines, pictures: Document) -> Document:
    """A workshop may have come to be at high risk since the text was validated (F36)."""
    at_risk = set(guidelines.pictures.at_risk().filter(code__in=pictures).values_list("code", flat=True))
    return {code: picture for code, picture in pictures.items() if code not in at_risk}


def _pictures(guidelines: Guidelines, texts: list[str]) -> Document:
    wanted = picture_codes(texts)
    rows = guidelines.pictures.drawable().filter(code__in=wanted)
    return {row.code: _picture(row) for row in sorted(rows, key=lambda row: wanted.index(row.code))}


def _picture(picture: Picture) -> Document:
    return {
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
        "content_type": picture.content_type,
        "width": picture.width,
        "height": picture.height,
        "digest": picture.digest,
    }
