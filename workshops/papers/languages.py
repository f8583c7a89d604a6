"""Languages in which papers can be made, and which one a workshop's papers take.

A paper half in one language and half in another is worse than one in English: a language counts
only when locale/ has every word that the papers print (tests/workshops/test_papers_languages.py).
"""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from workshops.models import Workshop

COMPLETE = ("en", "fr", "es", "ar")
FALLBACK = "en"


def paper_language(workshop: Workshop) -> str:
    """The event's own language; else the first other language spoken there that papers know; else English."""
    spoken = [workshop.language, *workshop.other_languages]
    return next((code for code in map(base_of, spoken) if code in COMPLETE), FALLBACK)


def second_languages(workshop: Workshop) -> list[str]:
    """English, and the other languages spoken: what stands small beneath the first on a sign-in sheet."""
    first = paper_language(workshop)
    spoken = [FALLBACK, *map(base_of, workshop.other_languages)]
    return [code for code in dict.fromkeys(spoken) if code in COMPLETE and code != first]


def base_of(code: str) -> str:
    return str(code).split("-")[0].lower()


def said_in(text: str | Promise, language: str) -> str:
    """`text`, a sentence marked for translation, in `language`."""
    with translation.override(language):
        return gettext(text) if isinstance(text, str) else str(text)


def is_own_language(workshop: Workshop) -> bool:
    """Whether the papers speak the event's own language."""
    return paper_language(workshop) == base_of(workshop.language)
