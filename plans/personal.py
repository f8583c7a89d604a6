"""Telephone numbers and mail addresses in a plan's own text: an adopted plan is read by the public, and
shows positions and institutions, never how to reach a person (domain.md §9.5)."""

from collections.abc import Iterator
from typing import Any

from workshops.contact_details import ADDRESS, DATE, DIGITS, THOUSANDS

# Fields of the document that hold no text that somebody typed.
NOT_TYPED = frozenset(
    {"code", "cost", "planned", "baseline", "target", "on", "start", "end", "provision", "framework"}
)


def contact_like(text: str) -> list[str]:
    """What in `text` looks like a mail address or a telephone number (workshops.contact_details)."""
    rest = ADDRESS.sub(" ; ", text)
    rest = THOUSANDS.sub(" ; ", DATE.sub(" ; ", rest))
    runs = [run.strip() for run in DIGITS.findall(rest) if 7 <= sum(map(str.isdigit, run)) <= 15]
    return [*ADDRESS.findall(text), *runs]


def contacts_in(document: dict[str, Any]) -> list[str]:
    """The same for all texts of a plan's document (plans.document), each once."""
    found = [contact for text in _texts(document) for contact in contact_like(text)]
    return list(dict.fromkeys(found))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in NOT_TYPED:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
