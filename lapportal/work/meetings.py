"""What waits around the meetings of committees: minutes, comments, decisions, what was sent on."""

import datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from committees.models import (
    Committee,
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
from lapportal.work.tasks import Later, Task, TaskKind, office_named, page_of
from lapportal.work.tasks import shared_text as _

MINUTES_WITHIN = datetime.timedelta(days=14)
DECISION_DUE_SOON = datetime.timedelta(days=30)


def tasks_of(reader: Reader) -> list[Task]:
    """Three queries."""
    if not (reader.may_keep_any() or reader.works_for):
        return []
    meetings = [
        task
        for row in _meetings(reader)
        for task in _of_meeting(reader, row, reader.committees[row.committee_id])
    ]
    return meetings + _decisions(reader) + _forwardings(reader)


def _where(committee: Any) -> dict[str, Any]:
    return {"of": str(committee), "place": committee.locality}


# Neither the minutes nor the place, which is encrypted.
OF_MEETING = (
    "code", "committee_id", "day", "state", "minutes_state", "minutes_comments_until",
    "has_secretary", "comments", "commented_on", "has_spoken",
)  # fmt: skip


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
        Meeting.objects.filter(wanted, reader.kept() | Q(committee__in=reader.works_for))
        .annotate(
            has_secretary=has_secretary("committee"),
            comments=Count("minutes_comments", filter=open_comments),
            commented_on=Min("minutes_comments__at", filter=open_comments),
            has_spoken=Exists(said),
        )
        .values_list(*OF_MEETING, named=True)
    )


def _of_meeting(reader: Reader, row: Any, committee: Committee) -> list[Task]:
    if not reader.may_keep(committee):
        return _to_read(reader, row, committee)
    if row.state == MeetingState.PLANNED:
        tasks = [_not_held(reader, row, committee)]
    elif row.minutes_state == MinutesState.COMMENT:
        tasks = _in_comment(reader, row, committee)
    elif row.minutes_state == MinutesState.DRAFT:
        tasks = [_not_finished(reader, row, committee)]
    else:
        tasks = [_not_written(reader, row, committee)]
    return [task for task in tasks if reader.is_asked(row, row.committee_id, task.day)]


def _not_held(reader: Reader, row: Any, committee: Committee) -> Task:
    return reader.task(
        TaskKind.COMMITTEES,
        _("Write down who came to the meeting"),
        day=row.day,
        is_due=True,
        then=_("A meeting that is not written down does not count: the committee becomes dormant."),
        url=page_of("meeting_attendance", row.code),
        **_where(committee),
    )


def _not_written(reader: Reader, row: Any, committee: Committee) -> Task:
    return reader.task(
        TaskKind.COMMITTEES,
        _("Write the minutes of the meeting"),
        day=row.day + MINUTES_WITHIN,
        is_due=True,
        then=_("The longer it waits, the less is remembered of what was said and promised."),
        url=page_of("minutes_edit", row.code),
        **_where(committee),
    )


def _not_finished(reader: Reader, row: Any, committee: Committee) -> Task:
    """Begun, and the committee has not been asked yet."""
    return reader.task(
        TaskKind.COMMITTEES,
        _("Finish the minutes, then ask for comments or approve them"),
        day=row.day + MINUTES_WITHIN,
        is_due=True,
        then=_("As long as they are a draft, nobody outside the committee reads what was decided."),
        url=page_of("minutes_detail", row.code),
        **_where(committee),
    )


def _in_comment(reader: Reader, row: Any, committee: Committee) -> list[Task]:
    """Comments are answered, then the minutes are approved."""
    fields = _where(committee)
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
                url=page_of("minutes_detail", row.code),
                then=_("The minutes cannot be approved while a comment has no answer."),
                **fields,
            )
        ]
    if row.minutes_comments_until is None or row.minutes_comments_until >= reader.today:
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            _("Approve the minutes"),
            day=row.minutes_comments_until,
            url=page_of("minutes_approve", row.code),
            then=_("Until they are approved nobody outside the committee reads them."),
            **fields,
        )
    ]


def _to_read(reader: Reader, row: Any, committee: Committee) -> list[Task]:
    """For members of the committee: once, as long as there is time."""
    until = row.minutes_comments_until
    in_time = row.minutes_state == MinutesState.COMMENT and until is not None and until >= reader.today
    if not in_time or row.has_spoken:
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            _("Read the minutes and say what is wrong"),
            day=until,
            is_due=True,
            then=_("After that day they are approved, and stand as they are."),
            url=page_of("minutes_detail", row.code),
            **_where(committee),
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
        .annotate(
            has_secretary=has_secretary("meeting__committee"),
            committee=F("meeting__committee"),
            office=F("owner__title"),
            institution=F("owner__organization__name"),
        )
        .values_list(*OF_DECISION, named=True)
    )
    found = []
    for row in rows:
        committee = reader.committees[row.committee]
        is_own = row.owner_id in reader.offices and committee.pk in reader.works_for
        if is_own or reader.is_asked(row, committee.pk, row.due_on):
            found.append(
                reader.task(
                    TaskKind.COMMITTEES,
                    Later(_carry_out if is_own else _see_to, row.text),
                    of=Later(_with_office, committee.name, row.office, row.institution),
                    place=committee.locality,
                    day=row.due_on,
                    is_due=True,
                    then=_("It counts as overdue on the page of the office, and in its assessment."),
                    url=page_of("decision_detail", row.code),
                )
            )
    return found


OF_DECISION = ("code", "text", "due_on", "owner_id", "has_secretary", "committee", "office", "institution")


def _with_office(committee: str, title: str, institution: str | None) -> str:
    return f"{committee} · {office_named(title, institution)}"


def _carry_out(text: str) -> str:
    return gettext("Carry out: %(decision)s") % {"decision": Truncator(text).chars(80)}


def _see_to(text: str) -> str:
    return gettext("See to it: %(decision)s") % {"decision": Truncator(text).chars(80)}


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
            then=_("The committee that sent it waits for an answer and cannot go on alone."),
            url=page_of("forwarding_detail", row.code),
            **_where(row.to),
        )
        for row in rows
        if reader.is_asked(row, row.to_id, row.sent_on)
    ]
