"""Documents of a meeting: kept encrypted, handed out by a page that asks who is there."""

from django.db import DatabaseError, transaction
from django.utils.translation import gettext

from accounts.models import User, record
from committees.models import AgendaItem, Meeting, MeetingFile
from committees.services.meetings import held_row
from committees.services.refusals import MeetingRefused
from core.stored_files import encrypted, read_encrypted
from core.uploads import CheckedFile

MOST_FILES = 40


@transaction.atomic
def keep_file(
    meeting: Meeting, checked: CheckedFile, *, title: str = "", item: AgendaItem | None = None, by: User
) -> MeetingFile:
    """Store a checked document with its row. Signed minutes may come after the approval."""
    row = held_row(meeting)
    if row.files.count() >= MOST_FILES:
        raise MeetingRefused("file", gettext("This meeting has 40 documents already. Remove some first."))
    kept = MeetingFile(
        meeting=row,
        item=item,
        title=title,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        added_by=by,
        is_demo=row.is_demo,
    )
    kept.file.save("", encrypted(checked.content), save=False)
    try:
        kept.save()
    except DatabaseError:
        kept.file.delete(save=False)  # no file without a row that leads to it
        raise
    record(by, "added meeting document", row, file=kept.code)
    return kept


def read_file(kept: MeetingFile) -> bytes:
    """What was handed in. Raises FileLost."""
    return read_encrypted(kept.file)


@transaction.atomic
def drop_file(kept: MeetingFile, *, by: User) -> None:
    """Take the row away, and the stored file once that is certain. Also after the minutes are approved: a
    list of names that was handed in by mistake must not stay because a meeting is closed."""
    record(
        by, "removed meeting document", kept.meeting, file=kept.code, after_approval=kept.meeting.is_closed
    )
    stored = kept.file
    kept.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
