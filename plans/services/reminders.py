"""Reminders of overdue updates, climbing from who reports to the secretary and the coordinator.

Each is a notice, on the site at once and in the digest of the day; nobody is asked twice for the same
quarter at the same level.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.models import Assignment, NoticeKind, User
from accounts.notices import notify
from accounts.roles import Capability, Role
from committees.models import CommitteeAccess
from plans.models import LocalActionPlan, Reminder, ReminderLevel
from plans.reports.overdue import OverdueQuarter, overdue
from plans.states import REPORTING_STATES

# Days after the quarter was due. The quarter locks 45 days after it was due: each level has two weeks.
CLIMBS_AFTER: dict[ReminderLevel, datetime.timedelta] = {
    ReminderLevel.OWNER: datetime.timedelta(days=0),
    ReminderLevel.SECRETARY: datetime.timedelta(days=14),
    ReminderLevel.COORDINATOR: datetime.timedelta(days=30),
}


# What the higher levels read of those below.
ASKED_BEFORE = {
    ReminderLevel.SECRETARY: gettext_lazy(
        "Those who report were asked two weeks ago: please write it with them."
    ),
    ReminderLevel.COORDINATOR: gettext_lazy("The committee was asked twice: please find out what it needs."),
}


@dataclass(frozen=True)
class Ask:
    """One account is asked for the missing updates of one quarter."""

    user: User
    level: ReminderLevel
    quarter: OverdueQuarter
    missing: int

    @property
    def words(self) -> str:
        """What is missing, until when it can come, and who was asked before; the plan's name last, as a
        long one is cut off."""
        period = self.quarter.period
        missing = ngettext(
            "%(number)d update of %(quarter)s is missing.",
            "%(number)d updates of %(quarter)s are missing.",
            self.missing,
        ) % {"number": self.missing, "quarter": period.label}
        locks = gettext("The quarter locks on %(day)s.") % {"day": date_format(period.locks_on)}
        before = str(ASKED_BEFORE.get(self.level, ""))
        return " ".join(filter(None, [missing, locks, before, str(self.quarter.plan)]))


def remind(today: datetime.date) -> int:
    """Tell what is to be told on that day. How many accounts and quarters are newly asked about."""
    if asks := _new_asks(today):
        _tell(asks)
    return len({(ask.user.pk, ask.quarter.period.pk) for ask in asks})


def _new_asks(today: datetime.date) -> list[Ask]:
    """Who has to be asked and was not yet."""
    plans = LocalActionPlan.objects.filter(state__in=REPORTING_STATES)
    quarters = overdue(plans.select_related("committee", "locality"), today=today)
    asked = set(
        Reminder.objects.filter(period__in=[each.period for each in quarters]).values_list(
            "period_id", "level", "user_id"
        )
    )
    people = People.of(quarters)
    return [
        ask
        for quarter in quarters
        for level, delay in CLIMBS_AFTER.items()
        if quarter.period.due_on + delay <= today
        for ask in people.asks(quarter, level)
        if (quarter.period.pk, level, ask.user.pk) not in asked
    ]


@dataclass(frozen=True)
class People:
    """The open accounts that can be asked: of committees with their roles, of countries as coordinators."""

    committees: dict[int, list[CommitteeAccess]]
    coordinators: dict[int, list[User]]

    @classmethod
    def of(cls, quarters: list[OverdueQuarter]) -> "People":
        plans = [each.plan for each in quarters]
        committees: dict[int, list[CommitteeAccess]] = {}
        access = CommitteeAccess.objects.filter(committee__in={plan.committee_id for plan in plans})
        for each in access.filter(user__is_active=True).select_related("user"):
            committees.setdefault(each.committee_id, []).append(each)
        coordinators: dict[int, list[User]] = {}
        held = Assignment.objects.filter(
            role=Role.NATIONAL_COORDINATOR,
            country__in={plan.locality.country_id for plan in plans},
            user__is_active=True,
        )
        for assignment in held.select_related("user"):
            coordinators.setdefault(assignment.country_id or 0, []).append(assignment.user)
        return cls(committees, coordinators)

    def asks(self, quarter: OverdueQuarter, level: ReminderLevel) -> list[Ask]:
        every = len(quarter.missing)
        access = self.committees.get(quarter.plan.committee_id, [])
        if level == ReminderLevel.COORDINATOR:
            users = self.coordinators.get(quarter.plan.locality.country_id, [])
            return [Ask(user, level, quarter, every) for user in users]
        if level == ReminderLevel.SECRETARY:
            deciding = [each.user for each in access if each.allows(Capability.DECIDE_PLANS)]
            return [Ask(user, level, quarter, every) for user in deciding]
        return self._owners(quarter, [each.user for each in access])

    @staticmethod
    def _owners(quarter: OverdueQuarter, users: list[User]) -> list[Ask]:
        """Who reports on an activity; where nobody does, or who did has no access, the whole committee."""
        missing: Counter[User] = Counter()
        for activity in quarter.missing:
            reporters = [user for user in users if user.pk == activity.reporter_id]
            missing.update(reporters or users)
        return [Ask(user, ReminderLevel.OWNER, quarter, number) for user, number in missing.items()]


@transaction.atomic
def _tell(asks: list[Ask]) -> None:
    """The notices, and the memory of them, together."""
    # Who is asked at two levels about the same quarter reads of it once, as the higher one.
    by_level = sorted(asks, key=lambda ask: ask.level)
    highest = {(ask.user.pk, ask.quarter.period.pk): ask for ask in by_level}
    alike: dict[tuple[int, int, int], list[Ask]] = {}
    for ask in highest.values():
        alike.setdefault((ask.quarter.period.pk, ask.level, ask.missing), []).append(ask)
    for same in alike.values():
        quarter = same[0].quarter
        code, number = quarter.plan.code, quarter.period.number
        notify(
            [ask.user for ask in same],
            kind=NoticeKind.PLAN,
            text=same[0].words,
            subject=code,
            address=reverse("period_detail", args=[code, number]),
            key=f"update-missing:{code}:{number}:{same[0].level.value}",
        )
    Reminder.objects.bulk_create(
        Reminder(period=ask.quarter.period, level=ask.level, user=ask.user, updates_missing=ask.missing)
        for ask in asks
    )
