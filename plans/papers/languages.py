"""In which language a plan's paper speaks, and in which direction it is read.

The fixed words are in the plan's language where locale/ has every word that papers print
(tests/plans/test_papers_languages.py), else in English; the texts stay as they were written.
"""

from contextlib import AbstractContextManager

from django.utils import translation

from workshops.papers.languages import COMPLETE, FALLBACK, base_of


def paper_language(language: str) -> str:
    """The language of the fixed words of a plan written in `language`."""
    code = base_of(language)
    return code if code in COMPLETE else FALLBACK


def in_language_of(language: str) -> AbstractContextManager[None]:
    """While it is on, fixed words, days and numbers are those of a plan written in `language`."""
    return translation.override(paper_language(language))
