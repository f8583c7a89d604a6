"""Telephone numbers and mail addresses in a text that others read: warned of (domain.md §2.7, rule 5)."""

import re

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Eight digits or more, with what people put between them. Dates and sums of money are shorter or
# carry their own signs: 2026-03-31 and 12 500 000 are none.
PHONE = re.compile(r"(?<![\w.,-])(?:\+|00|\()?\d(?:[ ./()-]{0,2}\d){7,14}(?![\w-])")
YEARS = re.compile(r"\b(?:19|20)\d{2}(?:[ ,/–-]+(?:19|20)\d{2})+\b")
DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b")
THOUSANDS = re.compile(r"(?<!\d[ .,])(?<![\d+])[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})+(?![ .,]?\d)")


def has_contacts(*texts: str) -> bool:
    """Whether one of the texts seems to hold a telephone number or an e-mail address."""
    return any(EMAIL.search(text) or PHONE.search(_without_other_numbers(text)) for text in texts)


def _without_other_numbers(text: str) -> str:
    for pattern in (DATE, YEARS, THOUSANDS):
        text = pattern.sub(" ", text)
    return text
