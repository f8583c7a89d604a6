"""What comes next: the days of the next three months, in order, from every part of the work."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from committees.models import Committee, Meeting
from people.models import Election
from plans.models import ActivityState, ReportingPeriod

AHEAD = datetime.timedelta(days=90)
OVER = [ActivityState.DONE, ActivityState.DROPPED]


@dataclass(frozen=True)
class Coming:
    """One day: what happens, in a word; of what; where."""

    day: datetime.date
    what: str
    text: str
    where: str
    url: str


@dataclass(frozen=True)
class Window:
    """From today on, for 90 days."""

    today: datetime.date

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        return self.today, self.today + AHEAD

    def holds(self, day: datetime.date | None) -> bool:
        return day is not None and self.today <= day <= self.today + AHEAD


def in_order(*parts: Iterable[Coming]) -> list[Coming]:
    """All of them by day; what falls on one day in the order of the parts."""
    return sorted((each for part in parts for each in part), key=lambda each: each.day)


def promised(commitments: Iterable[Any], window: Window) -> Iterator[Coming]:
    for row in commitments:
        if row.is_open and window.holds(row.due_on):
            where = str(row.owner)
            yield Coming(row.due_on, gettext("Commitment due"), row.text, where, row.get_absolute_url())


def decided(decisions: Iterable[Any], window: Window) -> Iterator[Coming]:
    for row in decisions:
        if row.is_open and window.holds(row.due_on):
            where = str(row.meeting.committee)
            yield Coming(row.due_on, gettext("Decision due"), row.text, where, row.get_absolute_url())


def planned(activities: Iterable[Any], window: Window) -> Iterator[Coming]:
    for row in activities:
        if row.state in OVER:
            continue
        where, url = str(row.plan), row.get_absolute_url()
        if window.holds(row.starts_on) and row.state == ActivityState.PLANNED:
            yield Coming(row.starts_on, gettext("Activity begins"), row.text, where, url)
        if window.holds(row.ends_on):
            yield Coming(row.ends_on, gettext("Activity ends"), row.text, where, url)


def reported(plans: Iterable[Any], window: Window) -> Iterator[Coming]:
    """Reports that fall due, and plans that end."""
    known = {plan.pk: plan for plan in plans}
    periods = ReportingPeriod.objects.filter(plan__in=known, due_on__range=window.days)
    for period in periods.order_by("due_on", "pk"):
        plan = known[period.plan_id]
        if plan.is_in_force:
            text = gettext("Report on %(period)s") % {"period": period.label}
            yield Coming(period.due_on, gettext("Report due"), text, str(plan), plan.get_absolute_url())
    for plan in known.values():
        if window.holds(plan.period_end):
            yield Coming(
                plan.period_end, gettext("Plan ends"), str(plan), str(plan.committee), plan.get_absolute_url()
            )


def meetings(committees: Iterable[Committee], window: Window) -> Iterator[Coming]:
    """Meetings that are planned; for a committee without one, the day by which it has to meet."""
    known = {committee.pk: committee for committee in committees}
    rows = Meeting.objects.planned().filter(committee__in=known, day__range=window.days).order_by("day", "pk")
    for meeting in rows:
        committee = known[meeting.committee_id]
        url = meeting.get_absolute_url()
        yield Coming(meeting.day, gettext("Meeting"), str(meeting), str(committee), url)
    for committee in known.values():
        due = committee.meeting_due_on()
        if due and window.holds(due) and not any(row.committee_id == committee.pk for row in rows):
            text = gettext("No meeting is planned yet")
            yield Coming(due, gettext("Next meeting due"), text, str(committee), committee.get_absolute_url())


def instruments(integrations: Iterable[Any], window: Window) -> Iterator[Coming]:
    for row in integrations:
        if window.holds(row.entry_point_on):
            where = row.get_host_kind_display()
            yield Coming(
                row.entry_point_on, gettext("Entry point"), row.host_plan, where, row.get_absolute_url()
            )


def elections(found: QuerySet[Election], window: Window) -> Iterator[Coming]:
    for row in found.coming(window.today).filter(held_on__range=window.days):  # type: ignore[attr-defined]
        yield Coming(row.held_on, gettext("Election"), row.title, row.offices, row.get_absolute_url())
