"""How a committee was composed over the years, told from the days of its seats and appointments."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext

from committees.composition import Composition, Side
from committees.models import Appointment, Committee, Seat
from committees.reports.makeup import Count, holds
from people.models import Sex
from workshops.charts import Bar, scaled

LONGEST = 12  # years: more would not be read


@dataclass(frozen=True)
class Place:
    """A seat as it was on a day."""

    side: str
    voting: bool
    is_vacant: bool


@dataclass(frozen=True)
class TrendYear:
    """The composition at the end of a year, or today."""

    label: str
    composition: Composition
    vacant: int
    women: Count
    government: Bar
    civil_society: Bar

    @property
    def women_bar(self) -> Bar | None:
        """Drawn only where the share may be shown."""
        share = self.women.share
        if share is None:
            return None
        return Bar(self.label, self.women.sentence, length=100, part=float(share))


@dataclass(frozen=True)
class Trend:
    years: list[TrendYear]

    @classmethod
    def from_seats(
        cls,
        committee: Committee,
        seats: Sequence[Seat],
        appointments: Iterable[Appointment],
        *,
        threshold: int | None,
        today: datetime.date,
    ) -> Self:
        """Of all seats, those that ended too. No query."""
        by_seat: dict[int, list[Appointment]] = defaultdict(list)
        for each in appointments:
            by_seat[each.seat_id].append(each)
        points = [
            (label, day, places_on(committee, seats, by_seat, day))
            for label, day in days_of(committee, by_seat, today)
        ]
        most = max((Composition.from_seats(places).voting for _, _, places in points), default=0)
        return cls(
            [
                year_of(label, places, sexes_on(by_seat, day), most=most, threshold=threshold)
                for label, day, places in points
            ]
        )

    @property
    def is_told(self) -> bool:
        """One point is no course of years."""
        return len(self.years) > 1


def days_of(
    committee: Committee, by_seat: Mapping[int, Sequence[Appointment]], today: datetime.date
) -> Iterator[tuple[str, datetime.date]]:
    """The last day of each year since it was set up, and today: of a dissolved one its last day."""
    last = committee.dissolved_on - datetime.timedelta(days=1) if committee.dissolved_on else today
    days = [each.starts_on for rows in by_seat.values() for each in rows]
    first = min([*days, *([committee.established_on] if committee.established_on else [])], default=last)
    for year in range(max(first.year, last.year - LONGEST + 1), last.year):
        yield str(year), datetime.date(year, 12, 31)
    yield (date_format(last) if committee.dissolved_on else gettext("Today")), last


def places_on(
    committee: Committee,
    seats: Sequence[Seat],
    by_seat: Mapping[int, Sequence[Appointment]],
    day: datetime.date,
) -> list[Place]:
    """The seats that were there on that day, and whether somebody sat on them."""
    places = []
    for seat in seats:
        since = seat.since or committee.established_on or seat.created_at.date()
        if since > day or (seat.ended_on is not None and seat.ended_on <= day):
            continue
        rows = by_seat.get(seat.pk, [])
        sat = any(each.starts_on <= day for each in rows)
        places.append(Place(seat.side, seat.voting, sat and not any(holds(each, day) for each in rows)))
    return places


def sexes_on(by_seat: Mapping[int, Sequence[Appointment]], day: datetime.date) -> list[str]:
    return [each.sex for rows in by_seat.values() for each in rows if holds(each, day)]


def year_of(
    label: str, places: Sequence[Place], sexes: Sequence[str], *, most: int, threshold: int | None
) -> TrendYear:
    composition = Composition.from_seats(places)
    bars = {
        side: Bar(label, str(number), scaled(number, most), scaled(number, most))
        for side, number in (
            (Side.GOVERNMENT, composition.government),
            (Side.CIVIL_SOCIETY, composition.civil_society),
        )
    }
    return TrendYear(
        label=label,
        composition=composition,
        vacant=sum(place.is_vacant for place in places),
        women=Count.of(gettext("Women"), sexes, Sex.WOMAN, Sex.UNSTATED, threshold=threshold),
        government=bars[Side.GOVERNMENT],
        civil_society=bars[Side.CIVIL_SOCIETY],
    )
