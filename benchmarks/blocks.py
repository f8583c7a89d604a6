"""Data blocks of guidelines: ten kinds for a country of 19 councils with plans of 200 activities."""

import datetime
from collections.abc import Iterator
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.figures import Figure, seconds
from committees.models import Committee
from frameworks.models import Framework, FrameworkKind, Provision
from frameworks.pillars import Pillar
from guidelines.blocks.gather import gather_all
from guidelines.document import document_of
from guidelines.markers import mark_of
from guidelines.models import Block, Guidelines, Section
from localities.models import Country, Locality
from plans.models import Activity, Alignment, LocalActionPlan, Objective
from workshops.models import Tally, Workshop

COUNCILS, ITEMS, ACTIVITIES = 19, 200, 11


def block_figures(guidelines: Guidelines) -> Iterator[Figure]:
    """`guidelines` are those of `whole_country`."""
    today = timezone.localdate()

    def gather() -> None:
        gather_all(Block.values, guidelines, today=today)

    gather()
    with CaptureQueriesContext(connection) as captured:
        gather()
        queries = len(captured)
    yield Figure("guidelines, all ten blocks of data", queries, "queries", 20)
    taken = [seconds(gather) for _ in range(9)]
    yield Figure("guidelines, all ten blocks of data", 1000 * median(taken), "ms", 150)
    whole = [seconds(lambda: document_of(guidelines, today=today)) for _ in range(9)]
    yield Figure("guidelines with 200 items as one value", 1000 * median(whole), "ms", 150)


def whole_country() -> Guidelines:
    country = Country.objects.create(
        code="XB", name="Benchland", languages=["en"], currency="XXX", level_names=["Council"]
    )
    nap = Framework.objects.create(
        code="XB-NAP", kind=FrameworkKind.NAP, title="National Action Plan", country=country, generation=1
    )
    pillars = list(Pillar)
    items = Provision.objects.bulk_create(
        Provision(
            framework=nap,
            order=n,
            kind="action",
            code=f"{n}",
            text=f"Item {n}: women take part in what is decided about the peace of their council",
            pillars=[pillars[n % len(pillars)]],
        )
        for n in range(1, ITEMS + 1)
    )
    for n in range(COUNCILS):
        council(
            Locality.add_root(code=f"XB-{n}", name=f"Council {n}", country=country, kind="Council"), n, items
        )
    guidelines = Guidelines.objects.create(country=country, title="Guidelines", language="en", nap=nap)
    Section.objects.bulk_create(
        Section(guidelines=guidelines, order=order, heading=kind, body=f"Words.\n\n{mark_of(kind)}\n")
        for order, kind in enumerate(Block.values)
    )
    return guidelines


def council(place: Locality, number: int, items: list[Provision]) -> None:
    """A workshop held, and a plan adopted that serves ten items."""
    day = datetime.date(2025, 3, 3)
    workshop = Workshop.objects.create(
        title="Workshop", locality=place, starts_on=day, ends_on=day, language="en", state="held"
    )
    for sex in ("woman", "man"):
        Tally.objects.create(
            workshop=workshop, category="councillor", sex=sex, count=20, counted_as_local_authority=True
        )
    committee = Committee.objects.create(name="Committee", locality=place, established_on=day)
    plan = LocalActionPlan.objects.create(
        title="Plan", locality=place, committee=committee, period_start=day, period_end=day, language="en",
        currency="XXX", state="adopted", adopted_on=day, adopting_body="Council", adopting_act="1",
    )  # fmt: skip
    objective = Objective.objects.create(plan=plan, pillar=Pillar.PREVENTION, text="Peace at the market")
    Alignment.objects.bulk_create(
        Alignment(objective=objective, provision=items[(number * 10 + n) % ITEMS]) for n in range(10)
    )
    Activity.objects.bulk_create(
        Activity(objective=objective, order=n, text=f"Activity {n}: lamps at the market of the council")
        for n in range(ACTIVITIES)
    )
