"""The daily look at committees, offices, workshops and National Action Plans: who is told what, once.

Everything is derived from days and records, so that a day on which nothing ran is made up for the next
morning. A text names committees, places and positions, never a person. Late reports of plans climb on
their own (plans.services.reminders)."""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts.models import NoticeKind, User
from accounts.notices import News, notify_all
from accounts.roles import Capability
from committees.audience import Audience
from committees.models import Appointment, Decision, Meeting, MeetingState, MinutesState
from committees.states import WORKING, dormant_on
from lapportal.attention import has_committee
from lapportal.work.committees import TERM_ENDS_SOON, is_unbalanced_board, vacant_seats, with_health
from lapportal.work.naps import ending_naps
from people.audience import keepers_of_each
from people.handovers import open_due_handovers
from people.models import Election, ElectionState, Handover
from plans.models import LocalActionPlan
from plans.states import PlanState
from workshops.followup import committee_was_due_before, day_of, reached
from workshops.models import Commitment, Workshop
from workshops.states import WorkshopKind

COORDINATOR_AFTER = datetime.timedelta(days=30)
MEETING_SOON = datetime.timedelta(days=3)
DECISION_DUE = datetime.timedelta(days=14)
ELECTION_STEPS = (60, 14)  # days before
NAP_STEPS = (180, 30)  # BR18, and once more
COMMENTS_END = datetime.timedelta(days=1)
STILL_NEWS = datetime.timedelta(days=30)  # of what a workshop left to do
AT_A_TIME = 200  # pieces of news in one transaction


def watch(today: datetime.date) -> int:
    """Open the hand-overs that are due and tell everybody what is new on that day. Returns how many
    notices were made, those of the hand-overs not counted."""
    open_due_handovers(today)
    audience = Audience()
    sources = (
        _committees(today, audience),
        _meetings(today, audience),
        _decisions(today, audience),
        _seat_terms(today, audience),
        _handovers(today),
        _elections(today),
        _naps(today),
        _commitments(today),
        _no_committee(today, audience),
    )
    return sum(_tell(source) for source in sources)


def _tell(news: Iterator[News]) -> int:
    """Some at a time in one transaction: one for each would cost more than the notices themselves, one
    for all would keep everybody else from writing on SQLite."""
    told = 0
    while some := list(islice(news, AT_A_TIME)):
        with transaction.atomic():
            told += notify_all(some)
    return told


def _committees(today: datetime.date, audience: Audience) -> Iterator[News]:
    """Overdue (F73), dormant (F72), out of balance (BR5)."""
    for committee in with_health(today):
        page = reverse("committee_detail", args=[committee.code])
        about: dict[str, Any] = {"subject": committee.code, "address": page}
        name = {"committee": str(committee)}
        if committee.is_dormant(today):
            since = dormant_on(committee.counts_from)
            yield News(
                [*audience.secretaries_of(committee), *audience.coordinators_of(committee)],
                NoticeKind.MEETING,
                gettext("Dormant after six months without a meeting: %(committee)s") % name,
                key=f"dormant:{committee.code}:{since}",
                **about,
            )
        elif committee.is_meeting_overdue(today) and not committee.next_planned:
            due = committee.meeting_due_on()
            text = gettext("A meeting is overdue since %(day)s: %(committee)s") % (
                name | {"day": date_format(due)}
            )
            key = f"meeting-overdue:{committee.code}:{due}"
            yield News(audience.secretaries_of(committee), NoticeKind.MEETING, text, key=key, **about)
            if due + COORDINATOR_AFTER <= today:
                yield News(
                    audience.coordinators_of(committee), NoticeKind.MEETING, text, key=f"{key}:30", **about
                )
        yield from _balance(committee, about, audience)


def _balance(committee: Any, about: dict[str, Any], audience: Audience) -> Iterator[News]:
    """A board that lost its balance since a seat fell vacant, and that nobody allowed to work so since."""
    vacant = vacant_seats(committee)
    if not vacant or not is_unbalanced_board(committee):
        return
    since = vacant[-1].left_on
    if committee.balance_override_on is None or committee.balance_override_on < since:
        yield News(
            audience.coordinators_of(committee),
            NoticeKind.TERM,
            gettext("A seat fell vacant and the board is out of balance: %(committee)s")
            % {"committee": committee},
            key=f"unbalanced:{committee.code}:{since}",
            **about,
        )


