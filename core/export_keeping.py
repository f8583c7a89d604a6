"""What is not kept for ever: the files of drafts long past, and files that a dead worker left behind.

An edition's file is never looked at here but to see that a row names it.
"""

import datetime
import logging
import math
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField

from core.export_work import BEING_MADE, stored_documents
from core.exports import ExportState, StoredDocument

OF_A_DRAFT = {"edition": None}  # each table has its own `edition`
GRACE = datetime.timedelta(days=1)  # far longer than any worker takes from a file to its row

logger = logging.getLogger(__name__)


def forget_old_drafts(now: datetime.datetime) -> int:
    """Row and file of drafts that were asked for long ago: whoever asks again gets one of today. How many.
    Never one that somebody may be waiting for, whatever the setting says."""
    day = now - max(datetime.timedelta(days=settings.DRAFT_FILE_DAYS), GRACE)
    return sum(_forget(export) for model in stored_documents() for export in _drafts_before(model, day))


def _drafts_before(model: type[StoredDocument], day: datetime.datetime) -> Iterator[StoredDocument]:
    ended = model._default_manager.filter(state__in=[ExportState.DONE, ExportState.FAILED])
    return ended.filter(**OF_A_DRAFT, created_at__lt=day).order_by("pk").iterator()


def _forget(export: StoredDocument) -> bool:
    """The row first: a file without a row goes with the next look, a row without a file misleads. Nothing
    goes that moved since it was looked at."""
    as_seen = {"pk": export.pk, "state": export.state, "file": export.file.name or ""}
    gone, _each = type(export)._default_manager.filter(**OF_A_DRAFT, **as_seen).delete()
    if gone and export.file:
        export.file.delete(save=False)
    return bool(gone)


def remove_nameless_files(now: datetime.datetime) -> int:
    """Files that a worker stored, or began to store, before it died: no row leads to them. How many.

    Only in the folders of finished documents, only what is older than a day, and only on a disk of ours.
    """
    removed = 0
    for model in stored_documents():
        storage = model.file.field.storage
        if isinstance(storage, FileSystemStorage):
            nameless = _nameless(Path(storage.path(model.FOLDER)), model.FOLDER, now)
            removed += _unlink([*nameless, *_older(Path(storage.path(BEING_MADE)), now)])
    return removed


def _nameless(folder: Path, prefix: str, now: datetime.datetime) -> list[Path]:
    """Where no file at all is named by a row, this is not the database that these files belong to."""
    old = _older(folder, now)  # before the rows are asked: a row that is written meanwhile is seen
    named = set(_names_in(prefix))
    nameless = [path for path in old if f"{prefix}/{path.name}" not in named]
    if nameless and not any(f"{prefix}/{path.name}" in named for path in _files_in(folder)):
        logger.warning("No row names any of the files in %s: they are left alone", prefix)
        return []
    return nameless


def _names_in(prefix: str) -> Iterator[str]:
    """What any row of any table names there, whatever the folder is for."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                there = model._base_manager.filter(**{f"{field.name}__startswith": f"{prefix}/"})
                yield from there.values_list(field.name, flat=True).iterator()


def _older(folder: Path, now: datetime.datetime) -> list[Path]:
    day = (now - GRACE).timestamp()
    return [path for path in _files_in(folder) if _written_at(path) < day]


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # a worker moved it to its place meanwhile
        return math.inf


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _unlink(paths: list[Path]) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)
