"""What waits for who keeps a committee's papers, sets it up, or works for it."""

import datetime
from typing import Any

from django.db.models import F, Min, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import ngettext

from accounts.roles import Capability
from committees.models import Appointment, Committee, CommitteeKind, Seat
from committees.states import CommitteeState, dormant_on
from lapportal.work.reader import Reader, has_secretary
from lapportal.work.tasks import Task, TaskKind, page_of
from lapportal.work.tasks import shared_text as _

# A committee that was set up and never made active (proposed, as BR13).
ACTIVE_WITHIN = datetime.timedelta(days=90)
TERM_ENDS_SOON = datetime.timedelta(days=60)  # BR15


def with_health(today: datetime.date) -> Any:
    """Working committees with what tells how they are on that day: the last meeting held, the next one
    planned, the seats with their vacancies. Two queries."""
    left = Appointment.objects.filter(seat=OuterRef("pk")).order_by("-starts_on", "-pk").values("ends_on")
    seats = Seat.objects.current().with_vacancy(today).annotate(left_on=Subquery(left[:1]))
    # Of a board the balance is asked for, which the seats that somebody holds decide as well.
    seats = seats.filter(Q(is_vacant=True) | Q(committee__kind=CommitteeKind.MONITORING))
    seats = seats.only("committee", "side", "voting")
    return (
        Committee.objects.working()
        .select_related("locality")
        .defer("mandate", "locality__search_text")
        .with_last_meeting()
        .annotate(
            next_planned=Min("meetings__day", filter=Q(meetings__state="planned", meetings__day__gte=today))
        )
        .prefetch_related(Prefetch("seats", seats, to_attr="current_seats"))
    )


def vacant_seats(committee: Any) -> list[Any]:
    """Those of `with_health` on which nobody sits, the longest vacant first."""
    vacant = [seat for seat in committee.current_seats if seat.is_vacant]
    return sorted(vacant, key=lambda seat: seat.left_on)


def is_unbalanced_board(committee: Any) -> bool:
    """BR5: a board at work whose voting sides are not equal."""
    is_board = committee.kind == CommitteeKind.MONITORING
    return is_board and committee.state == CommitteeState.ACTIVE and not committee.composition.is_balanced


def tasks_of(reader: Reader) -> list[Task]:
    """Three queries."""
    sets_up = reader.user.scope.anywhere(Capability.SET_UP_COMMITTEES)
    if not (reader.may_keep_any() or sets_up):
        return []
    places = reader.user.scope.rows(Capability.SET_UP_COMMITTEES)
    rows = with_health(reader.today).annotate(has_secretary=has_secretary("pk"))
    found = []
    for committee in rows.filter(reader.kept("") | places):
        may_keep = reader.may_keep(committee)
        may_set_up = sets_up and reader.user.scope.covers(Capability.SET_UP_COMMITTEES, committee.locality)
        found += _meets(reader, committee) if may_keep else []
        found += _seats(reader, committee) if may_keep or may_set_up else []
        found += _life(reader, committee) if may_set_up else []
    return found + _terms(reader)


def _of(committee: Committee) -> dict[str, Any]:
    return {"of": str(committee), "place": committee.locality}


def _meets(reader: Reader, committee: Any) -> list[Task]:
    """Dormant (F72) or overdue (F73), unless the next meeting is planned already."""
    if committee.next_planned:
        return []
    url = page_of("meeting_new", committee.code)
    if committee.is_dormant(reader.today):
        return [
            reader.task(
                TaskKind.COMMITTEES,
                _("Bring the committee together again"),
                day=dormant_on(committee.counts_from),
                then=_("It has not met for six months and counts as dormant: nobody follows its plan."),
                url=url,
                **_of(committee),
            )
        ]
    due = committee.meeting_due_on()
    if not committee.is_meeting_overdue(reader.today) or not reader.is_asked(committee, committee.pk, due):
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            _("Plan the meeting that is overdue"),
            day=due,
            is_due=True,
            then=_("After six months without a meeting the committee counts as dormant."),
            url=url,
            **_of(committee),
        )
    ]


def _seats(reader: Reader, committee: Any) -> list[Task]:
    vacant = vacant_seats(committee)
    if not vacant or not reader.is_asked(committee, committee.pk, vacant[0].left_on):
        return []
    return [
        reader.task(
            TaskKind.COMMITTEES,
            ngettext("Fill %(number)d vacant seat", "Fill %(number)d vacant seats", len(vacant))
            % {"number": len(vacant)},
            day=vacant[0].left_on,
            then=_("A vacant seat does not count: the balance of the sides and the quorum suffer."),
            url=page_of("committee_detail", committee.code),
            **_of(committee),
        )
    ]


def _life(reader: Reader, committee: Any) -> list[Task]:
    """Never made active, or at work although its sides are not in balance."""
    if is_unbalanced_board(committee):
        vacant = vacant_seats(committee)
        since = committee.balance_override_on or (vacant[0].left_on if vacant else committee.activated_on)
        return [
            reader.task(
                TaskKind.COMMITTEES,
                _("Bring the two sides of the board into balance"),
                day=since or committee.established_on,
                then=_("A board that leans to one side is not believed: half is to be civil society."),
                url=page_of("committee_detail", committee.code),
                **_of(committee),
            )
        ]
    set_up = committee.state == CommitteeState.ESTABLISHED and committee.activated_on is None
    too_early = set_up and committee.established_on + ACTIVE_WITHIN > reader.today
    if not set_up or too_early or committee.is_dormant(reader.today):
        return []  # a dormant one is to be brought together first
    return [
        reader.task(
            TaskKind.COMMITTEES,
            _("Make the committee active, or say that it ended"),
            day=committee.established_on + ACTIVE_WITHIN,
            is_due=True,
            then=_("It was set up more than 90 days ago, and nobody has said that it works."),
            url=page_of("committee_activate", committee.code),
            **_of(committee),
        )
    ]


def _terms(reader: Reader) -> list[Task]:
    """Seats whose holders' terms end within 60 days, one line for each committee. One query."""
    ending: Any = Appointment.objects.on(reader.today).filter(
        reader.kept("seat__committee"),
        seat__ended_on=None,
        ends_on=None,
        term_ends_on__lte=reader.today + TERM_ENDS_SOON,
    )
    ending = ending.annotate(has_secretary=has_secretary("seat__committee"))
    ending = ending.order_by("term_ends_on", "pk").annotate(committee=F("seat__committee"))
    rows: dict[int, list[Any]] = {}
    for row in ending.values_list("committee", "term_ends_on", "has_secretary", named=True):
        if reader.is_asked(row, row.committee, row.term_ends_on):
            rows.setdefault(row.committee, []).append(row)
    return [
        reader.task(
            TaskKind.COMMITTEES,
            ngettext(
                "Say who follows on %(number)d seat whose term ends",
                "Say who follows on %(number)d seats whose terms end",
                len(own),
            )
            % {"number": len(own)},
            day=own[0].term_ends_on,
            is_due=True,
            then=_("After that day the seat may stand empty, and what its holder knew is lost."),
            url=page_of("committee_detail", reader.committees[key].code),
            **_of(reader.committees[key]),
        )
        for key, own in rows.items()
    ]