def _meetings(today: datetime.date, audience: Audience) -> Iterator[News]:
    """Those of the next three days, and minutes whose time for comments ends tomorrow."""
    soon = Q(state=MeetingState.PLANNED, day__range=(today, today + MEETING_SOON))
    ending = Q(
        minutes_state=MinutesState.COMMENT, minutes_comments_until__range=(today, today + COMMENTS_END)
    )
    for meeting in Meeting.objects.for_list().filter(soon | ending).order_by("day", "pk"):
        committee = meeting.committee
        about: dict[str, Any] = {
            "subject": meeting.code,
            "address": reverse("meeting_detail", args=[meeting.code]),
        }
        if meeting.is_planned:
            yield News(
                audience.workers_of(committee),
                NoticeKind.MEETING,
                gettext("Meeting on %(day)s: %(committee)s")
                % {"day": date_format(meeting.day), "committee": committee},
                key=f"meeting-soon:{meeting.code}:{meeting.day}",
                **about,
            )
        else:
            until = meeting.minutes_comments_until
            yield News(
                audience.workers_of(committee),
                NoticeKind.MEETING,
                gettext("Comments on the minutes are taken until %(day)s: %(committee)s")
                % {"day": date_format(until), "committee": committee},
                key=f"minutes-comments:{meeting.code}:{until}",
                **about,
            )


def _decisions(today: datetime.date, audience: Audience) -> Iterator[News]:
    """Due within 14 days, and overdue: the secretary, and who works for the office that carries it out.
    The text of a decision stays in the portal: it may name somebody."""
    rows = Decision.objects.still_open().filter(due_on__lte=today + DECISION_DUE).for_list()
    for row in rows.order_by("due_on", "pk"):
        committee = row.meeting.committee
        is_late = row.due_on < today
        text = (
            gettext("A decision is overdue since %(day)s: %(office)s, %(committee)s")
            if is_late
            else gettext("A decision is due on %(day)s: %(office)s, %(committee)s")
        )
        words = {"day": date_format(row.due_on), "office": row.owner, "committee": committee}
        for_office = audience.working_for_office(committee, row.owner_id)
        yield News(
            [*audience.secretaries_of(committee), *for_office],
            NoticeKind.DECISION,
            text % words,
            subject=row.code,
            address=reverse("decision_detail", args=[row.code]),
            key=f"decision-{'overdue' if is_late else 'due'}:{row.code}:{row.due_on}",
        )


def _seat_terms(today: datetime.date, audience: Audience) -> Iterator[News]:
    """Terms of seats that end within 60 days, one notice a committee and day. Terms of offices open a
    hand-over, which tells by itself."""
    ending: Any = Appointment.objects.on(today).filter(
        ends_on=None,
        seat__ended_on=None,
        seat__committee__state__in=sorted(WORKING),
        term_ends_on__range=(today, today + TERM_ENDS_SOON),
    )
    rows: dict[tuple[int, datetime.date], list[Any]] = {}
    for row in ending.select_related("seat__committee__locality").order_by("term_ends_on", "pk"):
        rows.setdefault((row.seat.committee_id, row.term_ends_on), []).append(row)
    for (_committee, day), own in rows.items():
        committee = own[0].seat.committee
        yield News(
            audience.secretaries_of(committee) or audience.coordinators_of(committee),
            NoticeKind.TERM,
            ngettext(
                "The term of %(number)d seat ends on %(day)s: %(committee)s",
                "The terms of %(number)d seats end on %(day)s: %(committee)s",
                len(own),
            )
            % {"number": len(own), "day": date_format(day), "committee": committee},
            subject=committee.code,
            address=reverse("committee_detail", args=[committee.code]),
            key=f"seat-terms:{committee.code}:{day}",
        )


def _handovers(today: datetime.date) -> Iterator[News]:
    """Overdue 30 days after the office changed hands (BR15)."""
    late = iter(Handover.objects.overdue(today).for_list().order_by("due_on", "pk"))
    while rows := list(islice(late, AT_A_TIME)):
        keepers = keepers_of_each(row.position for row in rows)
        for row in rows:
            yield News(
                keepers[row.position_id],
                NoticeKind.HANDOVER,
                gettext("A hand-over is overdue: %(office)s, %(place)s")
                % {"office": row.position, "place": row.position.locality},
                subject=row.code,
                address=reverse("handover_detail", args=[row.code]),
                key=f"handover-overdue:{row.code}:{row.due_on}",
            )


