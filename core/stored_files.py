"""Content of files that somebody handed in: encrypted on disk, read back by the portal alone."""

from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from core.encryption import cipher


class FileLost(Exception):
    """The stored file is not there any more, or no key opens it."""


def encrypted(content: bytes) -> ContentFile:
    """What is written to the store."""
    return ContentFile(cipher().encrypt(content))


def read_encrypted(stored: FieldFile) -> bytes:
    """What was handed in. Raises FileLost."""
    try:
        with stored.open("rb") as opened:
            return cipher().decrypt(opened.read())
    except (FileNotFoundError, ValueError, InvalidToken) as lost:
        raise FileLost from lost
