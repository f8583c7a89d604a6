"""Coverage of a large National Action Plan by many local plans, and the budget of a large plan."""

import datetime
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.figures import Figure, measure_get, seconds
from committees.models import Committee
from frameworks.models import Framework, FrameworkKind, NapState, Provision
from frameworks.pillars import Pillar
from localities.models import Country, Locality
from plans.budget_sheet import written_budget
from plans.models import Activity, Alignment, LocalActionPlan, Objective
from plans.reports.budget import Budget

AXES, ITEMS_EACH, PLANS, OBJECTIVES = 10, 10, 50, 20
STRENGTHS = ("direct", "partial", "supporting")


def country_plans(country: Country) -> Framework:
    """50 plans of the country that serve a National Action Plan of 100 items; answers that."""
    nap = _nap(country)
    items = list(nap.provisions.items().order_by("order"))
    for number in range(PLANS):
        _plan(country, nap, items, number)
    return nap


def coverage_figures(nap: Framework, coordinator: User) -> Iterator[Figure]:
    """`nap` is that of `country_plans`; `coordinator` sees the work in the whole country."""
    items = nap.provisions.items()
    client = Client()
    client.force_login(coordinator)
    assert nap.country
    url = reverse("coverage_matrix", args=[nap.country.code])
    measured = measure_get(client, f"{url}?nap={nap.code}")
    named = f"coverage matrix, {items.count()} items × {PLANS} plans"
    yield Figure(named, measured.queries, "queries", 12)
    yield Figure(named, measured.milliseconds, "ms", 300)


def _nap(country: Country) -> Framework:
    nap = Framework.objects.create(
        code=f"{country.code}-NAP-BENCH",
        kind=FrameworkKind.NAP,
        title="National Action Plan of the bench",
        country=country,
        generation=99,
        state=NapState.DRAFT,
    )
    for axis in range(AXES):
        order = axis * (ITEMS_EACH + 1)
        above = _provision(nap, None, f"{axis + 1}", order)
        for number in range(ITEMS_EACH):
            _provision(nap, above, f"{axis + 1}.{number + 1}", order + number + 1)
    return nap


def _provision(nap: Framework, above: Provision | None, code: str, order: int) -> Provision:
    return Provision.objects.create(
        framework=nap,
        parent=above,
        order=order,
        kind="objective",
        code=code,
        text=f"Women take part in decisions on peace and security at every level, {code}",
        pillars=[Pillar.PARTICIPATION],
    )


def _plan(country: Country, nap: Framework, items: list[Provision], number: int) -> None:
    place = Locality.objects.add_root(
        {
            "code": f"{country.code}-BENCH-{number}",
            "name": f"Place {number}",
            "country": country,
            "kind": "City",
        }
    )
    plan = LocalActionPlan.objects.create(
        title=f"Plan {number}",
        locality=place,
        committee=Committee.objects.create(
            name=f"Committee {number}", locality=place, established_on=datetime.date(2026, 3, 3)
        ),
        nap=nap,
        period_start=datetime.date(2026, 1, 1),
        period_end=datetime.date(2029, 12, 31),
        language="fr",
        currency=country.currency,
    )
    for order in range(OBJECTIVES):
        objective = Objective.objects.create(
            plan=plan, order=order, pillar=Pillar.PARTICIPATION, text=f"Objective {order} of place {number}"
        )
        item = items[(order * 7 + number * 3) % (len(items) - 10)]  # the last ten are the gaps
        Alignment.objects.create(
            objective=objective,
            provision=item,
            strength=STRENGTHS[order % 3],
            state="doubted" if order % 9 == 0 else "stated",
        )


def budget_figures(plan: LocalActionPlan, user: User) -> Iterator[Figure]:
    """`plan` has its activities with two lines each."""
    activities = Activity.objects.filter(objective__plan=plan).count()
    client = Client()
    client.force_login(user)
    measured = measure_get(client, reverse("plan_budget", args=[plan.code]))
    named = f"budget page, {activities} activities"
    yield Figure(named, measured.queries, "queries", 12)
    yield Figure(named, measured.milliseconds, "ms", 150)
    written_budget(Budget.from_plan(plan))  # warm: openpyxl is loaded once in the life of a worker
    spreadsheet = seconds(lambda: written_budget(Budget.from_plan(plan)))
    yield Figure(f"budget as XLSX, {activities} activities", spreadsheet, "s", 0.5)
