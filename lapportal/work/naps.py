"""What waits when a National Action Plan ends or goes to another ministry (BR18, F44)."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.roles import Capability
from frameworks.models import Framework, Lead, NapState
from lapportal.work.reader import Reader
from lapportal.work.tasks import Task, TaskKind

EXPIRES_SOON = datetime.timedelta(days=180)  # BR18
LEAD_IS_NEW = datetime.timedelta(days=60)


def tasks_of(reader: Reader, plans: list[Any]) -> list[Task]:
    """Two queries at most, besides the plans of lapportal.work.plans.plans_of."""
    own = [plan for plan in plans if plan.nap and plan.committee_id in reader.decides]
    found = [task for plan in own for task in _of_plan(reader, plan)]
    return found + _ending(reader) + _new_leads(reader, own)


def ending_naps(today: datetime.date, *, within: datetime.timedelta = EXPIRES_SOON) -> Any:
    """Those in force whose period ends within that time, or ended, without one that follows."""
    later = Framework.objects.naps().filter(
        country=OuterRef("country"), generation__gt=OuterRef("generation")
    )
    rows = Framework.objects.naps().filter(state=NapState.ACTIVE, period_end__lte=today + within)
    return rows.filter(~Exists(later), replaced_by=None).select_related("country").order_by("period_end")


def _kept_countries(reader: Reader, prefix: str = "") -> Q:
    """The filter for plans of whole countries whose National Action Plans the user keeps."""
    scope = reader.user.scope
    if scope.everywhere(Capability.KEEP_FRAMEWORKS):
        return Q(**{f"{prefix}country__isnull": False})
    return Q(**{f"{prefix}country__in": scope.countries(Capability.KEEP_FRAMEWORKS)})


def _of_plan(reader: Reader, plan: Any) -> list[Task]:
    """The local plan points to a National Action Plan that was replaced, or ends soon, or ended."""
    nap, fields = plan.nap, {"of": str(plan), "place": plan.locality}
    if nap.replaced_by_id:
        return [
            reader.task(
                TaskKind.PLANS,
                gettext("Let the plan point to the new National Action Plan"),
                day=nap.replaced_on or plan.updated_at.date(),
                then=gettext("What points to a plan that was replaced counts for no ministry any more."),
                url=reverse("plan_reanchor", args=[plan.code]),
                **fields,
            )
        ]
    if nap.state in {NapState.SUPERSEDED, NapState.EXPIRED}:
        return _past(reader, plan)
    if nap.state != NapState.ACTIVE or not nap.period_end or nap.period_end > reader.today + EXPIRES_SOON:
        return []
    return [
        reader.task(
            TaskKind.PLANS,
            gettext("Find out what follows the National Action Plan"),
            day=nap.period_end,
            is_due=True,
            then=gettext("The local plan points to it; without it, it stands on the resolutions alone."),
            url=reverse("framework_detail", args=[nap.code]),
            **fields,
        )
    ]


def _past(reader: Reader, plan: Any) -> list[Task]:
    """Over, and nobody said what replaces it: while the local plan is written it can name another."""
    if not plan.is_open:
        return []
    return [
        reader.task(
            TaskKind.PLANS,
            gettext("Choose a National Action Plan that is in force"),
            of=str(plan),
            place=plan.locality,
            day=plan.nap.period_end or plan.created_at.date(),
            then=gettext("The one that the plan names is over: what points to it counts for no ministry."),
            url=reverse("plan_edit", args=[plan.code]),
        )
    ]


def _ending(reader: Reader) -> list[Task]:
    if not reader.user.scope.anywhere(Capability.KEEP_FRAMEWORKS):
        return []
    return [
        reader.task(
            TaskKind.PLANS,
            gettext("Prepare the next National Action Plan"),
            of=str(nap),
            place=nap.country,
            day=nap.period_end,
            is_due=True,
            then=gettext("Between two plans the ministries stop asking, and local plans lose their ground."),
            url=reverse("framework_detail", args=[nap.code]),
        )
        for nap in ending_naps(reader.today).filter(_kept_countries(reader))
    ]


def _new_leads(reader: Reader, own: list[Any]) -> list[Task]:
    """Another institution leads the plan since the last 60 days."""
    keeps = reader.user.scope.anywhere(Capability.KEEP_FRAMEWORKS)
    if not (own or keeps):
        return []
    earlier = Lead.objects.filter(framework=OuterRef("framework"), until__isnull=False)
    rows: Any = Lead.objects.current().filter(
        Exists(earlier),
        Q(framework__in={plan.nap_id for plan in own}) | _kept_countries(reader, "framework__"),
        since__range=(reader.today - LEAD_IS_NEW, reader.today),
    )
    return [
        reader.task(
            TaskKind.PLANS,
            gettext("Write to %(institution)s about the local plans") % {"institution": row.institution},
            of=str(row.framework),
            place=row.framework.country,
            day=row.since,
            then=gettext("It leads the National Action Plan since %(day)s and may not know of them.")
            % {"day": date_format(row.since)},
            url=reverse("framework_detail", args=[row.framework.code]),
        )
        for row in rows.select_related("framework__country")
    ]
