"""Who sits on a seat, from when to when. Two appointments of one seat never overlap.

Every write holds the row of the seat, so that two who write at the same moment come one after the other,
and leaves an audit line of codes.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from committees.models import Appointment, HowAppointmentEnded, Seat
from committees.states import CommitteeState, months_later
from core.refusals import FieldRefused
from people.models import AgeBand, Incumbency, Person, Sex
from workshops.models import Disability

# Nobody is appointed, and no term agreed, further ahead than this.
AHEAD_MONTHS = 12
FIRST_YEAR = 1950
LONGEST_TERM_MONTHS = 12 * 15


class AppointmentRefused(FieldRefused):
    """The appointment cannot be so."""


@dataclass(frozen=True)
class AppointmentValues:
    """What is written down of somebody's time on a seat. Sex, age and disability are counted, with or
    without a name; left open, they are taken from the registration of the person."""

    starts_on: datetime.date
    ends_on: datetime.date | None = None
    how_ended: str = ""
    term_ends_on: datetime.date | None = None
    person: Person | None = None
    incumbency: Incumbency | None = None
    sex: str = Sex.UNSTATED
    age_band: str = AgeBand.UNSTATED
    disability: str = Disability.UNSTATED


@transaction.atomic
def appoint(
    seat: Seat, values: AppointmentValues, *, by: User, today: datetime.date, replaces: str = ""
) -> Appointment:
    """Somebody sits on the seat from a day on. `replaces` says how the time of who sits there ended: on
    the day on which the next begins."""
    row = held(seat)
    if replaces:
        end_before(row, on=values.starts_on, how=replaces)
    appointment = Appointment(seat=row, is_demo=row.is_demo, recorded_by=by)
    fill(appointment, values, today=today)
    appointment.save()
    record(by, "appointed", row.committee, seat=row.code, appointment=appointment.code)
    return appointment


@transaction.atomic
def change_appointment(
    appointment: Appointment, values: AppointmentValues, *, by: User, today: datetime.date
) -> Appointment:
    """Correct the days or the counts."""
    row = held(appointment.seat)
    refuse_if_gone(appointment)
    fill(appointment, values, today=today)
    appointment.save()
    record(by, "changed appointment", row.committee, seat=row.code, appointment=appointment.code)
    return appointment


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, ends_on: datetime.date, how_ended: str, by: User, today: datetime.date
) -> Appointment:
    """Whoever sat there sits there no more from that day on: the seat is vacant until the next comes."""
    row = held(appointment.seat)
    refuse_if_gone(appointment)
    appointment.ends_on, appointment.how_ended = ends_on, how_ended
    refuse_days(appointment, today=today)
    appointment.save()
    record(by, "ended appointment", row.committee, seat=row.code, how=how_ended)
    return appointment


@transaction.atomic
def take_back(appointment: Appointment, *, by: User) -> None:
    """It was written down by mistake."""
    row = held(appointment.seat)
    record(by, "took back appointment", row.committee, seat=row.code, appointment=appointment.code)
    appointment.delete()


def end_sittings(appointments: QuerySet[Appointment], *, on: datetime.date) -> dict[str, str]:
    """The seats end on that day, and so does the time of who sits there. Answers how each stood before, by
    its code: the last day that was agreed, or nothing. From it the end can be taken back."""
    ending = appointments.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    before = {code: day.isoformat() if day else "" for code, day in ending.values_list("code", "ends_on")}
    appointments.filter(ends_on__gt=on).update(ends_on=on)
    appointments.filter(ends_on=None).update(ends_on=on, how_ended=HowAppointmentEnded.SEAT_ENDED)
    return before


def held(seat: Seat) -> Seat:
    """The seat, locked. Nothing changes on one that ended with its committee."""
    row = Seat.objects.select_for_update(of=("self",)).select_related("committee__locality").get(pk=seat.pk)
    if row.committee.state == CommitteeState.DISSOLVED:
        raise AppointmentRefused(None, gettext("The committee was dissolved: its seats stay as they were."))
    return row


def refuse_if_gone(appointment: Appointment) -> None:
    """What somebody took back meanwhile does not come back by being saved."""
    if not Appointment.objects.filter(pk=appointment.pk).exists():
        raise AppointmentRefused(None, gettext("Somebody took this back while you were here."))


def end_before(seat: Seat, *, on: datetime.date, how: str) -> None:
    """End the time of who sits there still, on the day on which the next begins."""
    for other in seat.appointments.filter(ends_on=None):
        if other.starts_on > on:
            words = gettext(
                "Who sits there now came on %(day)s, later than that day. Correct one of the two."
            )
            raise AppointmentRefused("starts_on", words % {"day": date_format(other.starts_on)})
        other.ends_on, other.how_ended = on, how
        other.save()


def fill(appointment: Appointment, values: AppointmentValues, *, today: datetime.date) -> None:
    appointment.starts_on, appointment.term_ends_on = values.starts_on, values.term_ends_on
    appointment.ends_on = values.ends_on
    appointment.how_ended = (values.how_ended or HowAppointmentEnded.UNKNOWN) if values.ends_on else ""
    appointment.incumbency = values.incumbency
    appointment.person = values.person or (values.incumbency.person if values.incumbency else None)
    known = appointment.person
    appointment.sex = values.sex if values.sex != Sex.UNSTATED or known is None else known.sex
    appointment.age_band = (
        values.age_band if values.age_band != AgeBand.UNSTATED or known is None else known.age_band
    )
    appointment.disability = values.disability
    refuse_days(appointment, today=today)


def refuse_days(appointment: Appointment, *, today: datetime.date) -> None:
    """Days that cannot be, in words; then the days of others on the same seat."""
    seat, starts_on, ends_on = appointment.seat, appointment.starts_on, appointment.ends_on
    if ends_on and ends_on < starts_on:
        raise AppointmentRefused("ends_on", gettext("The last day lies before the first."))
    if appointment.term_ends_on and appointment.term_ends_on < starts_on:
        raise AppointmentRefused("term_ends_on", gettext("The term ends before it begins."))
    refuse_far_ahead(appointment, today=today)
    since = seat.since or seat.committee.established_on
    if since and starts_on < since:
        words = gettext("The seat is there since %(day)s: nobody sat on it before.")
        raise AppointmentRefused("starts_on", words % {"day": date_format(since)})
    if seat.ended_on and starts_on > seat.ended_on:
        words = gettext("The seat ended on %(day)s: nobody came after.")
        raise AppointmentRefused("starts_on", words % {"day": date_format(seat.ended_on)})
    if seat.ended_on and (ends_on is None or ends_on > seat.ended_on):
        words = gettext("The seat ended on %(day)s: so did the time of who sat there.")
        raise AppointmentRefused("ends_on", words % {"day": date_format(seat.ended_on)})
    refuse_overlap(appointment)
    first = appointment.incumbency.starts_on if appointment.incumbency else None
    if first and starts_on < first:
        words = gettext("The office is held since %(day)s: nobody sat by this office before.")
        raise AppointmentRefused("starts_on", words % {"day": date_format(first)})


def refuse_far_ahead(appointment: Appointment, *, today: datetime.date) -> None:
    """A year typed wrongly is noticed here."""
    if appointment.starts_on.year < FIRST_YEAR:
        raise AppointmentRefused("starts_on", gettext("Look at the year again."))
    soon = months_later(today, AHEAD_MONTHS)
    for field, day in (("starts_on", appointment.starts_on), ("ends_on", appointment.ends_on)):
        if day and day > soon:
            raise AppointmentRefused(field, gettext("This day is more than a year ahead. Check the year."))
    if appointment.term_ends_on and appointment.term_ends_on > months_later(today, LONGEST_TERM_MONTHS):
        raise AppointmentRefused(
            "term_ends_on", gettext("This day is more than fifteen years ahead. Check the year.")
        )


def refuse_overlap(appointment: Appointment) -> None:
    """Nobody else sat there in these days. The last day of one may be the first of the next."""
    others = appointment.seat.appointments.exclude(pk=appointment.pk)
    others = others.filter(Q(ends_on=None) | Q(ends_on__gt=appointment.starts_on))
    if appointment.ends_on:
        others = others.filter(starts_on__lt=appointment.ends_on)
    if twin := others.order_by("starts_on").first():
        words = gettext("Somebody else sits or sat there %(days)s: the days overlap.")
        raise AppointmentRefused("starts_on", words % {"days": days_of(twin)})


def days_of(appointment: Appointment) -> str:
    """The days in words: “2 March 2024 to 5 May 2026”, “since 2 March 2024”."""
    first = date_format(appointment.starts_on)
    if appointment.ends_on is None:
        return gettext("since %(first)s") % {"first": first}
    return gettext("%(first)s to %(last)s") % {"first": first, "last": date_format(appointment.ends_on)}
