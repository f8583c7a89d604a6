"""In which language a committee's papers speak: what the reader asks for, else the country's own.

A language counts only when locale/ has every word that these papers print
(tests/committees/test_papers_languages.py)."""

from committees.models import Committee
from localities.languages import language_name
from workshops.papers.languages import COMPLETE, FALLBACK, base_of


def paper_language(committee: Committee, asked: str = "") -> str:
    """The asked one, else the country's first language that is complete, else English."""
    if base_of(asked) in COMPLETE:
        return base_of(asked)
    spoken = map(base_of, committee.locality.country.languages)
    return next((code for code in spoken if code in COMPLETE), FALLBACK)


def paper_languages() -> list[tuple[str, str]]:
    """What a reader may ask for: code and name."""
    return [(code, language_name(code)) for code in COMPLETE]