def _elections(today: datetime.date) -> Iterator[News]:
    """60 and 14 days before: everybody who works there. Of the two, the one that has come last."""
    rows: Any = Election.objects.for_list().filter(
        state__in=[ElectionState.EXPECTED, ElectionState.ANNOUNCED],
        held_on__range=(today, today + datetime.timedelta(days=max(ELECTION_STEPS))),
    )
    for row in rows.order_by("held_on", "pk"):
        step = _step(ELECTION_STEPS, (row.held_on - today).days)
        yield News(
            User.objects.working_in(row.country_id, path=row.locality.path if row.locality else ""),
            NoticeKind.TERM,
            gettext("%(election)s on %(day)s, %(place)s: prepare the hand-overs")
            % {
                "election": row,
                "day": date_format(row.held_on),
                "place": row.locality or row.country,
            },
            subject=row.code,
            address=reverse("election_detail", args=[row.code]),
            key=f"election-{step}:{row.code}:{row.held_on}",
        )


def _naps(today: datetime.date) -> Iterator[News]:
    """BR18: 180 and 30 days before the end, the coordinators and the committees whose plans point to it."""
    for nap in ending_naps(today).filter(period_end__gte=today):
        plans = LocalActionPlan.objects.filter(nap=nap).exclude(
            state__in=[PlanState.CLOSED, PlanState.SUPERSEDED, PlanState.WITHDRAWN]
        )
        concerned = User.objects.filter(
            Q(pk__in=User.objects.coordinating(nap.country_id))
            | Q(committee_access__committee__plans__in=plans),
            is_active=True,
        )
        step = _step(NAP_STEPS, (nap.period_end - today).days)
        yield News(
            concerned.distinct(),
            NoticeKind.NAP,
            gettext("A National Action Plan ends on %(day)s: %(plan)s")
            % {"day": date_format(nap.period_end), "plan": nap},
            subject=nap.code,
            address=reverse("framework_detail", args=[nap.code]),
            key=f"nap-{step}:{nap.code}:{nap.period_end}",
        )


def _commitments(today: datetime.date) -> Iterator[News]:
    """30, 90 and 180 days after a workshop its commitments are asked about (F22), by who runs it. What is
    long past waits in My work, and is no news."""
    asked = Commitment.objects.to_ask(today).values("workshop")
    for row in Workshop.objects.for_list().filter(pk__in=asked).order_by("ends_on", "pk"):
        milestone = reached(row.ends_on, today=today)[-1]
        if day_of(row.ends_on, milestone) < today - STILL_NEWS:
            continue
        run_by = row.facilitators.all()
        yield News(
            [user for user in run_by if user.scope.covers(Capability.RUN_WORKSHOPS, row.locality)],
            NoticeKind.WORKSHOP,
            gettext("Ask what became of the commitments, %(days)d days after: %(workshop)s")
            % {"days": milestone.value, "workshop": row},
            subject=row.code,
            address=f"{reverse('commitment_list')}?show=ask&workshop={row.code}",
            key=f"commitments-{milestone.value}:{row.code}",
        )


def _no_committee(today: datetime.date, audience: Audience) -> Iterator[News]:
    """BR13: 90 days after a Localization workshop there is a committee."""
    last = committee_was_due_before(today)
    rows: Any = Workshop.objects.held().for_list().annotate(has_committee=has_committee())
    late = rows.filter(
        kind=WorkshopKind.LOCALIZATION,
        has_committee=False,
        ends_on__lt=last,
        ends_on__gte=last - STILL_NEWS,
    )
    for row in late.order_by("ends_on", "pk"):
        yield News(
            audience.coordinating(row.locality.country_id),
            NoticeKind.WORKSHOP,
            gettext("No steering committee 90 days after the workshop: %(place)s") % {"place": row.locality},
            subject=row.code,
            address=reverse("locality_detail", args=[row.locality.code]),
            key=f"no-committee:{row.code}",
        )


def _step(steps: tuple[int, ...], days_left: int) -> int:
    """The last of the steps (days before) that has come."""
    return min(step for step in steps if days_left <= step)
