"""It is the fourth of May 2026, and a meeting is planned for June."""

import datetime

import pytest
from django.utils import timezone

from tests.committees.meetings.scene import SOON, TODAY
from tests.factories.committees import MeetingFactory


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is the fourth of May 2026; `today(day)` moves on."""

    def move(day):
        now = datetime.datetime.combine(day, datetime.time(10), tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)

    move(TODAY)
    return move


@pytest.fixture
def quarterly(committee):
    committee.meeting_frequency = "quarterly"
    committee.save()
    return committee


@pytest.fixture
def meeting(committee):
    return MeetingFactory(committee=committee, day=SOON, place="House of Women, Mbujimayi")
