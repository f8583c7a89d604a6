"""CSV: which characters, which separator. A wrong guess would spoil names, so doubt is said, not hidden."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from workshops.spreadsheets.containers import Unreadable

SEPARATORS = ";,\t|"
LOOKED_AT = 20  # lines
# Letters and marks of French, Spanish, Portuguese and their neighbours in Windows-1252.
WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸŒŠŽß’‘“”«»–—…°ºª€\u00a0¿¡")
TYPOGRAPHIC = frozenset("’‘“”„«»–—…№\u00a0")
NOT_IN_TEXTS = re.compile("[\x00-\x08\x0e-\x1a]")
MARK = "# lapportal"  # begins a line of ours that is not a row of the list


def decode(content: bytes) -> tuple[str, str]:
    """The text, and the encoding when it was guessed (else "")."""
    text, guessed = _decoded(content)
    if NOT_IN_TEXTS.search(text):
        raise Unreadable(no_text())
    return text, guessed


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16"), ""
    if content.startswith(b"\xef\xbb\xbf"):
        return _strictly(content[3:], "utf-8"), ""
    if b"\x00" in content[:4000]:
        return _without_mark(content), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guessed(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_unknown_characters(content, error.start)) from None


def _without_mark(content: bytes) -> str:
    """UTF-16 that does not say so: every other byte of Latin text is zero."""
    odd, even = content[1:4000:2].count(0), content[0:4000:2].count(0)
    if max(odd, even) < 4 * min(odd, even) + 1 or len(content) % 2:
        raise Unreadable(no_text())
    return _strictly(content, "utf-16-le" if odd > even else "utf-16-be")


def no_text() -> str:
    return _(
        "This is neither a spreadsheet nor a text file, whatever its name says. Save the list as "
        "XLSX, ODS or CSV and choose that file."
    )


def _guessed(content: bytes) -> tuple[str, str]:
    western, cyrillic = _as_western(content), _as_cyrillic(content)
    if western is not None and cyrillic is None:
        return western, "Windows-1252"
    if cyrillic is not None and western is None:
        return cyrillic, "Windows-1251"
    first = next(number for number, byte in enumerate(content) if byte > 127)
    raise Unreadable(_unknown_characters(content, first))


def _as_western(content: bytes) -> str | None:
    """Text in which foreign letters are few and stand inside Latin words."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [character for character in text if ord(character) > 127]
    letters = sum(character.isalpha() for character in text)
    fits = all(character in WESTERN for character in high) and len(high) * 4 <= letters
    return text if fits else None


def _as_cyrillic(content: bytes) -> str | None:
    """Text whose words are either Latin or Cyrillic throughout, and mostly small letters."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        return None
    if any(ord(c) > 127 and c not in TYPOGRAPHIC and not "\u0400" <= c <= "\u04ff" for c in text):
        return None
    words = "".join(character if character.isalpha() else " " for character in text).split()
    foreign = [word for word in words if any(ord(character) > 127 for character in word)]
    mixed = any(any(character.isascii() for character in word) for word in foreign)
    return None if mixed or not any(len(word) > 2 for word in foreign) else text


def _unknown_characters(content: bytes, position: int) -> str:
    return _(
        "Line %(line)s holds letters in an unknown encoding. Save the file as “CSV UTF-8”, or as XLSX or "
        "ODS, and choose it again."
    ) % {"line": content[:position].count(b"\n") + 1}


def separator_of(text: str) -> str:
    """The separator that cuts the first lines into the same number of columns, the more the better."""
    first = text[:4]
    if first.lower() == "sep=" and len(text) > 4:
        return text[4]
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:LOOKED_AT]
    best, separator = (0, 0), ","
    for candidate in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=candidate, strict=False)]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=1)
        score = (widths.count(usual) * (usual > 1), usual)
        if score > best:
            best, separator = score, candidate
    return separator


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        for cells in reader:
            starts_with_sep = reader.line_num == 1 and cells and cells[0].lower().startswith("sep=")
            if not starts_with_sep and not (cells and cells[0].startswith(MARK)):
                yield reader.line_num, cells
    except csv.Error:
        raise Unreadable(
            _(
                "Line %(line)s cannot be taken apart into columns: a quotation mark may be missing. Save "
                "the list as XLSX or ODS and choose that file."
            )
            % {"line": reader.line_num}
        ) from None
