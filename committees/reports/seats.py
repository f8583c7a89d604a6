"""Seats as pages show them: filled by whom, in which way and since when. Names only on the page of a seat."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User
from committees.models import Appointment, Committee, Seat
from committees.reports.makeup import holds
from committees.rules import access_of
from committees.services.appointments import days_of
from people.consent import Purpose
from people.models import Consent, Person

SOON = datetime.timedelta(days=60)  # BR15: as long before the end as a hand-over opens


@dataclass(frozen=True)
class SeatLine:
    """One seat with its appointments, the last first."""

    seat: Seat
    appointments: list[Appointment]
    current: Appointment | None
    today: datetime.date

    @classmethod
    def from_seats(
        cls, seats: Iterable[Seat], appointments: Iterable[Appointment], *, today: datetime.date
    ) -> list[Self]:
        """No query."""
        by_seat: dict[int, list[Appointment]] = defaultdict(list)
        for each in appointments:
            by_seat[each.seat_id].append(each)
        return [
            cls(
                seat,
                by_seat[seat.pk],
                next((each for each in by_seat[seat.pk] if holds(each, today)), None),
                today,
            )
            for seat in seats
        ]

    @property
    def is_vacant(self) -> bool:
        return self.current is None and any(each.starts_on <= self.today for each in self.appointments)

    @property
    def label(self) -> str:
        if self.current is None:
            return gettext("Vacant") if self.is_vacant else gettext("Held by its office")
        return gettext("Filled by office") if self.current.incumbency_id else gettext("Filled")

    @property
    def tone(self) -> str:
        if self.is_vacant:
            return "warn"
        return "done" if self.current else ""

    @property
    def note(self) -> str:
        """Since when, until when, or that nobody was written down."""
        if self.current is None:
            ended = [
                each.ends_on for each in self.appointments if each.ends_on and each.ends_on <= self.today
            ]
            if self.is_vacant and ended:
                return gettext("since %(first)s") % {"first": date_format(max(ended))}
            return gettext("nobody is written down") if not self.appointments else ""
        days = days_of(self.current)
        if self.term_is_over:
            return gettext("%(days)s, the term ended on %(day)s") % {"days": days, "day": self.term}
        if self.term_ends_soon:
            return gettext("%(days)s, the term ends on %(day)s") % {"days": days, "day": self.term}
        return days

    @property
    def term(self) -> str:
        return date_format(self.current.term_ends_on) if self.current and self.current.term_ends_on else ""

    @property
    def term_is_over(self) -> bool:
        ends = self.current.term_ends_on if self.current else None
        return ends is not None and ends <= self.today

    @property
    def term_ends_soon(self) -> bool:
        ends = self.current.term_ends_on if self.current else None
        return ends is not None and self.today < ends <= self.today + SOON


@dataclass(frozen=True)
class AppointmentLine:
    """Somebody's time on a seat; the name only for who may read it."""

    appointment: Appointment
    days: str
    name: str
    today: datetime.date

    @classmethod
    def from_rows(
        cls, rows: Sequence[Appointment], committee: Committee, *, user: User, today: datetime.date
    ) -> list[Self]:
        names = names_for(rows, committee, user=user)
        return [cls(row, days_of(row), names.get(row.person_id or 0, ""), today) for row in rows]

    @property
    def is_current(self) -> bool:
        return holds(self.appointment, self.today)


def names_for(rows: Iterable[Appointment], committee: Committee, *, user: User) -> dict[int, str]:
    """By key of the person. Whoever runs a workshop in which she is registered reads her name; whoever
    works for the committee, if she agreed that it is shown to the committee."""
    keys = {row.person_id for row in rows if row.person_id}
    if not keys:
        return {}
    people = {person.pk: person for person in Person.objects.visible_to(user).filter(pk__in=keys)}
    if access_of(user, committee) is not None:
        agreed = Consent.objects.filter(
            person__in=keys, purpose=Purpose.SHOW_TO_COMMITTEE, withdrawn_at=None
        ).values("person")
        people |= {person.pk: person for person in Person.objects.filter(pk__in=agreed)}
    return {pk: person.full_name for pk, person in people.items()}
