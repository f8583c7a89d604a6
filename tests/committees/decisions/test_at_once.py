"""Two who keep the same meeting at the same moment: on PostgreSQL in two connections."""

import threading

import pytest
from django.db import connections

from accounts.models import User
from committees.closing import MeetingClosed
from committees.models import Meeting
from committees.services import minutes as services
from committees.services.decisions import DecisionValues, add_decision
from tests.committees.decisions.conftest import TODAY
from tests.two_writers import needs_two_writers


def at_once(*acts):
    """Each in a connection of its own, all from the same moment; what they answered or were refused."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            answers.append(act())
        except MeetingClosed:
            answers.append("closed")
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
def test_add_decision_at_once_gives_two_numbers(meeting, secretary):
    def write():
        here, by = Meeting.objects.get(pk=meeting.pk), User.objects.get(pk=secretary.pk)
        return add_decision(here, DecisionValues(text="Lights"), by=by).number

    assert sorted(at_once(write, write)) == [1, 2]


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_approve_minutes_at_once_is_one_approval(meeting, secretary, facilitator):
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state="draft")
    seal = services.seal_of(Meeting.objects.get(pk=meeting.pk))

    def approve(user):
        here, by = Meeting.objects.get(pk=meeting.pk), User.objects.get(pk=user.pk)
        services.approve_minutes(here, on=TODAY, seal=seal, by=by)
        return "approved"

    answers = at_once(lambda: approve(secretary), lambda: approve(facilitator))
    assert sorted(answers) == ["approved", "closed"]
