"""One thing that waits for somebody: what to do, where, since when, and what happens if it waits."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from core.joints import listed
from localities.models import Country, Locality


class TaskKind(models.TextChoices):
    """What a task belongs to: the tabs of the page, in the order of the story."""

    WORKSHOPS = "workshops", _("Workshops")
    COMMITTEES = "committees", _("Committees")
    PLANS = "plans", _("Plans")
    GUIDELINES = "guidelines", _("Guidelines")
    OFFICES = "offices", _("Hand-overs and elections")


# One lazy text for all tasks that say the same.
shared_text = cache(gettext_lazy)


class Later:
    """Words that are put together when somebody reads them. Lighter than a lazy text of Django: there may
    be thousands, of which a page shows 25."""

    __slots__ = ("make", "of")

    def __init__(self, make: Callable[..., str], *of: Any) -> None:
        self.make = make
        self.of = of

    def __str__(self) -> str:
        return self.make(*self.of)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def page_of(name: str, code: str) -> Later:
    """The address of the page of that name about the row of that code."""
    return Later(_address, name, code)


def _address(name: str, code: str) -> str:
    return reverse(name, args=[code])


def office_named(title: str, institution: str | None) -> str:
    """A position as it calls itself (people.models.Position)."""
    return listed([title, institution or ""])


Words = str | Promise | Later


@dataclass(frozen=True, slots=True)
class Task:
    """`day` is when it was or will be due (`is_due`), else since when it waits. `url` is where it is done.

    Of a sort of which there may be thousands the words are lazy: most are counted and never shown."""

    kind: TaskKind
    what: Words  # begins with a verb
    of: Words  # the workshop, committee, plan or office; never a person
    place: Locality | Country
    day: datetime.date
    then: Words  # what happens if it waits, in one sentence
    url: Words
    today: datetime.date
    is_due: bool = False

    def said(self) -> "Task":
        """With its words put together."""
        return replace(self, what=str(self.what), of=str(self.of), then=str(self.then), url=str(self.url))

    @property
    def is_overdue(self) -> bool:
        return self.is_due and self.day < self.today

    @property
    def is_coming(self) -> bool:
        """Due today or later: it can still be done in time."""
        return self.is_due and not self.is_overdue

    @property
    def when(self) -> str:
        day = {"day": date_format(self.day)}
        if self.is_overdue:
            return gettext("Overdue since %(day)s") % day
        if self.is_due:
            return gettext("Due today") if self.day == self.today else gettext("Due on %(day)s") % day
        return gettext("Waits since %(day)s") % day

    @property
    def tone(self) -> str:
        """For components/state.html."""
        return "warn" if self.is_overdue else "" if self.is_coming else "going"

    def lies_in(self, place: Locality | Country) -> bool:
        """Whether it is about that place, or one below it."""
        if isinstance(place, Country):
            own = self.place.pk if isinstance(self.place, Country) else self.place.country_id
            return own == place.pk
        return isinstance(self.place, Locality) and self.place.path.startswith(place.path)
