"""One thing that waits for somebody: what to do, where, since when, and what happens if it waits."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from localities.models import Country, Locality


class TaskKind(models.TextChoices):
    """What a task belongs to: the tabs of the page, in the order of the story."""

    WORKSHOPS = "workshops", _("Workshops")
    COMMITTEES = "committees", _("Committees")
    PLANS = "plans", _("Plans")
    GUIDELINES = "guidelines", _("Guidelines")
    OFFICES = "offices", _("Hand-overs and elections")


@dataclass(frozen=True)
class Task:
    """`day` is when it was or will be due (`is_due`), else since when it waits. `url` is where it is done."""

    kind: TaskKind
    what: str  # begins with a verb
    of: str  # the workshop, committee, plan or office; never a person
    place: Locality | Country
    day: datetime.date
    then: str  # what happens if it waits, in one sentence
    url: str
    today: datetime.date
    is_due: bool = False

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
