"""What waits around the meetings of committees: minutes, comments, decisions, what was sent on."""

import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from committees.models import (
    Decision,
    Forwarding,
    ForwardingState,
    Meeting,
    MeetingState,
    MinutesComment,
    MinutesCommentState,
    MinutesState,
)
from lapportal.work.reader import Reader, has_secretary
from lapportal.work.tasks import Task, TaskKind

MINUTES_WITHIN = datetime.timedelta(days=14)
DECISION_DUE_SOON = datetime.timedelta(days=30)


def tasks_of(reader: Reader) -> list[Task]:
    """Three queries."""
    if not (reader.may_keep_any() or reader.works_for):
        return []
    meetings = [task for row in _meetings(reader) for task in _of_meeting(reader, row)]
    return meetings + _decisions(reader) + _forwardings(reader)


def _where(committee: Any) -> dict[str, Any]:
    return {"of": str(committee), "place": committee.locality}


def _meetings(reader: Reader) -> Any:
    today, user = reader.today, reader.user
    past = Q(state=MeetingState.PLANNED, day__lt=today)
    unwritten = Q(
        state=MeetingState.HELD,
        minutes_state__in=[MinutesState.NONE, MinutesState.DRAFT],
        day__lte=today - MINUTES_WITHIN,
    )
    open_comments = Q(minutes_comments__state=MinutesCommentState.OPEN)
    said = MinutesComment.objects.filter(meeting=OuterRef("pk"), by=user.pk)
    wanted = past | unwritten | Q(minutes_state=MinutesState.COMMENT)
    return (
        Meeting.objects.only(
            "code", "committee", "day", "state", "minutes_state", "minutes_comments_until"
        )  # neither the minutes nor the place, which is encrypted
        .filter(wanted, reader.kept() | Q(committee__in=reader.works_for))
        .annotate(
            has_secretary=has_secretary("committee"),
            comments=Count("minutes_comments", filter=open_comments),
            commented_on=Min("minutes_comments__at", filter=open_comments),
            has_spoken=Exists(said),
        )
    )


def _of_meeting(reader: Reader, row: Any) -> list[Task]:
    row.committee = reader.committees[row.committee_id]
    if not reader.may_keep(row.committee):
        return _to_read(reader, row)
    if row.state == MeetingState.PLANNED:
        tasks = [_not_held(reader, row)]
    elif row.minutes_state == MinutesState.COMMENT:
        tasks = _in_comment(reader, row)
    elif row.minutes_state == MinutesState.DRAFT:
        tasks = [_not_finished(reader, row)]
    else:
        tasks = [_not_written(reader, row)]
    return [task for task in tasks if reader.is_asked(row, row.committee_id, task.day)]


def _not_held(reader: Reader, row: Meeting) -> Task:
    return reader.task(
        TaskKind.COMMITTEES,
        gettext("Write down who came to the meeting"),
        day=row.day,
        is_due=True,
        then=gettext("A meeting that is not written down does not count: the committee becomes dormant."),
        url=reverse("meeting_attendance", args=[row.code]),
        **_where(row.committee),
    )


def _not_written(reader: Reader, row: Meeting) -> Task:
    return reader.task(
        TaskKind.COMMITTEES,
        gettext("Write the minutes of the meeting"),
        day=row.day + MINUTES_WITHIN,
        is_due=True,
        then=gettext("The longer it waits, the less is remembered of what was said and promised."),
        url=reverse("minutes_edit", args=[row.code]),
        **_where(row.committee),
    )


def _not_finished(reader: Reader, row: Meeting) -> Task:
    """Begun, and the committee has not been asked yet."""
    return reader.task(
        TaskKind.COMMITTEES,
        gettext("Finish the minutes, then ask for comments or approve them"),
        day=row.day + MINUTES_WITHIN,
        is_due=True,
        then=gettext("As long as they are a draft, nobody outside the committee reads what was decided."),
        url=reverse("minutes_detail", args=[row.code]),
        **_where(row.committee),
    )


def _in_comment(reader: Reader, row: Any) -> list[Task]:
    """Comments are answered, then the minutes are approved."""
    fields = _where(row.committee)
    if row.comments:
        return [
            reader.task(
                TaskKind.COMMITTEES,
                ngettext(
                    "Answer %(number)d comment on the minutes",
                    "Answer %(number)d comments on the minutes",
                    row.comments,
                )
                % {"number": row.comments},
                day=row.commented_on.date(),
                url=reverse("minutes_detail", args=[row.code]),
                then=gettext("The minutes cannot be approved while a comment has no answer."),
                **fields,
            )
        ]
    if row.minutes_comments_until is None or row.minutes_comments_until >= reader.today:
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            gettext("Approve the minutes"),
            day=row.minutes_comments_until,
            url=reverse("minutes_approve", args=[row.code]),
            then=gettext("Until they are approved nobody outside the committee reads them."),
            **fields,
        )
    ]


def _to_read(reader: Reader, row: Any) -> list[Task]:
    """For members of the committee: once, as long as there is time."""
    until = row.minutes_comments_until
    in_time = row.minutes_state == MinutesState.COMMENT and until is not None and until >= reader.today
    if not in_time or row.has_spoken:
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            gettext("Read the minutes and say what is wrong"),
            day=until,
            is_due=True,
            then=gettext("After that day they are approved, and stand as they are."),
            url=reverse("minutes_detail", args=[row.code]),
            **_where(row.committee),
        )
    ]


def _decisions(reader: Reader) -> list[Task]:
    """Due within 30 days or overdue: for who keeps the committee, and who works for the office that
    carries it out."""
    offices = Q(meeting__committee__in=reader.works_for, owner__in=reader.offices)
    rows = (
        Decision.objects.still_open()
        .filter(reader.kept("meeting__committee") | offices)
        .filter(due_on__lte=reader.today + DECISION_DUE_SOON)
        .select_related("meeting", "owner__organization")
        .only("code", "text", "due_on", "meeting__committee", "owner__title", "owner__organization__name")
        .annotate(has_secretary=has_secretary("meeting__committee"))
    )
    found = []
    for row in rows:
        committee = reader.committees[row.meeting.committee_id]
        is_own = row.owner_id in reader.offices and committee.pk in reader.works_for
        if is_own or reader.is_asked(row, committee.pk, row.due_on):
            verb = gettext("Carry out: %(decision)s") if is_own else gettext("See to it: %(decision)s")
            found.append(
                reader.task(
                    TaskKind.COMMITTEES,
                    verb % {"decision": Truncator(row.text).chars(80)},
                    of=f"{committee} · {row.owner}",
                    place=committee.locality,
                    day=row.due_on,
                    is_due=True,
                    then=gettext("It counts as overdue on the page of the office, and in its assessment."),
                    url=reverse("decision_detail", args=[row.code]),
                )
            )
    return found


def _forwardings(reader: Reader) -> list[Task]:
    """What a lower committee sent on, and nobody has taken up."""
    rows = (
        Forwarding.objects.filter(reader.kept("to"), state=ForwardingState.WAITING)
        .select_related("to__locality__country", "decision__meeting__committee")
        .annotate(has_secretary=has_secretary("to"))
    )
    return [
        reader.task(
            TaskKind.COMMITTEES,
            gettext("Take up what was sent by %(committee)s") % {"committee": row.decision.meeting.committee},
            day=row.sent_on,
            then=gettext("The committee that sent it waits for an answer and cannot go on alone."),
            url=reverse("forwarding_detail", args=[row.code]),
            **_where(row.to),
        )
        for row in rows
        if reader.is_asked(row, row.to_id, row.sent_on)
    ]
