"""Duplicates among 20,000 people with generated names of twelve countries, all visible to one user."""

import datetime
from collections.abc import Iterator

from accounts.models import Assignment, User
from accounts.roles import Role
from benchmarks import names
from benchmarks.figures import Figure, measure_get, seconds
from benchmarks.pages import signed_in
from benchmarks.seed import register
from localities.models import Country, Locality
from people.models import Person, Resemblance
from people.pairs import compare_all
from workshops.models import Workshop

PEOPLE, TWICE = 20_000, 2_000
A_WORKSHOP = 400


def duplicate_figures(*, code: str = "KE") -> Iterator[Figure]:
    """In a country of their own, so that nobody else of the bench is compared with them."""
    locality = Locality.objects.filter(country__code=code).select_related("country").first()
    assert locality is not None, f"no locality in {code}"
    user = runner(locality.country)
    made = names.people(PEOPLE, twice=TWICE)
    rows = written(made, locality=locality, user=user)
    taken = seconds(compare_all)
    yield Figure("duplicates, comparing 20,000 people in the worker", taken, "s", 120)

    place = {person.pk: n for n, person in enumerate(rows)}
    stored = Resemblance.objects.filter(first__country=locality.country).values_list("first", "second")
    found = {(place[first], place[second]) for first, second in stored}
    planted = {(one.of, n): one.variant for n, one in enumerate(made) if one.of is not None}
    for way in names.VARIANTS:
        these = {pair for pair, variant in planted.items() if variant == way}
        yield Figure(f"duplicates, not found: {way}", 100 * len(these - found) / len(these), "%", 10)
    missed = len(planted.keys() - found)
    yield Figure("duplicates, planted variants not found", 100 * missed / len(planted), "%", 10)
    false = len(found - planted.keys())
    yield Figure("duplicates, false pairs among those shown", 100 * false / len(found), "%", 5)
    yield from page_figures(user)


def page_figures(user: User) -> Iterator[Figure]:
    client = signed_in(user)
    for words, query in (
        ("first page", ""),
        ("page 40", "?page=40"),
        ("of one reason", "?reason=letter"),
        ("of one workshop", f"?workshop={user.workshops.first().code}"),
    ):
        page = measure_get(client, f"/people/duplicates/{query}", times=3)
        yield Figure(f"duplicates, {words}, 20,000 people", page.milliseconds, "ms", 1000)
    yield Figure("duplicates, page", page.queries, "queries", 12)


def runner(country: Country) -> User:
    user = User.objects.create_user("runner@bench.example", display_name="Runner", created_in=country)
    Assignment.objects.create(user=user, role=Role.FACILITATOR, country=country)
    return user


def written(made: list[names.Made], *, locality: Locality, user: User) -> list[Person]:
    """All of them, registered in workshops that the user runs."""
    rows = [
        Person(country=locality.country, full_name=one.name, phone=one.phone, sex=one.sex) for one in made
    ]
    Person.objects.create_with_index(rows)
    for start in range(0, len(rows), A_WORKSHOP):
        held = Workshop.objects.create(
            title=f"Workshop {start}",
            locality=locality,
            starts_on=datetime.date(2026, 3, 2),
            ends_on=datetime.date(2026, 3, 3),
            language="en",
        )
        held.facilitators.set([user])
        register(held, rows[start : start + A_WORKSHOP])
    return rows
