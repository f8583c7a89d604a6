"""Personal data at rest: a text field that is encrypted in the database.

The value can be read back by nothing but a process that holds one of FIELD_ENCRYPTION_KEYS, so it
cannot be filtered or sorted by; names are found through the blind index of the people app.
Decision 0003 says why this is ours and not a library.
"""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher of the current settings: the first key encrypts, every key decrypts."""
    return _cipher(tuple(settings.FIELD_ENCRYPTION_KEYS))


class EncryptedTextField(models.TextField):
    """Text that only the portal can read. Empty text is stored empty: it gives nothing away.

    Reading a value that no key opens raises `cryptography.fernet.InvalidToken`: a lost key must
    be noticed, not shown to a user as a line of cipher text.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return cipher().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return cipher().decrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull"}:
            raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name!r}.")
        return super().get_lookup(lookup_name)
