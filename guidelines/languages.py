"""In which languages guidelines can be printed without a word in another.

The fixed words of a document are in its own language where locale/ has every word that guidelines print
(tests/guidelines/test_languages.py); else in English. The texts stay as they were written.
"""

from contextlib import AbstractContextManager

from django.utils import translation

from workshops.papers.languages import COMPLETE as COMPLETE_FOR_ALL
from workshops.papers.languages import FALLBACK, base_of

COMPLETE = (*COMPLETE_FOR_ALL, "bs", "hy", "ka", "ne", "sr", "sw", "uk")


def paper_language(language: str) -> str:
    """The language of the fixed words of guidelines written in `language`."""
    code = base_of(language)
    return code if code in COMPLETE else FALLBACK


def in_language_of(language: str) -> AbstractContextManager[None]:
    """While it is on, fixed words, days and numbers are those of guidelines written in `language`."""
    return translation.override(paper_language(language))
