"""Keeping the library: texts that people add, and editions that come by themselves (F35)."""

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User, record
from core.conflicts import EditConflict, RowRemoved, save_unless_changed
from core.stored_files import encrypted, read_encrypted
from core.uploads import CheckedFile
from guidelines.licences import Licence
from guidelines.models import Edition, Resource, ResourceKind


@transaction.atomic
def add_resource(resource: Resource, *, file: CheckedFile | None, by: User) -> Resource:
    """A text with its file, if its licence allows to keep one."""
    resource.added_by = resource.updated_by = by
    if file is not None:
        _put(resource, file)
    resource.save()
    record(by, "added to library", resource, **_words(resource))
    return resource


@transaction.atomic
def save_resource(
    resource: Resource, *, file: CheckedFile | None, drop_file: bool, opened_version: int, by: User
) -> Resource:
    """Save what was changed; a new file takes the place of the old one. Raises EditConflict or RowRemoved."""
    before = resource.file.name
    if file is not None:
        _put(resource, file)
    elif drop_file:
        resource.file, resource.file_name, resource.file_type, resource.file_size = "", "", "", None
    try:
        save_unless_changed(resource, opened_version=opened_version, by=by)
    except (EditConflict, RowRemoved):
        if file is not None:
            resource.file.delete(save=False)  # no file without a row that leads to it
        raise
    if before and before != resource.file.name:
        storage = resource.file.storage
        transaction.on_commit(lambda: storage.delete(before))
    record(by, "changed in library", resource, **_words(resource))
    return resource


@transaction.atomic
def remove_resource(resource: Resource, *, by: User) -> None:
    """Take the row away, and the stored file once that is certain."""
    record(by, "removed from library", resource, **_words(resource))
    stored = resource.file
    resource.delete()
    if stored:
        transaction.on_commit(lambda: stored.delete(save=False))


def read_file(resource: Resource) -> bytes:
    """What was handed in. Raises FileLost."""
    return read_encrypted(resource.file)


@transaction.atomic
def add_edition(edition: Edition, *, by: User | None) -> Resource:
    """Guidelines that are published stand in the library by themselves: one line for each document, showing
    its newest edition. Nobody types it a second time."""
    guidelines = edition.guidelines
    endorsed = guidelines.endorsements.filter(edition_number=edition.number, withdrawn_on=None)
    resource, is_new = Resource.objects.update_or_create(
        guidelines=guidelines,
        kind=ResourceKind.GUIDELINES,
        defaults={
            "title": guidelines.title,
            "country": guidelines.country,
            "language": guidelines.language,
            "year": edition.launched_on.year,
            "as_of": edition.launched_on,
            "licence": Licence.STATE,
            "endorsed_by": list(dict.fromkeys(endorsed.values_list("institution", flat=True))),
            "updated_by": by,
            "is_demo": guidelines.is_demo,
        },
    )
    if is_new:
        record(by, "added to library", resource, guidelines=guidelines.code)
    return resource


def _put(resource: Resource, file: CheckedFile) -> None:
    content: ContentFile = encrypted(file.content)
    resource.file.save("", content, save=False)
    resource.file_name, resource.file_type = file.name, file.content_type
    resource.file_size = len(file.content)


def _words(resource: Resource) -> dict[str, str]:
    return {"country": resource.country.code} if resource.country else {}
