"""The same form, entry or half-day twice at the same moment: on PostgreSQL in two connections."""

import threading
import uuid

import pytest
from django.db import connection, connections

from accounts.models import User
from people.models import Person
from tests.factories.workshops import ParticipationFactory, SelfRegistrationFactory
from workshops.models import Attendance, Participation, SelfRegistration, Workshop
from workshops.programme import half_days
from workshops.services import Details
from workshops.services.attendance import MarkedMeanwhile, mark_everybody
from workshops.services.self_registration import NotWaiting, confirm, knock

pytestmark = [
    pytest.mark.skipif(
        not connection.features.has_select_for_update, reason="SQLite lets one writer in at a time"
    ),
    pytest.mark.django_db(transaction=True),
]


def at_once(*jobs):
    """What each answered, or the name of the refusal."""
    start, answers = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            start.wait()
            answers.append(job() or "done")
        except (MarkedMeanwhile, NotWaiting) as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_knock_twice_at_once_waits_once(workshop):
    submission = uuid.uuid4()

    def send():
        knock(
            Workshop.objects.get(pk=workshop.pk),
            details=Details(full_name="Awa Ilunga", category="mayor"),
            purposes=[],
            language="en",
            submission=submission,
        )

    assert at_once(send, send) == ["done", "done"]
    assert SelfRegistration.objects.count() == 1


def test_confirm_twice_at_once_registers_once(workshop, facilitator):
    entry = SelfRegistrationFactory(workshop=workshop)

    both_have_read = threading.Barrier(2)

    def agree():
        row = SelfRegistration.objects.select_related("workshop__locality__country").get(pk=entry.pk)
        both_have_read.wait()
        confirm(row, person=None, by=User.objects.get(pk=facilitator.pk))

    assert sorted(at_once(agree, agree)) == ["NotWaiting", "done"]
    assert Participation.objects.count() == Person.objects.count() == 1
    assert not SelfRegistration.objects.exists()


def test_mark_everybody_twice_at_once_keeps_the_first(workshop, facilitator):
    people = ParticipationFactory.create_batch(3, workshop=workshop)
    half = half_days(workshop, [])[0]

    def all_but(person):
        def mark():
            here = Workshop.objects.get(pk=workshop.pk)
            by = User.objects.get(pk=facilitator.pk)
            mark_everybody(here, half=half, except_for=[person], by=by)

        return mark

    first, second = (all_but(each.person.code) for each in people[:2])
    assert sorted(at_once(first, second)) == ["MarkedMeanwhile", "done"]
    assert Attendance.objects.count() == 2
