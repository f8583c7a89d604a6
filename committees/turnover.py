"""Who sits on a committee by office sits as long as the office is held: what follows for seats when an
office changes hands (people.turnover). The seat stays with the position.
"""

import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User, record
from committees.models import Appointment, HowAppointmentEnded, Seat
from committees.states import CommitteeState
from people.models import Incumbency


def seat_left(row: Incumbency, by: User | None) -> None:
    """The holder's time ended: so does every appointment by this office, on the same day. A row without a
    last day is about to be taken back: so is what followed from it."""
    if row.ends_on is None:
        take_back_seats(row, by=by)
        return
    _leave(Appointment.objects.filter(incumbency=row), seats_of(row), row, last=row.ends_on, by=by)


def _leave(
    sitting: QuerySet[Appointment],
    seats: QuerySet[Seat],
    row: Incumbency,
    *,
    last: datetime.date,
    by: User | None,
) -> None:
    sitting = sitting.select_for_update().select_related("seat__committee")
    for appointment in sitting.filter(Q(ends_on=None) | Q(ends_on__gt=last)):
        # Appointed later than the office ended: taken as a sitting of no length, not lost.
        appointment.ends_on = max(last, appointment.starts_on)
        appointment.how_ended = how_of(row)
        appointment.save()
        note_left(appointment, by=by)
    for seat in seats.filter(appointments=None):
        # Held by the office although nobody was written down: from now on it is vacant.
        if not row.position.incumbencies.current().exclude(pk=row.pk).exists():
            begins = [day for day in (row.starts_on, begins_on(seat)) if day]
            first = max(begins, default=last)
            left = seat_by_office(seat, row, starts_on=first, by=by, ends_on=max(first, last))
            note_left(left, by=by)


def take_back_seats(row: Incumbency, *, by: User | None) -> None:
    """Nobody held the office: nobody sat there by it, unless a meeting counted it."""
    for appointment in Appointment.objects.filter(incumbency=row).select_related("seat__committee"):
        seat = appointment.seat
        if appointment.attendance.exists():
            Appointment.objects.filter(pk=appointment.pk).update(incumbency=None)
            continue
        record(by, "took back appointment", seat.committee, seat=seat.code, appointment=appointment.code)
        appointment.delete()


def note_left(appointment: Appointment, *, by: User | None) -> None:
    seat = appointment.seat
    record(by, "left seat with the office", seat.committee, seat=seat.code, how=appointment.how_ended)


def how_of(row: Incumbency) -> str:
    """The same reason in the words of an appointment."""
    known = row.how_ended in HowAppointmentEnded.values
    return row.how_ended if known else HowAppointmentEnded.UNKNOWN


def seat_taken(row: Incumbency, by: User | None) -> None:
    """Somebody holds the office: each current seat of the position that nobody else was sent to is
    theirs from that day on."""
    if row.ends_on is not None:
        return
    for seat in seats_of(row):
        _take(seat, row, by=by)


def _take(seat: Seat, row: Incumbency, *, by: User | None) -> None:
    Seat.objects.select_for_update().get(pk=seat.pk)
    first = first_free_day(seat, row.starts_on or timezone.localdate())
    if first is not None:
        seat_by_office(seat, row, starts_on=first, by=by)


def catch_up(seat: Seat, *, since: datetime.date, by: User) -> None:
    """The seat had ended on that day and is there again, as if it had never ended: what happened to its
    office meanwhile follows now, for this seat alone."""
    if seat.position is None:
        return
    rows = seat.position.incumbencies.filter(Q(starts_on__gte=since) | Q(ends_on__gte=since))
    rows = rows.select_related("person", "position")
    for row in rows.order_by(F("starts_on").asc(nulls_first=True), "pk"):
        if row.ends_on is None:
            _take(seat, row, by=by)
        else:
            seats = Seat.objects.filter(pk=seat.pk).select_related("committee")
            _leave(seat.appointments.filter(incumbency=row), seats, row, last=row.ends_on, by=by)


def seat_term_moved(row: Incumbency, by: User | None) -> None:
    """Elected again, or prolonged: whoever sits by this office sits until the new end of the term."""
    term = row.term_ends_on
    for appointment in Appointment.objects.filter(incumbency=row, ends_on=None).select_related(
        "seat__committee"
    ):
        appointment.term_ends_on = term if term and term >= appointment.starts_on else None
        appointment.save(update_fields=["term_ends_on", "updated_at"])
        seat = appointment.seat
        record(by, "moved term with the office", seat.committee, seat=seat.code, term=str(term or ""))


def seats_of(row: Incumbency) -> QuerySet[Seat]:
    """The seats that the position has now."""
    seats = Seat.objects.current().filter(position=row.position_id)
    return seats.exclude(committee__state=CommitteeState.DISSOLVED).select_related("committee")


def begins_on(seat: Seat) -> datetime.date | None:
    return seat.since or seat.committee.established_on


def first_free_day(seat: Seat, day: datetime.date) -> datetime.date | None:
    """From when on the seat is free, `day` at the earliest; None while somebody sits there still."""
    rows = list(seat.appointments.all())
    if any(each.ends_on is None for each in rows):
        return None
    begins = begins_on(seat)
    ends = [each.ends_on for each in rows if each.ends_on]
    return max([day, *ends, *([begins] if begins else [])])


def seat_by_office(
    seat: Seat,
    row: Incumbency,
    *,
    starts_on: datetime.date,
    by: User | None,
    ends_on: datetime.date | None = None,
) -> Appointment:
    person = row.person
    term = row.term_ends_on
    appointment = Appointment.objects.create(
        seat=seat,
        incumbency=row,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        how_ended=how_of(row) if ends_on else "",
        term_ends_on=term if term and term >= starts_on else None,
        recorded_by=by,
        is_demo=seat.is_demo,
        **({"sex": person.sex, "age_band": person.age_band} if person else {}),
    )
    record(by, "seated by office", seat.committee, seat=seat.code, appointment=appointment.code)
    return appointment
