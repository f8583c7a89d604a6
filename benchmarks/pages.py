"""The figures, page by page, each with the target of the issue that asked for it."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from weasyprint import HTML

from accounts.models import User
from benchmarks.browser import first_load
from benchmarks.figures import Figure, Measured, measure_get, seconds
from core.pdf import VARIANT, render_pdf
from frameworks.models import Framework
from guidelines.papers.source import Source
from guidelines.services.documents import start_guidelines
from localities.models import Country, Locality
from people.models import Person
from plans.models import Activity, LocalActionPlan
from workshops.models import Participation, Workshop

KB = 1024


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def workshop_page(workshop: Workshop, user: User) -> Measured:
    return measure_get(signed_in(user), workshop.get_absolute_url())


def workshop_figures(workshop: Workshop, user: User, *, few: Measured) -> Iterator[Figure]:
    """`few` is the same page as it was when nobody else stood in the database."""
    many = workshop_page(workshop, user)
    named = f"workshop page, {Participation.objects.filter(workshop=workshop).count()} participations"
    yield Figure(f"{named}, {Person.objects.count()} people", many.queries, "queries", 12)
    yield Figure(f"{named}, {Person.objects.count()} people", many.milliseconds, "ms", 150)
    yield Figure("workshop page, queries more with all people", many.queries - few.queries, "queries", 0)
    yield Figure("workshop page, time with all people ÷ without", many.fastest / few.fastest, "×", 1.5)


def registration_figures(workshop: Workshop, user: User) -> Iterator[Figure]:
    url = reverse("registration", args=[workshop.code])
    yield Figure("registration page", measure_get(signed_in(user), url).milliseconds, "ms", 150)
    yield Figure("registration, POST", registration_queries(url, user), "queries", 15)
    session = SessionStore(session_key=signed_in(user).session.session_key)
    size, requests = first_load(url, session=session)
    yield Figure("registration page, first load, compressed", size / KB, "KB", 60)
    yield Figure("registration page, first load", requests, "requests", 8)


# The dearest of each sort: the name is decrypted to be put in order, the others ask other tables.
PARTICIPANT_FILTERS = (
    "",
    "sort=name",
    "sort=present&stage=not",
    "text=mayor&contact=no",
    "category=mayor&sex=woman&age_band=30_to_59&residence=unstated&comes_from=unstated",
)


def participant_figures(workshop: Workshop, user: User) -> Iterator[Figure]:
    url = reverse("participant_list", args=[workshop.code])
    slowest = max(
        measure_get(signed_in(user), f"{url}?{query}").milliseconds for query in PARTICIPANT_FILTERS
    )
    yield Figure("participant list, slowest filter", slowest, "ms", 150)
    client = signed_in(user)
    look = {"look": "1", "full_name": "Mbombo Kabedi"}
    at_desk = reverse("registration", args=[workshop.code])
    milliseconds = [
        1000 * seconds(lambda: client.post(at_desk, look, headers={"HX-Request": "true"})) for _ in range(5)
    ]
    yield Figure("registration, known people while typing", sorted(milliseconds)[2], "ms", 150)


def locality_figures(locality: Locality, user: User) -> Iterator[Figure]:
    """The page that brings together everything of a place."""
    page = measure_get(signed_in(user), locality.get_absolute_url())
    yield Figure("locality page", page.milliseconds, "ms", 150)


def registration_queries(url: str, user: User) -> int:
    """One more person, with a new position, a new organisation and a contact, as htmx sends it."""
    client = signed_in(user)
    typed = {
        "submission": str(uuid4()),
        "full_name": "Mbombo Wa Bench",
        "category": "mayor",
        "position": "Mayor of the bench",
        "organization": "Town of the bench",
        "sex": "woman",
        "age_band": "30_to_59",
        "phone": "+243 81 000 0000",
        "email": "mbombo@bench.example",
        "agrees": "on",
        "agrees_contact": "on",
        "how": "spoken",
    }
    before = Person.objects.count()
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(url, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200, f"registration answered {answer.status_code}"
    assert Person.objects.count() == before + 1, "nobody was registered"
    return len(captured)


def plan_figures(plan: LocalActionPlan, user: User) -> Iterator[Figure]:
    client = signed_in(user)
    page = measure_get(client, plan.get_absolute_url())
    activities = Activity.objects.filter(objective__plan=plan)
    named = f"plan page, {activities.count()} activities"
    yield Figure(named, page.queries, "queries", 12)
    yield Figure(named, page.milliseconds, "ms", 150)
    yield Figure(named, page.size / KB, "KB", 120)
    form = measure_get(client, reverse("activity_edit", args=[plan.code, activities.first().code]))
    yield Figure("activity, edit form", form.size / KB, "KB", 40)


def document_figures(country: Country, user: User, *, median: Callable[..., float]) -> Iterator[Figure]:
    """Our PDF against WeasyPrint alone on the same HTML, as the same kind of PDF, in turns."""
    nap = Framework.objects.get(code="CD-NAP-2")
    guidelines = start_guidelines(country, title="Guidelines of the bench", language="en", nap=nap, by=user)

    def composed() -> str:
        return Source.of(guidelines, None, today=timezone.localdate()).html({})

    html = composed()

    def ours() -> None:
        render_pdf(composed())

    def bare() -> None:
        HTML(string=html).write_pdf(pdf_variant=VARIANT)

    ours()  # both find the fonts in the cache
    pairs = [(seconds(ours), seconds(bare)) for _ in range(5)]
    share = median(one for one, _ in pairs) / median(other for _, other in pairs)
    yield Figure("Guidelines as PDF ÷ bare WeasyPrint on the same HTML", share, "×", 1.15)
