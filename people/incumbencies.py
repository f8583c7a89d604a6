"""Who holds a position, from when to when. A position outlives its holders, and may be shared."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User, record
from people.models import Election, HowEnded, Incumbency, Person, Position
from people.turnover import holder_came, holder_left, holder_term_moved


class HoldingRefused(Exception):
    """What cannot be written down so, in words; `field` is where to show them."""

    def __init__(self, text: str, *, field: str = "starts_on") -> None:
        super().__init__(text)
        self.field = field


class HeldByAnother(HoldingRefused):
    """Somebody else holds the position still: is it shared, or did their time end?"""


@dataclass(frozen=True)
class Next:
    """Who follows a holder, and until when by law; not named as a rule."""

    starts_on: datetime.date
    term_ends_on: datetime.date | None = None


@transaction.atomic
def hold(
    position: Position,
    *,
    person: Person | None,
    by: User,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    term_ends_on: datetime.date | None = None,
    how_ended: str = "",
    others: str = "",
) -> Incumbency:
    """Write down that `person` (None: somebody who is not named) holds or held the position.

    `others` says what becomes of those who hold it still: "share", "end" (the same day), or "same": it is
    the person who was written down without a name. Raises HeldByAnother when that has to be asked first."""
    Position.objects.select_for_update().get(pk=position.pk)
    row = Incumbency(
        position=position,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        term_ends_on=term_ends_on,
        how_ended=ending(ends_on, how_ended),
        recorded_by=by,
        is_demo=position.is_demo,
    )
    check_dates(row)
    still = list(still_holding(position, person)) if ends_on is None else []
    if still and not others:
        raise HeldByAnother(_("Somebody holds this position still. Is it shared?"), field="others")
    if still and others == "same":
        return name_holder(still, row, by=by)
    for other in still if others == "end" else []:
        hand_over(other, on=starts_on, by=by)
    row.save()
    ended = len(still) if others == "end" else 0
    record(by, "recorded holder", position, person=person.code if person else "", ended=ended)
    if row.ends_on is None:
        holder_came(row, by=by)
    return row


def still_holding(position: Position, person: Person | None) -> list[Incumbency]:
    """Who holds the position now, other than `person`."""
    rows = position.incumbencies.current().select_related("position__locality")
    return [row for row in rows if person is None or row.person_id != person.pk]


def name_holder(still: list[Incumbency], named: Incumbency, *, by: User) -> Incumbency:
    """The one who was written down without a name is known now. The office does not change hands."""
    unnamed = [row for row in still if row.person_id is None]
    if len(unnamed) != 1 or named.person is None:
        raise HoldingRefused(
            _("Nobody, or more than one, was written down without a name: choose another answer."),
            field="others",
        )
    row = unnamed[0]
    row.person = named.person
    row.starts_on = named.starts_on or row.starts_on
    row.term_ends_on = named.term_ends_on or row.term_ends_on
    check_dates(row)
    row.save()
    record(by, "named holder", row.position, holder=row.code, person=named.person.code)
    return row


def hand_over(other: Incumbency, *, on: datetime.date | None, by: User) -> None:
    """End the time of who holds the position still on the day on which the next begins."""
    if on is None:
        raise HoldingRefused(_("Write since when, so that the time of the other can end on that day."))
    if other.starts_on and other.starts_on > on:
        raise HoldingRefused(_("The other holder began later than that day: correct one of the two."))
    other.ends_on, other.how_ended = on, other.how_ended or HowEnded.UNKNOWN
    other.save()
    holder_left(other, by=by)


@transaction.atomic
def change_holding(
    row: Incumbency,
    *,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    how_ended: str,
    by: User,
    term_ends_on: datetime.date | None = None,
) -> Incumbency:
    """Correct the days, or end it. Without a last day the position is held still."""
    Position.objects.select_for_update().get(pk=row.position_id)
    left_on, term = Incumbency.objects.values_list("ends_on", "term_ends_on").get(pk=row.pk)
    row.starts_on, row.ends_on, row.how_ended = starts_on, ends_on, ending(ends_on, how_ended)
    row.term_ends_on = term_ends_on
    check_dates(row)
    row.save()
    record(by, "changed holder", row.position, holder=row.code)
    if ends_on and ends_on != left_on:
        holder_left(row, by=by)
    elif left_on and ends_on is None:
        holder_came(row, by=by)
    elif ends_on is None and term_ends_on != term:
        holder_term_moved(row, by=by)
    return row


@transaction.atomic
def end_holding(
    row: Incumbency,
    *,
    ends_on: datetime.date,
    how_ended: str,
    by: User,
    election: Election | None = None,
    follows: Next | None = None,
) -> Incumbency:
    """End somebody's time in office, by an election or otherwise, and write down who follows, if it is
    known. Returns the row of the next holder, or that of the one who left."""
    Position.objects.select_for_update().get(pk=row.position_id)
    if not Incumbency.objects.filter(pk=row.pk, ends_on=None).exists():
        raise HoldingRefused(_("The end of this time in office was written down already."), field="ends_on")
    if election is not None:
        how_ended = HowEnded.ELECTION
        check_elected(election, ends_on)
    row.ends_on, row.how_ended = ends_on, ending(ends_on, how_ended)
    check_dates(row)
    if follows and follows.starts_on < ends_on:
        raise HoldingRefused(_("The next holder cannot begin before this one left."), field="next_starts_on")
    row.save()
    record(by, "ended holder", row.position, holder=row.code, election=election.code if election else "")
    holder_left(row, by=by)
    if follows is None:
        return row
    return hold(
        row.position,
        person=None,
        by=by,
        starts_on=follows.starts_on,
        term_ends_on=follows.term_ends_on,
        others="share",
    )


def check_elected(election: Election, ends_on: datetime.date) -> None:
    """Nobody leaves office by an election before it was held."""
    if election.held_on and ends_on < election.held_on:
        raise HoldingRefused(
            _("The election was on %(day)s: nobody left office by it before.")
            % {"day": date_format(election.held_on)},
            field="ends_on",
        )


@transaction.atomic
def remove_holding(row: Incumbency, *, by: User) -> None:
    """Take back what was written by mistake. Whoever follows sees a row without a last day: nobody left."""
    Position.objects.select_for_update().get(pk=row.position_id)
    record(by, "removed holder", row.position, holder=row.code)
    if row.ends_on is None:
        holder_left(row, by=by)
    row.delete()


def ending(ends_on: datetime.date | None, how_ended: str) -> str:
    """How it ended, for what ended."""
    return (how_ended or HowEnded.UNKNOWN) if ends_on else ""


def check_dates(row: Incumbency) -> None:
    """The last day not before the first, and no day twice for the same person in the same position."""
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise HoldingRefused(_("The last day lies before the first."), field="ends_on")
    if row.starts_on and row.term_ends_on and row.term_ends_on < row.starts_on:
        raise HoldingRefused(_("The term would end before it began."), field="term_ends_on")
    if row.person is None:
        return  # of two who are not named nobody can say that they are one
    same = Incumbency.objects.filter(position=row.position_id, person=row.person).exclude(pk=row.pk)
    if row.starts_on:
        same = same.filter(Q(ends_on=None) | Q(ends_on__gt=row.starts_on))
    if row.ends_on:
        same = same.filter(Q(starts_on=None) | Q(starts_on__lt=row.ends_on))
    if twin := same.first():
        raise HoldingRefused(
            _("This person holds or held the position already, %(days)s: the days overlap.")
            % {"days": days_of(twin)}
        )


def days_of(row: Incumbency) -> str:
    """The days in words: “2 March 2024 to 5 May 2026”, “since 2 March 2024”."""
    first = date_format(row.starts_on) if row.starts_on else ""
    last = date_format(row.ends_on) if row.ends_on else ""
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if last:
        return _("until %(last)s") % {"last": last}
    return _("since %(first)s") % {"first": first} if first else _("since a day that is not known")
