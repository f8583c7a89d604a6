"""A hand-over from one holder of a position to the next: opened, sent, met, acknowledged (F43, BR15)."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from people.audience import keepers_of
from people.models import Handover, HandoverCause, HandoverItem, Incumbency, Position
from people.models.turnover import OPENS_BEFORE
from people.terms import ending_terms
from people.turnover import holder_term_moved

# What is to be done each time; more lines are added by whoever keeps the hand-over.
CHECKLIST = {
    "pack": gettext_noop("The pack is read and sent to the successor"),
    "papers": gettext_noop("Keys, papers and files are handed over"),
    "commitments": gettext_noop("The open commitments are gone through"),
    "activities": gettext_noop("The activities and their money are gone through"),
    "decisions": gettext_noop("The decisions that are due are gone through"),
    "seats": gettext_noop("The seats on committees are explained, with the day of the next meeting"),
    "access": gettext_noop("The old account's access is removed and the new one's given"),
    "introduced": gettext_noop("The successor is introduced to the committee"),
    "training": gettext_noop("What the successor wants to learn is noted"),
}
# Whoever left longer ago than that is history that is typed in: nobody waits for a hand-over.
LONG_AGO = datetime.timedelta(days=365)
MOST_LINES = 40


class HandoverRefused(Exception):
    """What cannot be written down so, in words; `field` is where to show them."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def open_handover(
    position: Position,
    *,
    cause: str,
    due_on: datetime.date,
    today: datetime.date,
    by: User | None,
    outgoing: Incumbency | None = None,
    incoming: Incumbency | None = None,
    how_ended: str = "",
) -> Handover:
    """Open one, with its checklist, and tell who keeps it. One open a position."""
    Position.objects.select_for_update().get(pk=position.pk)
    if position.handovers.still_open().exists():
        raise HandoverRefused(gettext("A hand-over of this office is open already: go on with that one."))
    handover = Handover.objects.create(
        position=position,
        outgoing=outgoing,
        incoming=incoming,
        cause=cause,
        how_ended=how_ended,
        opened_on=today,
        due_on=due_on,
        updated_by=by,
        is_demo=position.is_demo,
    )
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=handover, order=order, key=key, text=text, is_demo=position.is_demo)
        for order, (key, text) in enumerate(CHECKLIST.items(), start=1)
    )
    record(by, "opened handover", handover, position=position.code, cause=cause)
    text = gettext("A hand-over opened: %(office)s, %(place)s. The office changes hands on %(day)s.")
    tell_keepers(handover, text % words_for(handover), key="opened")
    return handover


def when_left(row: Incumbency, by: User | None) -> None:
    """A holder's time ended: open the hand-over, or let the open one take over the real day."""
    today = timezone.localdate()
    if row.ends_on is None or row.ends_on < today - LONG_AGO:
        return
    position = row.position
    if (handover := position.handovers.still_open().select_for_update().first()) is not None:
        if handover.outgoing_id != row.pk and row.handovers_given.exists():
            return  # the day of somebody earlier was corrected: that office was handed over already
        handover.outgoing, handover.cause = row, HandoverCause.LEFT
        handover.due_on, handover.how_ended = row.ends_on, row.how_ended
        save(handover, by=by)
        record(by, "moved handover", handover, due=str(row.ends_on))
    elif not row.handovers_given.filter(stays_on=None).exists():
        open_handover(
            position,
            cause=HandoverCause.LEFT,
            due_on=row.ends_on,
            today=today,
            by=by,
            outgoing=row,
            how_ended=row.how_ended,
        )


def when_came(row: Incumbency, by: User | None) -> None:
    """Somebody holds the position now: to them it is handed over."""
    if row.ends_on is not None:
        return
    handover = row.position.handovers.still_open().select_for_update().first()
    if handover is None:
        return
    if handover.outgoing_id == row.pk:
        call_off(handover, row, by=by)
        return
    handover.incoming = row
    save(handover, by=by)
    text = gettext(
        "Somebody follows in the office of %(office)s, %(place)s: choose the account of the successor."
    )
    tell_keepers(handover, text % words_for(handover), key=f"came:{row.code}")


