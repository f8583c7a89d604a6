"""What stands at the head of every paper of a workshop, and what must not at high risk.

Paper is passed on and cannot be taken back. So at high risk papers say the month and the area of
the first level only, and never the venue (domain.md §2.7, rule 6).
"""

import datetime
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format

from localities.languages import direction
from localities.models import Locality
from workshops.models import Workshop
from workshops.papers.languages import paper_language
from workshops.states import RiskLevel


@dataclass(frozen=True)
class Head:
    """Made while the paper's language is on (`translation.override`)."""

    workshop: Workshop
    language: str
    dates: str
    place: str
    country: str
    as_of: datetime.date

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, as_of: datetime.date) -> Self:
        return cls(
            workshop=workshop,
            language=paper_language(workshop),
            dates=dates_on_paper(workshop),
            place=str(place_on_paper(workshop)),
            country=str(workshop.locality.country),
            as_of=as_of,
        )

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def is_guarded(self) -> bool:
        return is_guarded(self.workshop)


def is_guarded(workshop: Workshop) -> bool:
    """Whether papers hold back the days, the exact place and every name that is not needed."""
    return workshop.risk_level == RiskLevel.HIGH


def dates_on_paper(workshop: Workshop) -> str:
    first, last = workshop.starts_on, workshop.ends_on
    if is_guarded(workshop):
        return month_of(first)
    if first == last:
        return date_format(first, "DATE_FORMAT")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'DATE_FORMAT')}"
    return f"{date_format(first, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def day_on_paper(workshop: Workshop, day: datetime.date) -> str:
    """A single day that lets the workshop's own days be worked out: the month only at high risk."""
    return month_of(day) if is_guarded(workshop) else date_format(day, "DATE_FORMAT")


def month_of(day: datetime.date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def place_on_paper(workshop: Workshop) -> Locality:
    """The locality, or the area of the first level that holds it."""
    place = workshop.locality
    if not is_guarded(workshop) or place.depth == 1:
        return place
    return Locality.objects.get(path=place.path[: Locality.steplen])
