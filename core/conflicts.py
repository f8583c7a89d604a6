"""Two people save the same text: the second is told, and nothing is lost."""

from typing import Any, TypeVar

from django.utils import timezone

from core.models import SharedText

Row = TypeVar("Row", bound=SharedText)


class EditConflict(Exception):
    """Somebody saved this row since it was opened. `current` is the row as it stands now."""

    def __init__(self, current: SharedText) -> None:
        super().__init__("changed by somebody else")
        self.current = current


class RowRemoved(Exception):
    """Somebody removed this row since it was opened."""


def save_unless_changed(row: Row, *, opened_version: int, by: Any) -> Row:
    """Save all fields of `row` if the database still holds `opened_version` of it.

    Takes the row with its new values; returns it with the next version. Raises EditConflict when
    another save came in between and RowRemoved when the row is gone: the database is then as the
    other left it.
    """
    kept = {"pk", "id", "created_at", "updated_at", "row_version", "updated_by"}
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in kept and not field.primary_key
    }
    now = timezone.now()
    saved = (
        type(row)
        ._default_manager.filter(pk=row.pk, row_version=opened_version)
        .update(**values, row_version=opened_version + 1, updated_at=now, updated_by=by)
    )
    if not saved:
        current = type(row)._default_manager.select_related("updated_by").filter(pk=row.pk).first()
        raise EditConflict(current) if current else RowRemoved
    row.row_version, row.updated_at, row.updated_by = opened_version + 1, now, by
    return row
