"""The minutes of a meeting: none → draft → open for comments → approved, which is the end of it.

Texts are locked one by one (what was said per point, and the rest), by what stood there when the page was
opened: two who write on different points disturb each other in nothing."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts.models import User, record
from accounts.models.notices import NoticeKind
from accounts.notices import notify
from committees.audience import workers_of
from committees.closing import refuse_if_closed
from committees.models import AgendaItem, Meeting, MinutesComment, MinutesCommentState, MinutesState
from core.refusals import FieldRefused

GENERAL = "minutes"  # the name of the text that belongs to no point of the agenda

MOVES: dict[MinutesState, frozenset[MinutesState]] = {
    MinutesState.NONE: frozenset({MinutesState.DRAFT}),
    MinutesState.DRAFT: frozenset({MinutesState.COMMENT, MinutesState.APPROVED}),
    MinutesState.COMMENT: frozenset({MinutesState.DRAFT, MinutesState.APPROVED}),
    MinutesState.APPROVED: frozenset(),
}


class MinutesRefused(FieldRefused):
    """The minutes cannot be as asked for. `field` is the form field that the message belongs to."""


@dataclass(frozen=True)
class Typed:
    """The texts of the page by name (GENERAL, or the code of a point), and what stood there when it was
    opened (`mark_of`). `from_paper` is None where the page did not ask."""

    texts: Mapping[str, str]
    opened: Mapping[str, str] = field(default_factory=dict)
    from_paper: bool | None = None


class TextsChanged(Exception):
    """Somebody else saved some of the texts meanwhile: `names` of those, nothing was saved."""

    def __init__(self, meeting: Meeting, names: list[str]) -> None:
        super().__init__("changed by somebody else")
        self.meeting, self.names = meeting, names


def mark_of(text: str) -> str:
    """What a form carries to tell whether a text was changed since it was opened."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def seal_of(meeting: Meeting) -> str:
    """What was read before it was approved: texts, decisions, attendance."""
    read = [
        meeting.minutes,
        list(meeting.agenda.values_list("code", "row_version")),
        list(meeting.decisions.values_list("code", "row_version")),
        list(meeting.attendance.values_list("pk", "presence")),
    ]
    return mark_of(repr(read))


@transaction.atomic
def save_minutes(meeting: Meeting, typed: Typed, *, by: User) -> Meeting:
    """Save the texts that changed. Raises TextsChanged, MinutesRefused or MeetingClosed."""
    refuse_if_closed(meeting)
    row = Meeting.objects.select_related("updated_by", "committee").get(pk=meeting.pk)
    if not row.is_held:
        raise MinutesRefused(None, gettext("Minutes are written of a meeting that was held."))
    items = {item.code: item for item in row.agenda.all()}
    stand = {GENERAL: row.minutes} | {code: item.notes for code, item in items.items()}
    # What was left as it was opened is not touched: somebody else may have written there.
    changed = {
        name: text
        for name, text in typed.texts.items()
        if name in stand and mark_of(text) not in {mark_of(stand[name]), typed.opened.get(name)}
    }
    late = [name for name in changed if mark_of(stand[name]) != typed.opened.get(name)]
    if late:
        raise TextsChanged(row, late)
    for name in changed.keys() - {GENERAL}:
        _save_notes(items[name], changed[name], by=by)
    row.minutes = changed.get(GENERAL, row.minutes)
    if typed.from_paper is not None:
        row.minutes_from_paper = typed.from_paper
    if row.minutes_state == MinutesState.NONE:
        row.minutes_state = MinutesState.DRAFT
    _save(row, by=by)
    record(by, "wrote minutes", row, texts=len(changed))
    return row


@transaction.atomic
def open_for_comments(meeting: Meeting, *, until: datetime.date, by: User) -> Meeting:
    """The committee's accounts are asked to read them, until that day."""
    row = _moved(meeting, MinutesState.COMMENT)
    if until < timezone.localdate():
        raise MinutesRefused("until", gettext("This day has passed: nobody could comment any more."))
    row.minutes_comments_until = until
    _save(row, by=by)
    record(by, "opened minutes for comments", row, until=until.isoformat())
    words = gettext("The minutes of %(committee)s of %(day)s can be commented on until %(until)s.")
    _tell(
        row,
        words % {"committee": row.committee, "day": date_format(row.day), "until": date_format(until)},
        f"open:{until}",
        by=by,
    )
    return row


@transaction.atomic
def back_to_draft(meeting: Meeting, *, by: User) -> Meeting:
    """Comments end, and the secretary writes on."""
    row = _moved(meeting, MinutesState.DRAFT)
    row.minutes_comments_until = None
    _save(row, by=by)
    record(by, "took minutes back to draft", row)
    return row


