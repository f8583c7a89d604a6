"""What a text might serve, and the page of what a plan of 20 objectives × 10 activities serves."""

from collections.abc import Iterator

from django.test import Client

from accounts.models import User
from benchmarks.figures import Figure, measure_get, seconds
from frameworks.models import Framework, FrameworkKind, NapState, Provision
from frameworks.similarity import features_of
from plans.models import LocalActionPlan
from plans.offers import offered_to
from plans.reports.choice import suggestions_for

TEXT = "Les femmes déplacées siègent dans les comités locaux de prévention et de résolution des conflits"
WORDS = "femmes paix sécurité police justice eau école marché terre jeunes dialogue budget santé".split()
NAP_ITEMS = 100


def alignment_figures(plan: LocalActionPlan, reader: User) -> Iterator[Figure]:
    """`plan` has 200 activities that serve something. For the suggestions it gets a National Action Plan
    of 100 items; the frameworks of the data files are loaded."""
    own, plan.nap = plan.nap, _nap(plan)
    plan.save(update_fields=["nap"])

    def ask() -> None:
        suggestions_for(TEXT, plan, served=set())

    features_of.cache_clear()
    count = offered_to(plan).count()
    # The ideas of all texts are found once in the life of a worker.
    yield Figure(f"suggestions of {count} provisions, the first time", seconds(ask) * 1000, "ms", 1000)
    yield Figure(f"suggestions of {count} provisions", min(seconds(ask) for _ in range(5)) * 1000, "ms", 200)
    plan.nap = own
    plan.save(update_fields=["nap"])
    client = Client()
    client.force_login(reader)
    page = measure_get(client, f"/plans/{plan.code}/alignment/")
    yield Figure("alignment of 20 objectives × 10 activities", page.queries, "queries", 12)
    # No time was asked for this page: the limit guards against growth.
    yield Figure("alignment of 20 objectives × 10 activities", page.milliseconds, "ms", 300)


def _nap(plan: LocalActionPlan) -> Framework:
    nap, _made = Framework.objects.get_or_create(
        code="BENCH-NAP",
        defaults={
            "kind": FrameworkKind.NAP,
            "title": "National Action Plan of the bench",
            "country": plan.locality.country,
            "generation": 90,
            "state": NapState.ACTIVE,
        },
    )
    for number in range(NAP_ITEMS):
        text = f"Item {number}: {' '.join(WORDS[(number + step) % len(WORDS)] for step in range(4))}"
        Provision.objects.get_or_create(
            framework=nap,
            code=f"{number // 10}.{number % 10}",
            defaults={"order": number, "kind": "objective", "text": text, "texts": {"fr": text}},
        )
    return nap
