"""The sign-in sheet: who is registered, a place to sign for each half-day, and room for those who come
without being announced. In the event's language, with English and the other languages beneath."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Self

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.joints import listed
from people.consent import Purpose
from people.models import Consent
from workshops.models import Half, Participation, Workshop
from workshops.papers.heads import Head, is_guarded
from workshops.papers.languages import said_in, second_languages
from workshops.programme import HalfDay, half_days

MOST_COLUMNS = 8  # half-days side by side on a sheet; a longer workshop has several sheets
MOST_BLANK = 200
FOR_THE_UNANNOUNCED = 5  # at least; a list that ends on its first page fills it
# In mm, as the style of the sheet draws it: what a page has for rows with one language beneath the first,
# what each further language takes of it, an empty row, a line of text in a row, and what stands around it.
PAGE, LANGUAGE, LINE, TEXT, AROUND = 118.0, 12.0, 10.4, 3.8, 5.4
LETTERS = 26  # of a position on one line
# What the sheet shows, so that nobody is asked twice; the other purposes are asked at the desk.
PURPOSES = (Purpose.CONTACT, Purpose.NAME_IN_REPORT, Purpose.PHOTO)

TITLE = gettext_lazy("Sign-in sheet")
HEADINGS: dict[str, str | Promise] = {
    "number": gettext_lazy("No."),
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "position": gettext_lazy("Position and category"),
    "agreed": gettext_lazy("Agreed"),
    "signature": gettext_lazy("Signature or mark"),
    "morning": Half.MORNING.label,
    "afternoon": Half.AFTERNOON.label,
    "total": gettext_lazy("Present on this page"),
}


@dataclass(frozen=True)
class Said:
    """A word in the event's language, and small beneath it in the others."""

    first: str
    others: list[tuple[str, str]]  # language, word

    @classmethod
    def of(cls, text: str | Promise, languages: Iterable[str]) -> Self:
        first = str(text)
        said = [(language, said_in(text, language)) for language in languages]
        return cls(first, [(language, word) for language, word in said if word != first])


@dataclass(frozen=True)
class Day:
    """One day's columns."""

    label: str
    date: str
    halves: list[HalfDay]


@dataclass(frozen=True)
class Row:
    """One person, or an empty line; `agreed` is True where an agreement stands already."""

    number: int
    code: str = ""
    name: str = ""
    position: str = ""
    category: str = ""
    agreed: tuple[bool, ...] = (False,) * len(PURPOSES)


@dataclass(frozen=True)
class SignInSheet:
    """`sheet` of `sheets`: all people, and the half-days that stand side by side on it."""

    head: Head
    title: Said
    headings: dict[str, Said]
    purposes: list[Said]
    days: list[Day]
    rows: list[Row]
    sheet: int
    sheets: int
    registered: int
    with_names: bool

    @classmethod
    def from_workshop(
        cls,
        workshop: Workshop,
        *,
        as_of: datetime.date,
        blank: int = 0,
        with_names: bool = True,
        sheet: int = 1,
    ) -> Self:
        """`blank` gives a sheet of that many empty lines and nobody's name on it."""
        groups = sheets_of(workshop)
        number = min(max(sheet, 1), len(groups))
        people = [] if blank else _people(workshop, with_names=with_names)
        others = second_languages(workshop)
        empty = min(blank, MOST_BLANK) or _room_after(people, languages=len(others))
        last = len(people)
        return cls(
            head=Head.from_workshop(workshop, as_of=as_of),
            title=Said.of(TITLE, others),
            headings={key: Said.of(word, others) for key, word in HEADINGS.items()},
            purposes=[Said.of(purpose.label, others) for purpose in PURPOSES],
            days=_days(workshop, groups[number - 1]),
            rows=people + [Row(last + n) for n in range(1, empty + 1)],
            sheet=number,
            sheets=len(groups),
            registered=last,
            with_names=with_names or bool(blank),
        )

    @property
    def columns(self) -> list[HalfDay]:
        return [half for day in self.days for half in day.halves]

    @property
    def letters(self) -> str:
        """What the columns of agreements are called; the words stand under the sheet."""
        return "abc"[: len(self.purposes)]


def sheets_of(workshop: Workshop) -> list[list[HalfDay]]:
    """The half-days of each sheet, as even as can be, a day never cut in two."""
    by_day: dict[datetime.date, list[HalfDay]] = defaultdict(list)
    for half in half_days(workshop, workshop.programme.all()):
        by_day[half.day].append(half)
    days = list(by_day.values()) or [[]]
    sheets = max(ceil(sum(map(len, days)) / MOST_COLUMNS), 1)
    size = ceil(len(days) / sheets)
    return [[half for day in days[at : at + size] for half in day] for at in range(0, len(days), size)]


def _days(workshop: Workshop, halves: list[HalfDay]) -> list[Day]:
    by_day: dict[datetime.date, list[HalfDay]] = defaultdict(list)
    for half in halves:
        by_day[half.day].append(half)
    return [
        Day(
            _("Day %(number)s") % {"number": (day - workshop.starts_on).days + 1},
            "" if is_guarded(workshop) else date_format(day, "j F"),
            found,
        )
        for day, found in by_day.items()
    ]


def _people(workshop: Workshop, *, with_names: bool) -> list[Row]:
    """By name, or by code where no name is to be printed. Two queries."""
    found = list(workshop.participations.select_related("person", "position__organization", "organization"))
    agreed: dict[int, set[str]] = defaultdict(set)
    given = Consent.objects.filter(
        person__participations__workshop=workshop, withdrawn_at=None, purpose__in=PURPOSES
    )
    for person, purpose in given.values_list("person", "purpose"):
        agreed[person].add(purpose)
    found.sort(key=lambda one: one.person.full_name.casefold() if with_names else one.person.code)
    return [
        Row(
            number,
            one.person.code,
            one.person.full_name if with_names else "",
            office_of(one),
            one.get_category_display(),
            tuple(purpose in agreed[one.person_id] for purpose in PURPOSES),
        )
        for number, one in enumerate(found, start=1)
    ]


def _room_after(people: list[Row], *, languages: int) -> int:
    """Empty lines for a page that is not carried half empty to the event."""
    taken = sum(max(LINE, TEXT * ceil(len(row.position) / LETTERS) + AROUND) for row in people)
    left = PAGE - LANGUAGE * max(languages - 1, 0) - taken
    return max(FOR_THE_UNANNOUNCED, int(left // LINE))


def office_of(one: Participation) -> str:
    """Position and organisation as on that day."""
    organization = one.organization or (one.position.organization if one.position else None)
    return listed([one.position.title if one.position else "", organization.name if organization else ""])
