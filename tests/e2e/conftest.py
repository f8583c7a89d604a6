"""A real browser, a real server, a real worker, on PostgreSQL: run it with `make e2e`.

Every page handed out here is watched: a console error, a failed file or a request to a foreign
origin fails the test that caused it, and with it any breach of the Content-Security-Policy.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from io import StringIO
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

from frameworks.models import Framework, IndicatorDefinition, Provision
from localities.models import Country, Locality
from tests.factories.accounts import PASSWORD

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"  # the system's, not one of Playwright's own

PATIENCE = 10_000  # milliseconds

# The browser also reports every answer above 399 to the console; the watcher judges answers itself.
REPORT_OF_AN_ANSWER = "the server responded with a status of"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    args = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if os.geteuid() == 0:
        args.append("--no-sandbox")  # Chromium refuses to start as root otherwise
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": args}


@pytest.fixture
def site(live_server):
    """The address of a running portal with its reference data; emptied after the test."""
    if connection.vendor != "postgresql":
        pytest.fail("Browser tests need PostgreSQL, for the server and the worker at once: make e2e")
    load_reference_data()
    return live_server.url


def run_load_commands():
    for command in ("load_localities", "load_frameworks", "load_themes"):
        call_command(command, stdout=StringIO())


@cache
def reference_data():
    """The rows as the commands load them, kept for the next test: writing them back is much quicker."""
    run_load_commands()
    models = (Country, Locality, Framework, Provision, IndicatorDefinition)
    return {model: list(model.objects.order_by("pk")) for model in models}


def load_reference_data():
    if Country.objects.exists():  # a fixture was quicker: keep its rows, update them
        run_load_commands()
        return
    for model, rows in reference_data().items():
        model.objects.bulk_create(rows, ignore_conflicts=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(reference_data())):
            cursor.execute(statement)


@pytest.fixture
def worker(site):
    """The background worker, as its own process on the database of the test."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--no-startup-delay", "--no-reload"],
        env=os.environ
        | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lapportal.settings_test", "SITE_ADDRESS": site},
    )
    yield process
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def watched(new_context, site):
    """`watched(**options)` opens a page in a browser of its own; its complaints fail the test."""
    complaints = []

    def open_page(**options):
        page = new_context(base_url=site, locale="en", **options).new_page()
        page.set_default_timeout(PATIENCE)
        page.set_default_timeout(10_000)
        page.on("console", lambda message: _judge_message(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("request", lambda request: _judge_request(request, site, complaints))
        page.on("response", lambda response: _judge_response(response, complaints))
        page.on("requestfailed", lambda request: _judge_failure(request, complaints))
        return page

    yield open_page
    assert not complaints, "\n".join(complaints)


def _judge_message(message, complaints):
    if message.type == "error" and REPORT_OF_AN_ANSWER not in message.text:
        complaints.append(f"console: {message.text}")


def _judge_request(request, site, complaints):
    address = urlsplit(request.url)
    if address.scheme in ("http", "https") and address.netloc != urlsplit(site).netloc:
        complaints.append(f"foreign origin: {request.url}")


def _judge_response(response, complaints):
    is_a_page = response.request.resource_type in ("document", "xhr", "fetch")
    if response.status >= 500 or (response.status >= 400 and not is_a_page):
        complaints.append(f"{response.status}: {response.url}")


def _judge_failure(request, complaints):
    if "ERR_ABORTED" not in (request.failure or ""):  # left a page while it was loading; a download
        complaints.append(f"failed: {request.url} ({request.failure})")


@pytest.fixture
def desktop(watched):
    return watched(**DESKTOP)


@pytest.fixture
def phone(watched):
    return watched(**PHONE)


@pytest.fixture
def sign_in():
    """`sign_in(page, user)` through the real form."""

    def through_the_form(page, user, password=PASSWORD):
        page.goto("/accounts/login/")
        page.locator("main input[name=login]").fill(user.email)
        page.locator("main input[name=password]").fill(password)
        page.locator("main form button.btn-primary").click()
        page.wait_for_url(lambda address: "/login/" not in address)

    return through_the_form


@pytest.fixture
def axe():
    """`axe(page)`: no accessibility violation, and nothing wider than the screen."""

    def examine(page):
        found = Axe().run(page).response["violations"]
        lines = [
            f"{violation['impact']}: {violation['help']} ({violation['id']})\n    "
            + "\n    ".join(node["html"][:200] for node in violation["nodes"][:5])
            for violation in found
        ]
        assert not lines, f"{page.url}\n" + "\n".join(lines)
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{page.url} is {too_wide} px wider than the screen"

    return examine