def call_off(handover: Handover, row: Incumbency, *, by: User | None) -> None:
    """The end of the time in office was written down by mistake: it is handed over at the end of the term,
    if that is near, or not at all."""
    today = timezone.localdate()
    term = row.term_ends_on
    if term is not None and term <= today + OPENS_BEFORE:
        handover.cause, handover.due_on, handover.how_ended = HandoverCause.TERM_ENDS, term, ""
    else:
        handover.stays_on = today
        handover.stays_reason = gettext("The end of the time in office was taken back.")
    save(handover, by=by)
    record(by, "called off handover", handover, due=str(handover.due_on))


def open_due_handovers(today: datetime.date) -> list[Handover]:
    """Open one for each term that ends within 60 days (BR15). Called once a day."""
    ending = {row.position_id: row for row in reversed(ending_terms(today))}  # of a shared office the first
    return [
        open_handover(
            row.position,
            cause=HandoverCause.TERM_ENDS,
            due_on=row.term_ends_on or today,
            today=today,
            by=None,
            outgoing=row,
        )
        for row in ending.values()
    ]


@transaction.atomic
def name_successor(handover: Handover, *, user: User | None, by: User) -> Handover:
    """Which account takes over; None: nobody is chosen any more."""
    handover = open_one(handover)
    if user is not None and not user.is_active:
        raise HandoverRefused(gettext("This account is closed."), field="email")
    handover.successor = user
    save(handover, by=by)
    record(by, "named successor", handover, account=user.code if user else "")
    if user is not None and handover.pack_sent_on:
        tell_successor(handover)
    return handover


@transaction.atomic
def send_pack(
    handover: Handover, *, on: datetime.date, on_paper: bool, today: datetime.date, by: User
) -> Handover:
    """The pack goes out: to the successor's account, or on paper."""
    handover = open_one(handover)
    if not on_paper and handover.successor is None:
        raise HandoverRefused(
            gettext(
                "Choose the account of the successor first, or say that the pack was handed over on paper."
            ),
            field="how",
        )
    check_day(handover, on, today=today)
    handover.pack_sent_on, handover.pack_on_paper = on, on_paper
    save(handover, by=by)
    handover.items.filter(key="pack", done_on=None).update(done_on=on, done_by=by)
    record(by, "sent handover pack", handover, on_paper=on_paper)
    if not on_paper:
        tell_successor(handover)
    return handover


@transaction.atomic
def plan_meeting(handover: Handover, *, on: datetime.date | None, by: User) -> Handover:
    """The day on which the two are to meet."""
    handover = open_one(handover)
    handover.meets_on = on
    save(handover, by=by)
    record(by, "planned handover meeting", handover, on=str(on or ""))
    return handover


@transaction.atomic
def hold_meeting(
    handover: Handover, *, on: datetime.date, note: str, today: datetime.date, by: User
) -> Handover:
    """The two met: when, and what they agreed."""
    handover = open_one(handover)
    check_day(handover, on, today=today, field="met_on")
    handover.met_on, handover.met_note = on, note
    save(handover, by=by)
    record(by, "held handover meeting", handover, on=str(on))
    return handover


@transaction.atomic
def acknowledge(
    handover: Handover, *, on: datetime.date, on_paper: bool, note: str, today: datetime.date, by: User
) -> Handover:
    """The successor says: I have it. On paper, and `by` typed it in; or with the account of the office."""
    handover = open_one(handover)
    if handover.pack_sent_on is None:
        raise HandoverRefused(gettext("The pack was not sent yet. Send it first: nobody takes over unread."))
    if on < handover.pack_sent_on:
        raise HandoverRefused(gettext("The pack was sent later than that day."), field="on")
    check_day(handover, on, today=today, field="on")
    handover.acknowledged_on, handover.acknowledged_by = on, by
    handover.acknowledged_on_paper, handover.acknowledged_note = on_paper, note
    save(handover, by=by)
    record(by, "acknowledged handover", handover, on_paper=on_paper)
    text = gettext("The successor acknowledged the hand-over: %(office)s, %(place)s.")
    tell_keepers(handover, text % words_for(handover), key="acknowledged")
    return handover


