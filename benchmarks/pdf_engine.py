"""The PDF engine: our price over bare WeasyPrint, memory, documents from store, and ten exports at once.

The last runs a real server and two real workers on the database of the bench.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.figures import Figure, seconds
from core.exports import ExportState
from core.pdf import VARIANT, render_pdf
from core.pdf.fonts import missing_letters
from core.pdf.limits import render_limited
from frameworks.models import Framework
from guidelines.models import Export, Guidelines, Section
from guidelines.rendering import compose
from guidelines.services.documents import start_guidelines
from guidelines.services.papers import request_export
from localities.models import Country

ROOT = Path(__file__).resolve().parent.parent
ACTIVITIES = 200
LONG_PAGES = 100
EXPORTS, WORKERS = 10, 2
ENOUGH = 300  # seconds
PARAGRAPH = "The committee meets each month and looks at what was promised, by whom, and by when. " * 8
PARAGRAPHS = 5  # fill a page


def engine_figures(country: Country, user: User) -> Iterator[Figure]:
    """`user` writes guidelines of `country`, and is left with a dozen of them."""
    guidelines = with_activities(country, user, number=0)
    html = compose(request_export(guidelines, by=user)).html
    yield Figure("Guidelines, 200 activities, PDF ÷ bare WeasyPrint", price(html), "×", 1.15)
    long = render_limited(long_html(html), seconds=ENOUGH, megabytes=settings.PDF_MEGABYTES)
    assert LONG_PAGES <= long.pages < LONG_PAGES + 10, f"{long.pages} pages"
    yield Figure(f"{long.pages} pages: memory of the process that draws them", long.megabytes, "MB", 300)
    text = "नेपाल, Україна, Հայաստան and more of the words. " * 6400
    missing_letters(text)
    yield Figure(
        "letters of 300,000 looked up in the fonts", seconds(lambda: missing_letters(text)) * 1000, "ms", 50
    )


def with_activities(country: Country, user: User, *, number: int) -> Guidelines:
    nap = Framework.objects.filter(country=country).first()
    guidelines = start_guidelines(country, title=f"Guidelines {number}", language="en", nap=nap, by=user)
    lines = [
        f"| Activity {n} of {number} | Who: the council | Before: quarter {n % 4 + 1} |"
        for n in range(ACTIVITIES)
    ]
    body = "\n".join(["| Activity | Responsible | When |", "|---|---|---|", *lines])
    Section.objects.create(guidelines=guidelines, heading="Activities", order=99, body=body, updated_by=user)
    return guidelines


def price(html: str) -> float:
    """Our time ÷ that of WeasyPrint alone on the same HTML, as the same kind of PDF, in turns."""
    from weasyprint import HTML

    def ours() -> None:
        render_pdf(html)

    def bare() -> None:
        HTML(string=html).write_pdf(pdf_variant=VARIANT)

    ours()  # both find the fonts in the cache
    pairs = [(seconds(ours), seconds(bare)) for _ in range(3)]
    return median(one for one, _ in pairs) / median(other for _, other in pairs)


def long_html(html: str) -> str:
    """The same document with as many paragraphs as make a hundred pages of it."""
    missing = LONG_PAGES - render_pdf(html).pages
    more = "".join(f"<h2>Part {n}</h2>" + f"<p>{PARAGRAPH}</p>" * PARAGRAPHS for n in range(missing + 2))
    return html.replace("</body>", f"{more}</body>")


def at_once_figures(country: Country, user: User, *, where: str) -> Iterator[Figure]:
    """Ten different documents asked for at once, two workers, and somebody who reads pages meanwhile.

    `user` coordinates the country and reads; `where` says how large that is."""
    Export.objects.all().delete()
    ten = [with_activities(country, user, number=number) for number in range(1, EXPORTS + 1)]
    pages = [reverse("home"), reverse("guidelines_list"), ten[0].get_absolute_url()]
    with running() as site:
        cookie = signed_in(user)
        read(site, pages, cookie)  # warm
        begun = time.monotonic()
        for each in ten:
            request_export(each, by=user)
        taken: list[float] = []
        while time.monotonic() - begun < ENOUGH and under_way():
            taken += read(site, pages, cookie)
            time.sleep(0.1)
        last = time.monotonic() - begun
    done = Export.objects.filter(state=ExportState.DONE).count()
    yield Figure(f"{where}: ten exports at once on two workers, not made", EXPORTS - done, "exports", 0)
    yield Figure("... until the last is there", last, "s", 120)
    yield Figure("... pages of the site meanwhile, 95 of 100", quantiles(taken, n=20)[-1] * 1000, "ms", 300)

    def unchanged() -> None:
        for each in ten:
            assert request_export(each, by=user).is_done

    unchanged()
    yield Figure(f"{where}: unchanged document from store", seconds(unchanged) * 1000 / EXPORTS, "ms", 50)


def under_way() -> bool:
    return Export.objects.filter(state__in=[ExportState.QUEUED, ExportState.RENDERING]).exists()


def signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())


def read(site: str, pages: list[str], cookie: str) -> list[float]:
    """Each page once over the network."""
    return [seconds(lambda page=page: _get(site + page, cookie)) for page in pages]  # type: ignore[misc]


def _get(url: str, cookie: str) -> None:
    request = urllib.request.Request(url, headers={"Cookie": cookie})  # noqa: S310 - our own site
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        assert answer.status == 200, f"{url} answered {answer.status}"
        answer.read()


@contextmanager
def running() -> Iterator[str]:
    """The address of the site, served as it is for real, with its workers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    python = [sys.executable, "-m"]
    web = ["gunicorn", "lapportal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    worker = [
        sys.executable,
        "manage.py",
        "worker",
        "--interval",
        "0.2",
        "--no-startup-delay",
        "--verbosity",
        "0",
    ]
    commands = [[*python, *web, "--log-level", "error"], *[worker] * WORKERS]
    processes = [subprocess.Popen(command, cwd=ROOT, env=os.environ) for command in commands]
    site = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(f"{site}/healthz")
        yield site
    finally:
        for each in processes:
            each.terminate()
        for each in processes:
            each.wait(timeout=30)


def _until_it_answers(url: str) -> None:
    for _ in range(300):
        try:
            return _get(url, "")
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)
