"""A scorecard of the mayor for the first half of 2026, looked at on 20 November."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import Role
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import CommitteeAccessFactory, SeatFactory
from tests.factories.people import PositionFactory
from tests.plans.assessments.scene import D


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Moves the clock: `today(2027, 2, 1)`."""

    def move(*day):
        moment = datetime.datetime(*day, 9, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    move(2026, 11, 20)
    return move


@pytest.fixture
def mayor(locality):
    return PositionFactory(locality=locality, title="Mayor of Mbuji-Mayi")


@pytest.fixture
def assessment(committee, mayor):
    """Of the first half of 2026: it can be closed."""
    return AssessmentFactory(
        committee=committee, position=mayor, label="2026-1", start=D(2026, 1, 1), end=D(2026, 6, 30)
    )


@pytest.fixture
def sits(committee):
    """`sits("government")` is the account of a seat of that side, not the mayor's."""

    def seat(side, **values):
        return CommitteeAccessFactory(
            committee=committee,
            role=Role.COMMITTEE_MEMBER,
            seat=SeatFactory(committee=committee, side=side, **values),
        ).user

    return seat
