"""A meeting that was held in Kasaï-Oriental: six voting seats, four of them there, and an observer."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import Role
from committees.composition import SeatRole, Side
from committees.models import Presence
from tests.factories.accounts import UserFactory
from tests.factories.committees import (
    AgendaItemFactory,
    AttendanceFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.localities import LocalityFactory
from tests.factories.people import PositionFactory

DAY = datetime.date(2026, 6, 2)
TODAY = datetime.date(2026, 6, 20)


@pytest.fixture(autouse=True)
def today_is(monkeypatch):
    """The portal's calendar stands on 20 June 2026; `today_is(2026, 7, 1)` moves it."""
    shown = [TODAY]
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: shown[0])

    def travel(*day):
        shown[0] = datetime.date(*day)

    return travel


def seat_of(committee, title, *, side=Side.GOVERNMENT, role=SeatRole.MEMBER, voting=True):
    position = PositionFactory(title=title, locality=committee.locality, organization=None)
    return SeatFactory(committee=committee, position=position, side=side, role=role, voting=voting)


@pytest.fixture
def seats(committee):
    """By a short name."""
    return {
        "mayor": seat_of(committee, "Mayor", role=SeatRole.CHAIR),
        "gender": seat_of(committee, "Head of the gender division", role=SeatRole.SECRETARY),
        "police": seat_of(committee, "Police commander"),
        "union": seat_of(committee, "President of the women's union", side=Side.CIVIL_SOCIETY),
        "market": seat_of(committee, "Speaker of the market women", side=Side.CIVIL_SOCIETY),
        "youth": seat_of(committee, "Youth delegate", side=Side.CIVIL_SOCIETY),
        "observer": seat_of(
            committee, "Observer of the UN", side=Side.OTHER, role=SeatRole.OBSERVER, voting=False
        ),
    }


@pytest.fixture
def meeting(committee, seats):
    """Mayor, gender division, union are there; the market women sent somebody; the others not."""
    row = MeetingFactory(committee=committee, day=DAY, held=True, voting_seats=6, quorum=4)
    there = {
        "mayor": Presence.PRESENT,
        "gender": Presence.PRESENT,
        "union": Presence.PRESENT,
        "market": Presence.REPRESENTED,
        "police": Presence.EXCUSED,
        "youth": Presence.ABSENT,
        "observer": Presence.PRESENT,
    }
    for name, presence in there.items():
        AttendanceFactory(meeting=row, seat=seats[name], presence=presence, voting=seats[name].voting)
    return row


@pytest.fixture
def item(meeting):
    return AgendaItemFactory(meeting=meeting, title="Street lights at the market", order=0)


@pytest.fixture
def higher(country, committee):
    """The committee to which this one reports, with a secretary of its own."""
    capital = LocalityFactory(code="CD-CAP", name="Capital", country=country)
    found = CommitteeFactory(locality=capital, name="National committee")
    committee.reports_to = found
    committee.save()
    return found


@pytest.fixture
def higher_secretary(higher):
    return CommitteeAccessFactory(
        committee=higher, role=Role.COMMITTEE_SECRETARY, user=UserFactory(display_name="Hana Higher")
    ).user
