"""What kind of file somebody handed in, told by its content, and whether it is safe to open.

Nothing here trusts a name, a declared size or an XML file that declares entities.
"""

import io
import zipfile
import zlib
from enum import StrEnum

from django.utils.translation import gettext as _

BIGGEST_FILE = 20 * 1024 * 1024
BIGGEST_UNPACKED = 300 * 1024 * 1024
BIGGEST_FACTOR = 200  # of a whole file; tables of words pack down to a tenth, sometimes a fiftieth
SMALL_ENOUGH = 20 * 1024 * 1024  # unpacked; below this the factor does not matter
MOST_PARTS = 5000
CHUNK = 1024 * 1024

ODS_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
KNOWN_BEGINNINGS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"<!DOC": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """The file cannot be read; says what is wrong, where, and what to do."""


class Kind(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"


def kind_of(content: bytes) -> Kind:
    """XLSX, ODS or text; Unreadable for everything else. Looks inside: a name proves nothing."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable(_("The file is empty."))
    if len(content) > BIGGEST_FILE:
        raise Unreadable(_("The file is larger than 20 MB. Divide it into several files."))
    if content.startswith(OLE):
        raise Unreadable(_refusal_of_ole(content))
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    for beginning, name in KNOWN_BEGINNINGS.items():
        if content.lstrip()[:8].lower().startswith(beginning.lower()):
            raise Unreadable(
                _(
                    "This is a %(kind)s file, not a spreadsheet, whatever its name says. Save the list as "
                    "XLSX, ODS or CSV and choose that file."
                )
                % {"kind": name}
            )
    return Kind.CSV


def _refusal_of_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _(
            "The workbook is protected with a password, so it cannot be read. Open it, take the password "
            "away, save it and choose it again."
        )
    return _(
        "This is a file of an old office program (XLS or DOC). Open it, save it as XLSX, ODS or CSV and "
        "choose that file."
    )


def _kind_of_zip(content: bytes) -> Kind:
    with _archive(content) as archive:
        check_sizes(archive)
        names = set(archive.namelist())
        if "xl/workbook.xml" in names or ({"[Content_Types].xml", "xl/"} & names and _has_sheets(names)):
            return Kind.XLSX
        if "mimetype" in names and archive.read("mimetype").strip() in ODS_TYPES:
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise Unreadable(
                    _(
                        "The spreadsheet is protected with a password, so it cannot be read. Open it, take "
                        "the password away, save it and choose it again."
                    )
                )
            return Kind.ODS
    raise Unreadable(
        _(
            "This is a packed file, but not a spreadsheet (it may be a text document or a folder). Save the "
            "list as XLSX, ODS or CSV and choose that file."
        )
    )


def _has_sheets(names: set[str]) -> bool:
    return any(name.startswith("xl/worksheets/") for name in names)


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise Unreadable(damaged()) from None


def damaged() -> str:
    return _("The file is damaged and cannot be opened. Open it in your office program and save it again.")


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to far more than it is: by what it declares, then by what comes
    out, as a declared size may lie. Nothing is kept of what comes out."""
    parts = archive.infolist()
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise Unreadable(damaged())  # two parts of one name: one reader takes the first, one the last
    packed = sum(part.compress_size for part in parts)
    allowed = min(BIGGEST_UNPACKED, max(SMALL_ENOUGH, packed * BIGGEST_FACTOR))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > allowed:
        raise Unreadable(_too_large())
    unpacked = 0
    for part in parts:
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    unpacked += len(chunk)
                    if unpacked > allowed:
                        raise Unreadable(_too_large())
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise Unreadable(damaged()) from None


def _too_large() -> str:
    return _(
        "The file unpacks to far more than a list of people could be, so it was not opened. Copy the list "
        "into a new, empty spreadsheet and choose that."
    )
