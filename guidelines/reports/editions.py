"""Editions as a list shows them: what each is, and which files of it there are."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from core.exports import ExportState
from guidelines.models import DocumentFormat, Edition, Export, Guidelines


@dataclass(frozen=True)
class EditionFile:
    """One format of an edition: made, on its way, or not asked for yet."""

    format: DocumentFormat
    export: Export | None

    @cached_property
    def is_ready(self) -> bool:
        return self.export is not None and self.export.is_done and self.export.has_file

    @property
    def is_lost(self) -> bool:
        """Made once, and the stored file is gone: it can be made again, which is said and compared."""
        return self.export is not None and self.export.is_done and not self.is_ready

    @property
    def is_under_way(self) -> bool:
        return self.export is not None and self.export.is_under_way


@dataclass(frozen=True)
class EditionRow:
    edition: Edition
    files: tuple[EditionFile, ...]
    is_newest: bool = False

    @classmethod
    def of(cls, edition: Edition, exports: list[Export] | None = None, *, is_newest: bool = False) -> Self:
        """`exports` are the newest first; those that failed or were lost stand for nothing."""
        found = list(edition.exports.all()) if exports is None else exports
        standing = {each.format: each for each in reversed(found) if each.state != ExportState.FAILED}
        return cls(
            edition, tuple(EditionFile(kind, standing.get(kind)) for kind in DocumentFormat), is_newest
        )

    @property
    def pdf(self) -> EditionFile:
        return self.files[0]


def edition_rows(guidelines: Guidelines) -> list[EditionRow]:
    """The newest first. Two queries."""
    editions = guidelines.editions.defer("content").order_by("-number").prefetch_related("exports")
    return [
        EditionRow.of(edition, list(edition.exports.all()), is_newest=place == 0)
        for place, edition in enumerate(editions)
    ]


def first_digest(export: Any) -> str:
    """SHA-256 of the file of an edition that was made first and is lost; "" where nothing was lost."""
    if export.edition_id is None:
        return ""
    same = Export.objects.filter(edition=export.edition_id, format=export.format).exclude(pk=export.pk)
    first = same.exclude(file_digest="").filter(pk__lt=export.pk).order_by("pk").first()
    return first.file_digest if first else ""
