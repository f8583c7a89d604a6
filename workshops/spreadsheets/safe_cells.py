"""Texts that a spreadsheet program would take for a formula, made harmless and back again.

An apostrophe is put before a text that begins with = + - @ (the wide ones of East Asian keyboards as
well), a tab or a line end (with or without apostrophes before it), and one is taken away when such a
text is read: the two undo each other.

In a CSV file also after ; | or a tab within a text: a program that takes another sign than the comma
for the separator begins a new cell there.
"""

import re

SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
DANGEROUS = re.compile(rf"'*[{SIGNS}\t\r\n]")
MARKED = re.compile(rf"'+[{SIGNS}\t\r\n]")
WITHIN = re.compile(rf"([;|\t])('*[{SIGNS}])")
MARKED_WITHIN = re.compile(rf"([;|\t])'('*[{SIGNS}])")
PHONE = re.compile(r"\+\d[\d ()./-]*$")


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a program might work it out."""
    return f"'{text}" if DANGEROUS.match(text) else text


def plain(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if MARKED.match(text) else text


def harmless_in_csv(text: str) -> str:
    return WITHIN.sub(r"\1'\2", harmless(text))


def plain_in_csv(text: str) -> str:
    """What `harmless_in_csv` was given."""
    return plain(MARKED_WITHIN.sub(r"\1\2", text))
