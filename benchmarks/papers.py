"""Papers of a workshop, made as somebody waits for them: from the database to the bytes of the PDF."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.models import User
from benchmarks import seed
from benchmarks.figures import Figure, seconds
from localities.models import Locality
from workshops.papers import rendering


def paper_figures(locality: Locality, facilitator: User) -> Iterator[Figure]:
    """The second print, with fonts found already; a worker finds them once in its life."""
    held = seed.workshop(participants=100, locality=locality, facilitator=facilitator)
    today = timezone.localdate()

    def sheet() -> None:
        rendering.sign_in_sheet(held, as_of=today)

    sheet()
    yield Figure("sign-in sheet of 100 people as PDF", seconds(sheet), "s", 2)
    summary = seconds(lambda: rendering.summary(held, as_of=today))
    yield Figure("summary on one page as PDF", summary, "s", 2)
