"""Certificates of attendance: one page each, for those who were there."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.models import Participation, Workshop
from workshops.papers.heads import Head
from workshops.papers.programmes import Programme
from workshops.programme import half_days

A_PART = 100  # certificates in one file
FEWEST_SIGNATURES, MOST_SIGNATURES = 2, 3


class Who(StrEnum):
    """For whom certificates are printed."""

    HALF = "half"  # present for at least half of the half-days
    ANY = "any"  # present at all


@dataclass(frozen=True)
class Certificate:
    """One person's."""

    name: str
    code: str
    presence: str


@dataclass(frozen=True)
class Certificates:
    """Those of one file, with how many there are in all."""

    head: Head
    certificates: list[Certificate]
    hours: str
    signatures: range
    total: int
    part: int

    @classmethod
    def from_workshop(
        cls, workshop: Workshop, *, as_of: datetime.date, who: Who = Who.HALF, person: str = "", part: int = 1
    ) -> Self:
        found = recipients(workshop, who=Who.ANY if person else who)
        if person:
            found = [one for one in found if one.person.code == person]
        parts = parts_of(len(found))
        part = min(max(part, 1), parts)
        shown = found[(part - 1) * A_PART : part * A_PART]
        halves = len(half_days(workshop, workshop.programme.all()))
        lines = min(max(workshop.facilitators.count(), FEWEST_SIGNATURES), MOST_SIGNATURES)
        programme = Programme.from_workshop(workshop, as_of=as_of)
        return cls(
            head=Head.from_workshop(workshop, as_of=as_of),
            certificates=[
                Certificate(one.person.full_name, one.person.code, presence(one.half_days, halves))
                for one in shown
            ],
            hours=programme.time if programme.minutes else "",
            signatures=range(lines),
            total=len(found),
            part=part,
        )


def recipients(workshop: Workshop, *, who: Who) -> list[Participation]:
    """Those present for long enough, by name. One query for the people, one for the programme."""
    halves = len(half_days(workshop, workshop.programme.all()))
    fewest = (halves + 1) // 2 if who == Who.HALF else 1
    rows = workshop.participations.select_related("person").with_half_days()
    found = [one for one in rows if one.half_days >= max(fewest, 1)]
    return sorted(found, key=lambda one: one.person.full_name.casefold())


def parts_of(number: int) -> int:
    """How many files so many certificates take."""
    return max(-(-number // A_PART), 1)


def presence(present: int, halves: int) -> str:
    """For how much of it; attendance of a half-day that was taken off the programme still counts."""
    whole = max(present, halves)
    return (
        ngettext(
            "present for %(present)s of %(whole)s half-day",
            "present for %(present)s of %(whole)s half-days",
            whole,
        )
        % {"present": present, "whole": whole}
        if present < whole
        else _("present from beginning to end")
    )