@transaction.atomic
def let_stay(
    handover: Handover, *, reason: str, term_ends_on: datetime.date | None, today: datetime.date, by: User
) -> Handover:
    """Nothing changes hands: elected again, or the term was prolonged."""
    handover = open_one(handover)
    if term_ends_on and term_ends_on <= handover.due_on:
        raise HandoverRefused(
            gettext("The new term has to end after the old one, %(day)s.")
            % {"day": date_format(handover.due_on)},
            field="term_ends_on",
        )
    handover.stays_on, handover.stays_reason = today, reason
    save(handover, by=by)
    holds = handover.position.incumbencies.current().order_by("-starts_on", "-pk").first()
    if holds is not None and (term_ends_on or holds.pk == handover.outgoing_id):
        holds.term_ends_on = term_ends_on
        holds.save(update_fields=["term_ends_on", "updated_at"])
        holder_term_moved(holds, by=by)
    record(by, "closed handover, the holder stays", handover, term=str(term_ends_on or ""))
    return handover


def tick(item: HandoverItem, *, on: datetime.date, note: str, today: datetime.date, by: User) -> None:
    """This line is done."""
    if on > today:
        raise HandoverRefused(gettext("That day is still to come."), field="done_on")
    item.done_on, item.done_by, item.note = on, by, note
    item.save(update_fields=["done_on", "done_by", "note"])


def untick(item: HandoverItem) -> None:
    """It was not done after all."""
    item.done_on = item.done_by = None
    item.save(update_fields=["done_on", "done_by"])


@transaction.atomic
def add_line(handover: Handover, *, text: str) -> HandoverItem:
    """A line of one's own at the end of the checklist."""
    Handover.objects.select_for_update().get(pk=handover.pk)
    lines = handover.items.aggregate(last=Max("order"))
    if handover.items.count() >= MOST_LINES:
        raise HandoverRefused(
            gettext("A checklist holds %(most)s lines at most.") % {"most": MOST_LINES}, field="text"
        )
    return handover.items.create(order=(lines["last"] or 0) + 1, text=text, is_demo=handover.is_demo)


def open_one(handover: Handover) -> Handover:
    """The hand-over as it stands now, locked, if it is open still. Two may act at the same moment."""
    rows = Handover.objects.select_for_update(of=("self",)).select_related(
        "position__organization", "position__locality", "successor"
    )
    handover = rows.get(pk=handover.pk)
    if handover.acknowledged_on:
        raise HandoverRefused(
            gettext("This hand-over was acknowledged on %(day)s: it is closed.")
            % {"day": date_format(handover.acknowledged_on)}
        )
    if handover.stays_on:
        raise HandoverRefused(gettext("This hand-over is closed: the holder stays."))
    return handover


def check_day(
    handover: Handover, day: datetime.date, *, today: datetime.date, field: str = "sent_on"
) -> None:
    """Neither still to come nor from before there was anything to hand over."""
    if day > today:
        raise HandoverRefused(gettext("That day is still to come."), field=field)
    first = min(handover.opened_on, handover.due_on) - OPENS_BEFORE
    if day < first:
        raise HandoverRefused(
            gettext("That day lies before this hand-over: %(day)s is the earliest.")
            % {"day": date_format(first)},
            field=field,
        )


def save(handover: Handover, *, by: User | None) -> None:
    handover.row_version += 1
    handover.updated_by = by
    handover.save()


def words_for(handover: Handover) -> dict[str, str]:
    """Office, place and day: never who holds it."""
    position = handover.position
    return {"office": str(position), "place": str(position.locality), "day": date_format(handover.due_on)}


def tell_keepers(handover: Handover, text: str, *, key: str) -> None:
    notify(
        keepers_of(handover.position),
        kind=NoticeKind.HANDOVER,
        text=text,
        subject=handover.code,
        address=handover.get_absolute_url(),
        key=f"handover-{key}:{handover.code}",
    )


def tell_successor(handover: Handover) -> None:
    """The pack waits for the account that takes over. Told once an account."""
    text = gettext(
        "The hand-over pack of an office waits for you: %(office)s, %(place)s. Read it and acknowledge it."
    )
    notify(
        [handover.successor] if handover.successor else [],
        kind=NoticeKind.HANDOVER,
        text=text % words_for(handover),
        subject=handover.code,
        address=handover.get_absolute_url(),
        key=f"handover-sent:{handover.code}",
    )
