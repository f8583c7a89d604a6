"""How far a hand-over is: its line of stages, its checklist, the accounts of the office."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q
from django.utils.translation import gettext

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee, CommitteeAccess
from committees.rules import can_give_committee_access
from people.audience import KEEPING
from people.models import Handover, HandoverItem, HandoverStage, Position

TONES = {
    HandoverStage.OPEN: "",
    HandoverStage.PACK_SENT: "going",
    HandoverStage.MET: "going",
    HandoverStage.ACKNOWLEDGED: "done",
    HandoverStage.STAYS: "",
}


@dataclass(frozen=True)
class HandoverRow:
    """One line of the list."""

    handover: Handover
    is_overdue: bool
    days_late: int

    @property
    def label(self) -> str:
        return gettext("Overdue") if self.is_overdue else str(self.handover.stage.label)

    @property
    def tone(self) -> str:
        return "stop" if self.is_overdue else TONES[self.handover.stage]

    @classmethod
    def from_handovers(cls, rows: Iterable[Handover], *, today: datetime.date) -> list[Self]:
        return [cls(row, row.is_overdue(today), max((today - row.due_on).days, 0)) for row in rows]


@dataclass(frozen=True)
class Stage:
    """One step of the line, the day on which it was reached, and whether it is the next one to take."""

    label: str
    day: datetime.date | None
    is_current: bool
    note: str = ""


@dataclass(frozen=True)
class OfficeAccount:
    """An account that works for a committee of the office: named to who knows it, else by its code."""

    access: CommitteeAccess
    label: str
    may_remove: bool


@dataclass(frozen=True)
class SeatedCommittee:
    """A committee on which the office sits, and what the reader may do there."""

    committee: Committee
    may_give_access: bool
    may_plan: bool


@dataclass(frozen=True)
class HandoverSheet:
    handover: Handover
    stages: list[Stage]
    items: list[HandoverItem]
    is_overdue: bool
    days_late: int
    successor: str
    successor_works: bool  # for a committee of the office already
    committees: list[SeatedCommittee]
    accounts: list[OfficeAccount]

    @property
    def done(self) -> int:
        return sum(item.done_on is not None for item in self.items)

    @classmethod
    def from_handover(cls, handover: Handover, *, user: User, today: datetime.date) -> Self:
        seated = committees_of(handover.position, user=user)
        accesses = accesses_of(handover.position, seated)
        known = known_to(user, [row.user_id for row in accesses] + [handover.successor_id])
        kept = kept_by(user, seated)
        successor = handover.successor
        return cls(
            handover=handover,
            stages=stages_of(handover),
            items=list(handover.items.all()),
            is_overdue=handover.is_overdue(today),
            days_late=max((today - handover.due_on).days, 0),
            successor=name_for(successor, known) if successor else "",
            successor_works=any(row.user_id == handover.successor_id for row in accesses),
            committees=[
                SeatedCommittee(row, can_give_committee_access(user, row), row.pk in kept) for row in seated
            ],
            accounts=[
                OfficeAccount(row, name_for(row.user, known), can_give_committee_access(user, row.committee))
                for row in accesses
                if row.seat is not None
                and row.seat.position_id == handover.position_id
                and row.user_id != handover.successor_id
            ],
        )


def stages_of(handover: Handover) -> list[Stage]:
    """Opened, pack sent, met, acknowledged. A meeting may be left out: the word of the successor counts."""
    is_done = not handover.is_open
    planned = handover.meets_on if handover.met_on is None else None
    return [
        Stage(gettext("Opened"), handover.opened_on, False),
        Stage(
            gettext("Pack sent"),
            handover.pack_sent_on,
            not is_done and handover.pack_sent_on is None,
            gettext("on paper") if handover.pack_on_paper else "",
        ),
        Stage(
            gettext("Meeting held"),
            handover.met_on or planned,
            not is_done and handover.pack_sent_on is not None and handover.met_on is None,
            gettext("planned") if planned else "",
        ),
        Stage(
            gettext("Acknowledged"),
            handover.acknowledged_on,
            not is_done and handover.pack_sent_on is not None and handover.met_on is not None,
            gettext("signed on paper") if handover.acknowledged_on_paper else "",
        ),
    ]


def committees_of(position: Position, *, user: User) -> list[Committee]:
    """Those on which it sits now, as far as the reader sees them."""
    seats = position.seats.filter(ended_on=None).values("committee")
    return list(Committee.objects.visible_to(user).filter(pk__in=seats).for_list())


def kept_by(user: User, committees: list[Committee]) -> set[int]:
    """Of these, those whose meetings the reader may plan (committees.rules.can_keep_committee, as a set)."""
    own = Q(access__user=user, access__role__in=KEEPING)
    kept = Committee.objects.working().filter(user.scope.rows(Capability.KEEP_COMMITTEES) | own)
    return set(kept.filter(pk__in=[row.pk for row in committees]).values_list("pk", flat=True))


def accesses_of(position: Position, committees: list[Committee]) -> list[CommitteeAccess]:
    rows = CommitteeAccess.objects.filter(committee__in=committees, user__is_active=True)
    return list(rows.select_related("user", "committee__locality", "seat").order_by("pk"))


def known_to(user: User, accounts: Iterable[int | None]) -> set[int]:
    """Of these accounts, those whose name `user` may read: colleagues of a committee, and the accounts
    that he or she gives access to."""
    mine = Committee.objects.giving_access_to(user).values("pk")
    colleagues = Q(pk__in=CommitteeAccess.objects.filter(committee__in=mine).values("user"))
    given = Q(pk__in=User.objects.visible_to(user).values("pk"))
    rows = User.objects.filter(colleagues | given | Q(pk=user.pk), pk__in=[pk for pk in accounts if pk])
    return set(rows.values_list("pk", flat=True))


def name_for(account: User, known: set[int]) -> str:
    return str(account) if account.pk in known else account.code


def known_accounts(position: Position, *, user: User) -> list[tuple[Any, str]]:
    """Accounts that work for a committee of the office, each with what it is called for this reader."""
    accesses = accesses_of(position, committees_of(position, user=user))
    known = known_to(user, [row.user_id for row in accesses])
    found: dict[int, tuple[Any, str]] = {}
    for row in accesses:
        label = f"{name_for(row.user, known)} · {row.get_role_display()}, {row.committee}"
        found.setdefault(row.user_id, (row.user, label))
    return list(found.values())
