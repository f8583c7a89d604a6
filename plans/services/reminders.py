"""Reminders of overdue updates, climbing from who reports to the secretary and the coordinator.

Each account gets one mail a run, however many plans and quarters it is about; nobody is asked twice
for the same quarter at the same level. The mail holds codes and links, no text of a plan and no name.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Assignment, User
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


@dataclass(frozen=True)
class Ask:
    """One account is asked for the missing updates of one quarter."""

    user: User
    level: ReminderLevel
    quarter: OverdueQuarter
    missing: int

    @property
    def link(self) -> str:
        plan, period = self.quarter.plan, self.quarter.period
        return settings.SITE_URL.rstrip("/") + reverse("period_detail", args=[plan.code, period.number])


@dataclass(frozen=True)
class Sent:
    """What a run did: how many mails went out, and how many could not be handed over."""

    mails: int = 0
    failed: int = 0


def remind(today: datetime.date) -> Sent:
    """Send what is to be sent on that day. A mail that cannot be handed over is tried again next time."""
    mails = failed = 0
    for user, asks in _by_account(_new_asks(today)):
        if _send(user, asks):
            mails += 1
        else:
            failed += 1
    return Sent(mails, failed)


def _by_account(asks: Iterable[Ask]) -> Iterator[tuple[User, list[Ask]]]:
    """The asks of each account together, by plan and quarter."""
    found: dict[int, list[Ask]] = {}
    for ask in asks:
        found.setdefault(ask.user.pk, []).append(ask)
    for own in found.values():
        own.sort(key=lambda ask: (ask.quarter.plan.code, ask.quarter.period.start, ask.level))
        yield own[0].user, own


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


def _send(user: User, asks: list[Ask]) -> bool:
    """One mail, and the memory of it together: what was not sent is not remembered."""
    # Who is asked at two levels about the same quarter reads of it once, as the higher one.
    lines = list({ask.quarter.period.pk: ask for ask in asks}.values())
    total = sum(ask.missing for ask in lines)
    subject = ngettext("%(total)d update is missing", "%(total)d updates are missing", total) % {
        "total": total
    }
    text = render_to_string("plans/email/progress_reminder.txt", {"asks": lines})
    try:
        with transaction.atomic():
            Reminder.objects.bulk_create(
                Reminder(period=ask.quarter.period, level=ask.level, user=user, updates_missing=ask.missing)
                for ask in asks
            )
            send_mail(subject, text, None, [user.email])
    except (SMTPException, OSError):
        return False
    return True
