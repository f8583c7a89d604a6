"""The agenda of a meeting: points added, moved, taken from what is open or from the last meeting."""

import datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext

from accounts.models import User, record
from committees.closing import refuse_if_closed
from committees.models import AgendaItem, Forwarding, ForwardingState, Meeting, MeetingState
from committees.reports.agenda import Suggestion, suggestions_for
from committees.services.forwarding import take_up
from committees.services.meetings import held_row
from committees.services.refusals import MeetingRefused
from core.conflicts import RowRemoved, save_unless_changed

MOST_POINTS = 60  # of one meeting; a slip of a script, not of a committee


class AgendaRefused(MeetingRefused):
    """The point cannot be put there, or cannot be taken away."""


@transaction.atomic
def add_point(item: AgendaItem, *, by: User) -> AgendaItem:
    """A new point at the end. Raises MeetingClosed or MeetingRefused."""
    meeting = _open(item.meeting)
    last = meeting.agenda.aggregate(last=Max("order"), count=Count("pk"))
    if last["count"] >= MOST_POINTS:
        raise AgendaRefused("title", gettext("This agenda is full: no meeting gets through more points."))
    item.order = (last["last"] or 0) + 1
    item.is_demo, item.updated_by = meeting.is_demo, by
    item.save()
    record(by, "added point to agenda", meeting, item=item.code)
    return item


@transaction.atomic
def change_point(item: AgendaItem, *, opened_version: int, by: User) -> AgendaItem:
    """Raises MeetingClosed, MeetingRefused, EditConflict or RowRemoved."""
    meeting = _open(item.meeting)
    save_unless_changed(item, opened_version=opened_version, by=by)
    record(by, "changed point of agenda", meeting, item=item.code)
    return item


@transaction.atomic
def remove_point(item: AgendaItem, *, by: User) -> None:
    """Take a point away. What another committee sent waits again. Raises AgendaRefused."""
    meeting = _open(item.meeting)
    row = AgendaItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if row is None:
        raise RowRemoved
    if row.decisions.exists():
        raise AgendaRefused(None, gettext("A decision was taken on this point. It stays on the agenda."))
    if row.notes:
        raise AgendaRefused(
            None, gettext("The minutes say what was said about this point. It stays on the agenda.")
        )
    if row.came_from_id:
        Forwarding.objects.filter(pk=row.came_from_id, state=ForwardingState.ON_AGENDA).update(
            state=ForwardingState.WAITING
        )
    record(by, "removed point from agenda", meeting, item=row.code)
    row.delete()


@transaction.atomic
def move_point(item: AgendaItem, *, up: bool, by: User) -> None:
    """One place up or down. The first cannot go up, the last not down: nothing happens."""
    meeting = _open(item.meeting)
    rows = list(meeting.agenda.order_by("order", "pk"))
    place = next((number for number, row in enumerate(rows) if row.pk == item.pk), None)
    if place is None:
        raise RowRemoved
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    AgendaItem.objects.bulk_update(rows, ["order"])
    record(by, "moved point of agenda", meeting, item=item.code)


@transaction.atomic
def take_suggestion(meeting: Meeting, key: str, *, today: datetime.date, by: User) -> AgendaItem:
    """Put one of the suggestions on the agenda. Raises AgendaRefused when it is there already."""
    row = _open(meeting)
    offered = suggestions_for(row, row.agenda.all(), today=today)
    found: Suggestion | None = next((each for each in offered if each.key == key), None)
    if found is None:
        raise AgendaRefused(None, gettext("This stands on the agenda already, or is settled meanwhile."))
    if found.forwarding is not None:
        return take_up(found.forwarding, meeting=row, by=by)
    return add_point(AgendaItem(meeting=row, title=found.title, kind=found.kind), by=by)


@transaction.atomic
def copy_agenda(meeting: Meeting, *, by: User) -> int:
    """The points of the last meeting that had an agenda, without what another committee sent and without
    those that stand there already. Returns how many."""
    row = _open(meeting)
    source = last_agenda_before(row)
    if source is None:
        raise AgendaRefused(None, gettext("No earlier meeting has an agenda."))
    taken = set(row.agenda.values_list("title", flat=True))
    copied = [item for item in source.agenda.filter(came_from=None) if item.title not in taken]
    for item in copied:
        add_point(
            AgendaItem(meeting=row, title=item.title, kind=item.kind, length=item.length, text=item.text),
            by=by,
        )
    return len(copied)


def last_agenda_before(meeting: Meeting) -> Meeting | None:
    """The meeting whose agenda can be copied."""
    others = Meeting.objects.filter(committee=meeting.committee_id, day__lte=meeting.day)
    others = others.exclude(pk=meeting.pk).exclude(state=MeetingState.CANCELLED)
    return others.filter(agenda__came_from=None, agenda__isnull=False).order_by("-day", "-pk").first()


def _open(meeting: Meeting) -> Meeting:
    """The meeting, held, if points may still be put on its agenda."""
    row = held_row(meeting)
    refuse_if_closed(row)
    if row.state == MeetingState.CANCELLED:
        raise MeetingRefused(None, gettext("This meeting was cancelled. Plan a new one."))
    return row
