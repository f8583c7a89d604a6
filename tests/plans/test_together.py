"""Two sessions save the same section a thousand times in random order: nothing is lost unseen."""

from itertools import pairwise

import pytest
from django.db import connection

from benchmarks.plan_together import SAVES, Session, at_once, in_turns, lost
from plans.models import Revision, SectionKind


@pytest.fixture
def section(plan):
    return plan.sections.get(kind=SectionKind.VISION)


def check(section, sessions):
    """Every successful save stands in the text and in the history, and each was made knowing the one
    before it."""
    assert lost(section, sessions) == []
    assert sum(len(session.saved) for session in sessions) == SAVES
    assert sum(session.conflicts for session in sessions) > 0
    assert section.row_version == SAVES + 1
    texts = [
        row.values["text"] for row in Revision.objects.filter(subject_code=section.code).order_by("version")
    ]
    assert len(texts) == SAVES + 1
    assert all(after.startswith(before) for before, after in pairwise(texts))


def test_two_sessions_lose_nothing_in_turns(section, member, secretary):
    sessions = [Session(section.pk, member, "m"), Session(section.pk, secretary, "s")]
    in_turns(sessions)
    check(section, sessions)


@pytest.mark.django_db(transaction=True)
def test_two_sessions_lose_nothing_at_once(section, member, secretary):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one connection: there they take turns")
    sessions = [Session(section.pk, member, "m"), Session(section.pk, secretary, "s")]
    at_once(sessions)
    check(section, sessions)
