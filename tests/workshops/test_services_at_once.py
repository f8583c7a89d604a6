"""Two facilitators at the same moment: on PostgreSQL in two connections, each waiting for the other."""

import threading
import uuid

import pytest
from django.db import connections

from accounts.models import User
from people.models import Person
from people.names import name_key
from tests.two_writers import needs_two_writers
from workshops.models import Participation, Workshop
from workshops.services import Details, NamesakesFound, register


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_register_the_same_new_person_at_once_is_one_person(workshop, facilitator):
    """Both look before either has written: without the lock both would find nobody."""
    start, answers = threading.Barrier(2), []

    def desk():
        here, by = Workshop.objects.get(pk=workshop.pk), User.objects.get(pk=facilitator.pk)

        def known():
            return list(Person.objects.filter(key=name_key("Awa Ilunga")))

        start.wait()
        try:
            register(
                here,
                details=Details(full_name="Awa Ilunga", category="mayor"),
                person=None,
                submission=uuid.uuid4(),
                purposes=["register"],
                how="spoken",
                by=by,
                unless=known,
            )
            answers.append("registered")
        except NamesakesFound:
            answers.append("asked")
        finally:
            connections.close_all()

    desks = [threading.Thread(target=desk) for _ in range(2)]
    for each in desks:
        each.start()
    for each in desks:
        each.join(timeout=30)
    assert sorted(answers) == ["asked", "registered"]
    assert Person.objects.count() == Participation.objects.count() == 1
