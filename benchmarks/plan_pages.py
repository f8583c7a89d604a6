"""The pages of one full plan, and the lists over all plans of a country after many years."""

import datetime
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.figures import Figure, measure_get
from committees.models import Committee
from localities.models import Locality
from plans.document import digest_of, document_of
from plans.models import Activity, Edition, LocalActionPlan, Objective, ProgressUpdate
from plans.services.periods import create_periods
from plans.states import PlanState

KB = 1024
PLANS, ACTIVITIES = 450, 9_600
# What no issue set is ours: queries that stay the same however long the plan is. The tab "Papers" reads
# the whole document, to warn of telephone numbers in it.
PAGES = {
    "plan_write": (13, 150),
    "plan_comments": (12, 150),
    "plan_history": (12, 150),
    "plan_record": (12, 150),
    "plan_progress": (12, 150),
    "plan_paper": (23, 400),
}
LISTS = ("plan_list", "activity_list", "adopted_plans")
ADOPTED_ON = datetime.date(2026, 6, 30)


def page_figures(plan: LocalActionPlan, user: User) -> Iterator[Figure]:
    """`plan` is full; it gets its quarters, and a report on each activity in the first."""
    _report(plan)
    client = Client()
    client.force_login(user)
    for name, (queries, milliseconds) in PAGES.items():
        page = measure_get(client, reverse(name, args=[plan.code]))
        yield Figure(f"{name}, 200 activities", page.queries, "queries", queries)
        yield Figure(f"{name}, 200 activities", page.milliseconds, "ms", milliseconds)
        yield Figure(f"{name}, 200 activities", page.size / KB, "KB", 120)


def _report(plan: LocalActionPlan) -> None:
    period = create_periods(plan)[0]
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            period=period,
            activity=activity,
            activity_state="ongoing",
            done="The committee met the traders and agreed on the places. " * 8,
            state="approved",
        )
        for activity in Activity.objects.filter(objective__plan=plan)
    )


def list_figures(full: LocalActionPlan, user: User) -> Iterator[Figure]:
    """500 plans with an edition each, 10,000 activities: `user` sees them all."""
    _everywhere_else(full)
    client = Client()
    client.force_login(user)
    named = f"{LocalActionPlan.objects.count()} plans, {Activity.objects.count()} activities"
    for name in LISTS:
        page = measure_get(client, reverse(name))
        yield Figure(f"{name}, {named}", page.queries, "queries", 12)
        yield Figure(f"{name}, {named}", page.milliseconds, "ms", 150)
    words = measure_get(client, reverse("adopted_plans") + "?pillar=participation&nap=yes&q=lamps")
    yield Figure("adopted_plans, filtered", words.milliseconds, "ms", 150)
    public = reverse("public_plan", args=[Edition.objects.earliest("pk").plan.code])
    yield Figure("public_plan, 200 activities", measure_get(client, public).milliseconds, "ms", 300)


def _everywhere_else(full: LocalActionPlan) -> None:
    content = document_of(full)
    short = content | {"objectives": content["objectives"][:5]}
    plans = [_adopted(full, number) for number in range(PLANS)]
    Edition.objects.bulk_create(
        Edition(
            plan=plan,
            number=1,
            body="Assembly",
            act="12/2026",
            adopted_on=ADOPTED_ON,
            content=(content if number == 0 else short) | {"title": plan.title, "code": plan.code},
            digest=digest_of(short),
        )
        for number, plan in enumerate(plans)
    )
    objectives = Objective.objects.bulk_create(
        Objective(plan=plan, pillar="participation", text="Women decide about peace") for plan in plans
    )
    pattern = Activity.objects.filter(objective__plan=full).values("text", "starts_on", "ends_on", "cost")[0]
    Activity.objects.bulk_create(
        (
            Activity(
                objective=objectives[number % PLANS],
                order=number // PLANS,
                code=f"A-BENCH{number}",
                **pattern,
            )
            for number in range(ACTIVITIES)
        ),
        batch_size=1000,
    )


def _adopted(full: LocalActionPlan, number: int) -> LocalActionPlan:
    """A plan of a place of its own, in implementation."""
    country = full.locality.country
    place = Locality.objects.add_root(
        {
            "code": f"{country.code}-LIST-{number}",
            "name": f"District {number}",
            "country": country,
            "kind": "City",
        }
    )
    return LocalActionPlan.objects.create(
        title=f"Local Action Plan of district {number}",
        locality=place,
        committee=Committee.objects.create(
            name=f"Committee of district {number}", locality=place, established_on=full.period_start
        ),
        nap=full.nap,
        period_start=full.period_start,
        period_end=full.period_end,
        language="fr",
        currency=full.currency,
        state=PlanState.IN_IMPLEMENTATION,
        adopting_body="Assembly",
        adopting_act="12/2026",
        adopted_on=ADOPTED_ON,
    )