@transaction.atomic
def approve_minutes(meeting: Meeting, *, on: datetime.date, seal: str, by: User) -> Meeting:
    """They stand from now on, with attendance, agenda and decisions. Every comment has its answer first."""
    row = _moved(meeting, MinutesState.APPROVED)
    if seal_of(row) != seal:
        raise MinutesRefused(
            None,
            gettext("Somebody changed something since you opened this page. Read the minutes again first."),
        )
    _refuse_if_unready(row, on=on)
    row.approved_on, row.approved_by = on, by
    _save(row, by=by)
    record(by, "approved minutes", row, on=on.isoformat())
    words = gettext("The minutes of %(committee)s of %(day)s are approved.")
    _tell(row, words % {"committee": row.committee, "day": date_format(row.day)}, "approved", by=by)
    return row


def _refuse_if_unready(row: Meeting, *, on: datetime.date) -> None:
    if on < row.day:
        raise MinutesRefused(
            "approved_on",
            gettext("This day lies before the meeting of %(day)s.") % {"day": date_format(row.day)},
        )
    if on > timezone.localdate():
        raise MinutesRefused("approved_on", gettext("This day has not come yet."))
    if not row.attendance.exists():
        raise MinutesRefused(
            None, gettext("Write down first who was there: it cannot be added to approved minutes.")
        )
    waiting = row.minutes_comments.filter(state=MinutesCommentState.OPEN).count()
    if waiting:
        words = ngettext(
            "%(count)s comment waits for its answer.", "%(count)s comments wait for their answer.", waiting
        )
        raise MinutesRefused(None, words % {"count": waiting})
    until = row.minutes_comments_until
    if until and timezone.localdate() <= until:
        words = gettext(
            "Comments were asked for until %(day)s. Approve the minutes after that day, or take them back "
            "to draft first."
        )
        raise MinutesRefused(None, words % {"day": date_format(until)})


@transaction.atomic
def add_comment(meeting: Meeting, *, text: str, item: AgendaItem | None = None, by: User) -> MinutesComment:
    """Something is to be put right in the draft. While they are open for comments."""
    refuse_if_closed(meeting)
    row = Meeting.objects.get(pk=meeting.pk)
    until = row.minutes_comments_until
    if row.minutes_state != MinutesState.COMMENT or (until and timezone.localdate() > until):
        raise MinutesRefused(None, gettext("The minutes are not open for comments now."))
    comment = MinutesComment.objects.create(meeting=row, item=item, text=text, by=by, is_demo=row.is_demo)
    record(by, "commented on minutes", row, comment=comment.code)
    return comment


@transaction.atomic
def answer_comment(
    comment: MinutesComment, *, state: MinutesCommentState | str, answer: str = "", by: User
) -> MinutesComment:
    """Taken up, or not and why. An answer may be changed until the minutes are approved."""
    refuse_if_closed(comment.meeting)
    row = MinutesComment.objects.select_for_update(of=["self"]).select_related("by").get(pk=comment.pk)
    if row.state != comment.state or row.answer != comment.answer:
        raise MinutesRefused(None, gettext("Somebody has answered this comment meanwhile. Look at it again."))
    if state == MinutesCommentState.DECLINED and not answer.strip():
        raise MinutesRefused("answer", gettext("Say why it is not taken up."))
    row.state, row.answer = MinutesCommentState(state), answer.strip()
    row.decided_by, row.decided_at = by, timezone.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(by, "answered minutes comment", row, state=str(state))
    return row


def _moved(meeting: Meeting, state: MinutesState) -> Meeting:
    """The meeting in its new state, held. Raises MeetingClosed or MinutesRefused."""
    refuse_if_closed(meeting)
    row = Meeting.objects.select_related("committee__locality").get(pk=meeting.pk)
    if state not in MOVES[MinutesState(row.minutes_state)]:
        refused = (
            gettext("Write the minutes first.")
            if row.minutes_state == MinutesState.NONE
            else gettext("Somebody has done this meanwhile: the minutes are in the state “%(state)s”.")
            % {"state": row.get_minutes_state_display()}
        )
        raise MinutesRefused(None, refused)
    row.minutes_state = state
    return row


def _save(row: Meeting, *, by: User) -> None:
    row.row_version, row.updated_by = row.row_version + 1, by
    row.save(
        update_fields=[
            "minutes",
            "minutes_state",
            "minutes_comments_until",
            "minutes_from_paper",
            "approved_on",
            "approved_by",
            "row_version",
            "updated_by",
            "updated_at",
        ]
    )


def _save_notes(item: AgendaItem, notes: str, *, by: User) -> None:
    item.notes, item.row_version, item.updated_by = notes, item.row_version + 1, by
    item.save(update_fields=["notes", "row_version", "updated_by", "updated_at"])


def _tell(row: Meeting, words: str, what: str, *, by: User) -> None:
    notify(
        [user for user in workers_of(row.committee) if user != by],
        kind=NoticeKind.MEETING,
        text=words,
        subject=row.code,
        address=reverse("minutes_detail", args=[row.code]),
        key=f"minutes-{what}:{row.code}",
    )
