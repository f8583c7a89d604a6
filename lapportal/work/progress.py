"""What waits while a plan is followed: missing reports, those to approve, those that came back (BR16)."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from lapportal.work.reader import CLIMBS_AFTER, Reader
from lapportal.work.tasks import Task, TaskKind
from plans.models import LocalActionPlan, ProgressUpdate, UpdateState
from plans.quarters import DUE_AFTER
from plans.reports.overdue import OverdueQuarter, overdue
from plans.states import REPORTING_STATES


def tasks_of(reader: Reader, plans: list[Any]) -> list[Task]:
    """At most five queries, for the plans of lapportal.work.plans.plans_of."""
    followed = [plan.pk for plan in plans if plan.state in REPORTING_STATES]
    if not plans:
        return []
    rows = LocalActionPlan.objects.filter(pk__in=followed).for_list()
    quarters = overdue(rows, today=reader.today, within=DUE_AFTER)
    missing = [task for quarter in quarters for task in _missing(reader, quarter)]
    return missing + _updates(reader)


def _missing(reader: Reader, quarter: OverdueQuarter) -> list[Task]:
    """The committee reports; who accompanies the plan asks when nothing came for 30 days."""
    plan, period = quarter.plan, quarter.period
    number = _to_report(reader, quarter)
    if plan.committee_id in reader.writes:
        url = reverse("period_detail", args=[plan.code, period.number])
        what = ngettext(
            "Report on %(number)d activity for %(quarter)s",
            "Report on %(number)d activities for %(quarter)s",
            number,
        )
    else:
        url = reverse("plan_progress", args=[plan.code])
        what = ngettext(
            "Ask the committee for %(number)d missing report of %(quarter)s",
            "Ask the committee for %(number)d missing reports of %(quarter)s",
            number,
        )
    if not number:
        return []
    return [
        reader.task(
            TaskKind.PLANS,
            what % {"number": number, "quarter": period.label},
            of=str(plan),
            place=plan.locality,
            day=period.due_on,
            is_due=True,
            then=gettext("On %(day)s the quarter locks; what is missing then stays missing.")
            % {"day": date_format(period.locks_on)},
            url=url,
        )
    ]


def _to_report(reader: Reader, quarter: OverdueQuarter) -> int:
    """How many missing reports are this user's: of the secretary all, of a member her own and nobody's."""
    committee = quarter.plan.committee_id
    if committee in reader.writes and committee not in reader.decides:
        return sum(each.reporter_id in {None, reader.user.pk} for each in quarter.missing)
    is_asked = committee in reader.writes or quarter.period.due_on + CLIMBS_AFTER <= reader.today
    return len(quarter.missing) if is_asked else 0


def _updates(reader: Reader) -> list[Task]:
    """Sent in and to be approved by another person (can_decide_update), or returned to the user."""
    open_accounts = Count("period__plan__committee__access", filter=OPEN_ACCESS)
    submitted = Q(state=UpdateState.SUBMITTED, period__plan__committee__in=reader.decides)
    returned = Q(
        state=UpdateState.RETURNED,
        submitted_by=reader.user.pk,
        period__plan__committee__in=reader.writes,
    )
    rows = (
        ProgressUpdate.objects.filter(submitted | returned)
        .select_related("period__plan__locality__country")
        .annotate(accounts=open_accounts)
        .filter(Q(state=UpdateState.RETURNED) | ~Q(submitted_by=reader.user.pk) | Q(accounts=1))
        .order_by(F("submitted_at").asc(nulls_first=True), "pk")
    )
    quarters: defaultdict[tuple[str, int], list[ProgressUpdate]] = defaultdict(list)
    for row in rows:
        quarters[row.state, row.period_id].append(row)
    return [_of_updates(reader, state, own) for (state, _period), own in quarters.items()]


OPEN_ACCESS = Q(period__plan__committee__access__user__is_active=True)


def _of_updates(reader: Reader, state: str, rows: list[ProgressUpdate]) -> Task:
    period, number = rows[0].period, len(rows)
    words = {"number": number, "quarter": period.label}
    if state == UpdateState.SUBMITTED:
        what = ngettext(
            "Approve %(number)d report of %(quarter)s", "Approve %(number)d reports of %(quarter)s", number
        )
        then = gettext("A report that nobody approved does not count in the progress of the plan.")
    else:
        what = ngettext(
            "Mend %(number)d report of %(quarter)s that came back to you",
            "Mend %(number)d reports of %(quarter)s that came back to you",
            number,
        )
        then = gettext("Until it is sent in again the activity counts as not reported.")
    moved = [each.decided_at or each.submitted_at or each.updated_at for each in rows]
    return reader.task(
        TaskKind.PLANS,
        what % words,
        of=str(period.plan),
        place=period.plan.locality,
        day=min(moved).date(),
        then=then,
        url=reverse("period_detail", args=[period.plan.code, period.number]),
    )
