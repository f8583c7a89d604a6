"""Two take a step at the same moment."""

import threading

import pytest
from django.db import connections

from accounts.models import User
from guidelines import gates
from guidelines.models import Edition, Guidelines
from guidelines.services import endorsements, moving
from guidelines.services.launching import launch_guidelines
from tests.guidelines.moving.scene import TODAY, S, at, state_of
from tests.two_writers import needs_two_writers

pytestmark = pytest.mark.usefixtures("media")


def at_once(*acts):
    start, answers = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            answers.append(act())
        except (moving.MoveRefused, gates.FieldRefused, gates.NotReady):
            answers.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_launch_at_once_makes_one_edition(signed, coordinator):
    def launch():
        row, by = Guidelines.objects.get(pk=signed.pk), User.objects.get(pk=coordinator.pk)
        return launch_guidelines(row, on=TODAY, today=TODAY, by=by).number

    assert sorted(at_once(launch, launch), key=str) == [1, "told"]
    assert Edition.objects.count() == 1


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_launch_and_return_at_once_is_one_of_them(signed, coordinator):
    def launch():
        row, by = Guidelines.objects.get(pk=signed.pk), User.objects.get(pk=coordinator.pk)
        return str(launch_guidelines(row, on=TODAY, today=TODAY, by=by).number)

    def send_back():
        row, by = Guidelines.objects.get(pk=signed.pk), User.objects.get(pk=coordinator.pk)
        return moving.return_guidelines(row, reason="A new act", by=by).state

    answers = at_once(launch, send_back)
    assert answers.count("told") == 1
    assert state_of(signed) == (S.LAUNCHED if "1" in answers else S.DRAFTING)


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_endorsement_at_once_is_recorded_once(guidelines, text, gender, councils, coordinator):
    at(guidelines, S.VALIDATED)
    signing = endorsements.Signing(gender, "", "Minister", TODAY)

    def endorse():
        row, by = Guidelines.objects.get(pk=guidelines.pk), User.objects.get(pk=coordinator.pk)
        endorsements.record_endorsement(row, signing=signing, by=by, today=TODAY)
        return "recorded"

    assert sorted(at_once(endorse, endorse)) == ["recorded", "told"]
    assert guidelines.endorsements.count() == 1


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_last_two_endorsements_at_once_make_it_endorsed(guidelines, text, gender, councils, coordinator):
    at(guidelines, S.VALIDATED)

    def endorse(signatory):
        row, by = Guidelines.objects.get(pk=guidelines.pk), User.objects.get(pk=coordinator.pk)
        signing = endorsements.Signing(signatory, "", "Minister", TODAY)
        endorsements.record_endorsement(row, signing=signing, by=by, today=TODAY)
        return "recorded"

    assert at_once(lambda: endorse(gender), lambda: endorse(councils)) == ["recorded"] * 2
    assert state_of(guidelines) == S.ENDORSED
