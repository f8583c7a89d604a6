"""Keeping files that were handed in: encrypted on disk, handed out by a page that asks who is there."""

from typing import Any

from django.db import DatabaseError, transaction

from accounts.models import User
from core.stored_files import encrypted, read_encrypted
from core.uploads import CheckedFile
from plans.models import Attachment, AttachmentKind, Edition, LocalActionPlan, LocalLaw, ProgressUpdate


@transaction.atomic
def keep_file(
    checked: CheckedFile,
    *,
    kind: AttachmentKind,
    by: User,
    plan: LocalActionPlan | None = None,
    edition: Edition | None = None,
    update: ProgressUpdate | None = None,
    law: LocalLaw | None = None,
    title: str = "",
) -> Attachment:
    """Store the file with its row. It belongs to a plan or to a law, and within the plan to an edition
    or an update, where it is given with one."""
    of_plan = plan or (edition and edition.plan) or (update and update.period.plan) or None
    attachment = Attachment(
        kind=kind,
        plan=of_plan,
        edition=edition,
        update=update,
        law=law,
        title=title,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        added_by=by,
        is_demo=_is_demo(of_plan, law),
    )
    attachment.file.save("", encrypted(checked.content), save=False)
    try:
        attachment.save()
    except DatabaseError:
        attachment.file.delete(save=False)  # no file without a row that leads to it
        raise
    return attachment


def _is_demo(*owners: Any) -> bool:
    return any(owner.is_demo for owner in owners if owner is not None)


def read_file(attachment: Attachment) -> bytes:
    """What was handed in. Raises FileLost."""
    return read_encrypted(attachment.file)


@transaction.atomic
def drop_file(attachment: Attachment) -> None:
    """Take the row away, and the stored file once that is certain."""
    stored = attachment.file
    attachment.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
