"""What waits after and around workshops: for who runs them, and for who may set up committees."""

import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.roles import Capability
from lapportal.attention import waiting_for
from lapportal.work.reader import Reader
from lapportal.work.tasks import Task, TaskKind
from workshops.followup import committee_was_due_before, reached
from workshops.models import Workshop
from workshops.states import WorkshopState

REPORTED_WITHIN = datetime.timedelta(days=30)
NOT_HELD_YET = (WorkshopState.PLANNED, WorkshopState.CONFIRMED)


def tasks_of(reader: Reader) -> list[Task]:
    """Two queries."""
    scope = reader.user.scope
    if not (scope.anywhere(Capability.RUN_WORKSHOPS) or scope.anywhere(Capability.SET_UP_COMMITTEES)):
        return []
    after = [task for row in waiting_for(reader.user, today=reader.today) for task in _after(reader, row)]
    return after + [task for row in _run_by(reader) for task in _around(reader, row)]


def _run_by(reader: Reader) -> Any:
    """Workshops that the user runs and that are past without a word, or have people at the door."""
    today = reader.today
    run: Any = Workshop.objects.for_list().for_reader(reader.user)
    rows = run.filter(reader_runs_it=True)
    return rows.annotate(
        waiting=Count("self_registrations", distinct=True),
        waiting_since=Min("self_registrations__created_at"),
    ).filter(Q(state__in=NOT_HELD_YET, ends_on__lt=today) | Q(state=WorkshopState.HELD) | Q(waiting__gt=0))


def _after(reader: Reader, row: Any) -> list[Task]:
    """Commitments to follow up (F22), and the committee that is not there (BR13)."""
    of = {"of": str(row), "place": row.locality}
    found = []
    if row.reader_runs_it and row.overdue:
        found.append(
            reader.task(
                TaskKind.WORKSHOPS,
                ngettext(
                    "Ask what became of %(number)d overdue commitment",
                    "Ask what became of %(number)d overdue commitments",
                    row.overdue,
                )
                % {"number": row.overdue},
                day=row.overdue_since,
                is_due=True,
                then=gettext("A promise that nobody asks about is forgotten with the next change of office."),
                url=f"{reverse('commitment_list')}?show=overdue&workshop={row.code}",
                **of,
            )
        )
    if row.reader_runs_it and row.to_ask:
        asked_at = reached(row.ends_on, today=reader.today)[-1]
        found.append(
            reader.task(
                TaskKind.WORKSHOPS,
                ngettext(
                    "Ask how far %(number)d commitment is, %(days)d days after the workshop",
                    "Ask how far %(number)d commitments are, %(days)d days after the workshop",
                    row.to_ask,
                )
                % {"number": row.to_ask, "days": asked_at.value},
                day=row.ends_on + datetime.timedelta(days=asked_at.value),
                then=gettext("Training without follow-up fizzles out: later nobody knows what was said."),
                url=f"{reverse('commitment_list')}?show=ask&workshop={row.code}",
                **of,
            )
        )
    return [*found, *_without_committee(reader, row)]


def _without_committee(reader: Reader, row: Any) -> list[Task]:
    if not row.is_late:
        return []
    return [
        reader.task(
            TaskKind.WORKSHOPS,
            gettext("Set up the steering committee"),
            of=str(row),
            place=row.locality,
            # The day on which it became late: by the rule that found it (workshops.followup).
            day=row.ends_on + (reader.today - committee_was_due_before(reader.today)),
            is_due=True,
            then=gettext("Without a committee nobody carries on what the workshop began."),
            url=f"{reverse('results', args=[row.code])}#committee",
        )
    ]


def _around(reader: Reader, row: Any) -> list[Task]:
    of = {"of": str(row), "place": row.locality}
    found = []
    if row.waiting:
        found.append(
            reader.task(
                TaskKind.WORKSHOPS,
                ngettext(
                    "Let in %(number)d person who waits at the door",
                    "Let in %(number)d people who wait at the door",
                    row.waiting,
                )
                % {"number": row.waiting},
                day=row.waiting_since.date(),
                then=gettext("Until somebody confirms the entry, the person is not counted."),
                url=reverse("self_registration_desk", args=[row.code]),
                **of,
            )
        )
    return [*found, *_not_said(reader, row)]


def _not_said(reader: Reader, row: Any) -> list[Task]:
    """Past, and nobody said whether it was held; or held, and not reported."""
    if row.state == WorkshopState.HELD:
        what, day = gettext("Write the report of the workshop"), row.ends_on + REPORTED_WITHIN
        then = gettext("What was found out there cannot go into the plan before it is written down.")
    elif row.state in NOT_HELD_YET and row.ends_on < reader.today:
        what, day = gettext("Say whether the workshop was held"), row.ends_on
        then = gettext("Until then it counts nowhere: not in the turnout, not in the coverage.")
    else:
        return []
    return [
        reader.task(
            TaskKind.WORKSHOPS,
            what,
            of=str(row),
            place=row.locality,
            day=day,
            is_due=True,
            then=then,
            url=reverse("workshop_detail", args=[row.code]),
        )
    ]
