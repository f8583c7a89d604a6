"""Many rows, written by a transaction that does nothing else.

What takes time (encryption, hashes) is done before it begins: SQLite lets one writer in at a time, and
everybody else waits for the end of it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def columns(model: type[Model]) -> list[str]:
    """The columns of a new row, in the order of `ready`; the database makes the key."""
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def ready(row: Model) -> list[Any]:
    """The values of a new row as the database takes them: encrypted, with the time of now."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]


def insert(
    model: type[Model],
    rows: Iterable[Sequence[Any]],
    *,
    names: Sequence[str] = (),
    ignore_conflicts: bool = False,
) -> None:
    """Write rows that are `ready`, or only the columns `names` of them."""
    quote = connection.ops.quote_name
    fields = {field.attname: quote(field.column or field.attname) for field in model._meta.concrete_fields}
    chosen = ", ".join(fields[name] for name in names or columns(model))
    marks = ", ".join(["%s"] * len(names or columns(model)))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({chosen}) VALUES ({marks})"  # noqa: S608  (names of ours)
    with connection.cursor() as cursor:
        cursor.executemany(sql + " ON CONFLICT DO NOTHING" * ignore_conflicts, list(rows))
