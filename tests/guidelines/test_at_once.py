"""Two at the same moment, each holding what the other refers to: both come to an end (PostgreSQL)."""

import threading
import time

import pytest
from django.db import connection, transaction

from guidelines.models import Resource, ResourceKind, Section, Signatory
from guidelines.services.holding import held
from guidelines.services.planning import remove_step
from guidelines.services.sections import save_section
from guidelines.services.signatories import add_signatory
from guidelines.services.versions import start_translation
from tests.factories.accounts import UserFactory
from tests.factories.guidelines import GuidelinesFactory, PlanningStepFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _many_connections():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one connection: there they take turns")


@pytest.fixture
def by():
    return UserFactory()


def in_thread(work):
    """Begin `work` on a connection of its own; what it raised comes out of `join`."""
    raised = []

    def run():
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told to the test
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()

    def join():
        thread.join(timeout=20)
        assert not thread.is_alive()
        assert raised == []

    return join


def until_somebody_waits():
    """For a row that this transaction holds."""
    for _look in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def test_a_launch_and_a_new_signatory_do_not_wait_for_each_other(by):
    """The launch holds the guidelines and writes a line of the library about the country; the signatory
    holds the country and looks at the guidelines."""
    guidelines = GuidelinesFactory(state="endorsed")
    new = Signatory(country=guidelines.country, institution="Ministry of Planning", role="other")
    with transaction.atomic():
        held(guidelines)
        join = in_thread(lambda: add_signatory(new, by=by))
        until_somebody_waits()
        Resource.objects.create(
            title="Guidelines", kind=ResourceKind.GUIDELINES, country=guidelines.country, language="en"
        )
    join()


def test_a_translation_waits_for_whoever_writes_its_source(by):
    section = SectionFactory(guidelines=GuidelinesFactory(language="en"), body="Before")
    guidelines = section.guidelines
    with transaction.atomic():
        section.body = "After"
        save_section(section, opened_version=section.row_version, by=by)
        join = in_thread(
            lambda: start_translation(guidelines, language="fr", title="Lignes", with_texts=True, by=by)
        )
        until_somebody_waits()
    join()
    assert Section.objects.get(guidelines__language="fr").body == "After"


def test_remove_step_twice(by):
    step = PlanningStepFactory()
    remove_step(step, opened_version=step.row_version, by=by)
    remove_step(step, opened_version=step.row_version, by=by)
