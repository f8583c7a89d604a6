"""The reporting periods of a plan: made when it goes into implementation, reopened with a reason."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from core.refusals import FieldRefused
from plans.models import LocalActionPlan, ReportingPeriod
from plans.quarters import Quarter, quarter_of, quarters_between
from plans.services.holding import held
from plans.states import REPORTING_STATES

# A quarter that is opened again for longer is not reported any sooner.
LONGEST_REOPENING = datetime.timedelta(days=60)


@transaction.atomic
def create_periods(plan: LocalActionPlan) -> list[ReportingPeriod]:
    """The plan's quarters, as far as they are missing; answers the new ones.

    Call it when the plan goes into implementation (services.decisions.implement_plan) and whenever the
    period of a plan in implementation was amended; calling it again does no harm. A quarter at an end of
    the period that moved is cut or stretched with it. One that fell out of the period goes, unless
    somebody reported on it: what was reported is never removed.
    """
    row = held(plan)
    wanted = {quarter.key: quarter for quarter in quarters_between(row.period_start, row.period_end)}
    kept = {(each.start.year, quarter_of(each.start)): each for each in row.periods.all()}
    row.periods.filter(
        pk__in=[each.pk for key, each in kept.items() if key not in wanted], updates=None
    ).delete()
    for key, quarter in wanted.items():
        if key in kept:
            _fit(kept[key], quarter)
    last = max((each.number for each in kept.values()), default=0)
    missing = [quarter for key, quarter in wanted.items() if key not in kept]
    with translation.override(settings.LANGUAGE_CODE):  # a paper says it in its own: ReportingPeriod.said
        return ReportingPeriod.objects.bulk_create(
            _period(row, number, quarter) for number, quarter in enumerate(missing, start=last + 1)
        )


def _period(plan: LocalActionPlan, number: int, quarter: Quarter) -> ReportingPeriod:
    return ReportingPeriod(
        plan=plan,
        number=number,
        label=quarter.label,
        start=quarter.start,
        end=quarter.end,
        due_on=quarter.due_on,
        locks_on=quarter.locks_on,
        is_demo=plan.is_demo,
    )


def _fit(period: ReportingPeriod, quarter: Quarter) -> None:
    """Move the ends of a period that lies at an end of the plan."""
    if (period.start, period.end) == (quarter.start, quarter.end):
        return
    period.start, period.end = quarter.start, quarter.end
    period.due_on, period.locks_on = quarter.due_on, quarter.locks_on
    period.save(update_fields=["start", "end", "due_on", "locks_on"])


def create_missing_periods() -> int:
    """For every plan in implementation, also those that came there before there were periods: run daily.
    While an amendment is written the plan's period is not what holds."""
    plans = LocalActionPlan.objects.filter(state__in=REPORTING_STATES, is_amending=False)
    return sum(len(create_periods(plan)) for plan in plans.prefetch_related("periods") if not _covers(plan))


def _covers(plan: LocalActionPlan) -> bool:
    """Whether the plan's quarters run from its first day to its last."""
    periods = list(plan.periods.all())
    return bool(periods) and periods[0].start <= plan.period_start and periods[-1].end >= plan.period_end


@transaction.atomic
def reopen_period(period: ReportingPeriod, *, until: datetime.date, reason: str, by: User) -> ReportingPeriod:
    """Let a locked quarter be written until that day, the day included. Raises FieldRefused."""
    held(period.plan)
    today = timezone.localdate()
    if until < today:
        raise FieldRefused("until", gettext("This day is over. Choose today or a later day."))
    if until > today + LONGEST_REOPENING:
        raise FieldRefused(
            "until",
            gettext("That is too long: a quarter can be reopened until %(day)s at the latest.")
            % {"day": date_format(today + LONGEST_REOPENING)},
        )
    period.reopened_until, period.reopened_reason = until, reason
    period.save(update_fields=["reopened_until", "reopened_reason"])
    record(by, "reopened quarter", period.plan, quarter=period.label, until=until.isoformat())
    return period
