"""The roll-out of guidelines in a country of 47 counties: map, list and figures on one page."""

import datetime
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.figures import Figure, measure_get
from guidelines.models import Edition, Guidelines, GuidelinesState, Rollout, RolloutKind
from localities.models import Country, Locality

COUNTIES = 47
LAUNCHED = datetime.date(2024, 3, 1)


def rollout_figures(reader: User) -> Iterator[Figure]:
    """`reader` reads the guidelines of every country. Each county was reached by copies."""
    guidelines = country_of_counties()
    client = Client()
    client.force_login(reader)
    page = measure_get(client, reverse("guidelines_rollout", args=[guidelines.code]))
    yield Figure("roll-out of 47 counties: queries", page.queries, "queries", 12)
    yield Figure("roll-out of 47 counties", page.milliseconds, "ms", 200)


def country_of_counties() -> Guidelines:
    country = Country.objects.create(
        code="ZZ", name="Land of counties", currency="KES", languages=["en"], level_names=["County"]
    )
    counties = [
        Locality.objects.add_root(
            {"code": f"ZZ-{number}", "name": f"County {number}", "country": country, "kind": "County"}
        )
        for number in range(COUNTIES)
    ]
    guidelines = Guidelines.objects.create(
        country=country, title="Guidelines of the counties", language="en", state=GuidelinesState.LAUNCHED
    )
    edition = Edition.objects.create(
        guidelines=guidelines, number=1, launched_on=LAUNCHED, content={}, digest="0" * 64
    )
    rollout = Rollout.objects.create(
        guidelines=guidelines, edition=edition, kind=RolloutKind.DISTRIBUTION, on=LAUNCHED, copies=470
    )
    rollout.localities.set(counties)
    return guidelines
