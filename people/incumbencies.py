"""Who holds a position, from when to when. A position outlives its holders, and may be shared."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User, record
from people.models import HowEnded, Incumbency, Person, Position


class HoldingRefused(Exception):
    """What cannot be written down so, in words; `field` is where to show them."""

    def __init__(self, text: str, *, field: str = "starts_on") -> None:
        super().__init__(text)
        self.field = field


class HeldByAnother(HoldingRefused):
    """Somebody else holds the position still: is it shared, or did their time end?"""


def hold(
    position: Position,
    *,
    person: Person,
    by: User,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    how_ended: str = "",
    others: str = "",
) -> Incumbency:
    """Write down that `person` holds or held the position.

    `others` says what becomes of those who hold it still: "share" or "end" (the same day). Raises
    HeldByAnother when that has to be asked first."""
    with transaction.atomic():
        Position.objects.select_for_update().get(pk=position.pk)
        row = Incumbency(
            position=position,
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
            how_ended=ending(ends_on, how_ended),
            recorded_by=by,
            is_demo=position.is_demo,
        )
        check_dates(row)
        still = list(position.incumbencies.current().exclude(person=person)) if ends_on is None else []
        if still and not others:
            raise HeldByAnother(_("Somebody holds this position still. Is it shared?"), field="others")
        if others == "end":
            for other in still:
                hand_over(other, on=starts_on)
        row.save()
        record(
            by, "recorded holder", position, person=person.code, ended=len(still) if others == "end" else 0
        )
    return row


def hand_over(other: Incumbency, *, on: datetime.date | None) -> None:
    """End the time of who holds the position still on the day on which the next begins."""
    if on is None:
        raise HoldingRefused(_("Write since when, so that the time of the other can end on that day."))
    if other.starts_on and other.starts_on > on:
        raise HoldingRefused(_("The other holder began later than that day: correct one of the two."))
    other.ends_on, other.how_ended = on, other.how_ended or HowEnded.UNKNOWN
    other.save()


def change_holding(
    row: Incumbency,
    *,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    how_ended: str,
    by: User,
) -> Incumbency:
    """Correct the days, or end it. Without a last day the position is held still."""
    with transaction.atomic():
        Position.objects.select_for_update().get(pk=row.position_id)
        row.starts_on, row.ends_on, row.how_ended = starts_on, ends_on, ending(ends_on, how_ended)
        check_dates(row)
        row.save()
        record(by, "changed holder", row.position, holder=row.code)
    return row


def remove_holding(row: Incumbency, *, by: User) -> None:
    """Take back what was written by mistake."""
    with transaction.atomic():
        record(by, "removed holder", row.position, holder=row.code)
        row.delete()


def ending(ends_on: datetime.date | None, how_ended: str) -> str:
    """How it ended, for what ended."""
    return (how_ended or HowEnded.UNKNOWN) if ends_on else ""


def check_dates(row: Incumbency) -> None:
    """The last day not before the first, and no day twice for the same person in the same position."""
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise HoldingRefused(_("The last day lies before the first."), field="ends_on")
    same = Incumbency.objects.filter(position=row.position_id, person=row.person_id).exclude(pk=row.pk)
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
