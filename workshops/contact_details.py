"""Free texts are read by many: a phone number or an e-mail address in them points at a person.

Warned about, never refused (domain.md §2.7, rule 5): the number may be that of an office.
"""

import re
from collections.abc import Iterable

# It begins where a run of such signs begins: else a long word is read again from each of its letters.
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
# Seven to fifteen digits in one run, as phone numbers are written; a date or a sum of money is not.
DIGITS = re.compile(r"\+?\(?\d[\d\s()./-]{5,22}\d")
# Dates, periods, and resolutions with their year: 1325 (2000).
DATE = re.compile(
    r"\b(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|(19|20)\d\d\s?[-/–]\s?(19|20)?\d\d|\d{4} ?\((19|20)\d\d\))(?!\d)"
)
THOUSANDS = re.compile(r"(?<![\d+])\d{1,3}([ .,\u00a0\u202f]000)+\b")


def looks_like_contact(text: str) -> bool:
    """Whether something in `text` looks like a phone number or an e-mail address."""
    if ADDRESS.search(text):
        return True
    rest = THOUSANDS.sub(" ; ", DATE.sub(" ; ", text))
    return any(7 <= sum(map(str.isdigit, run)) <= 15 for run in DIGITS.findall(rest))


def any_looks_like_contact(texts: Iterable[object]) -> bool:
    return any(looks_like_contact(text) for text in texts if isinstance(text, str))
