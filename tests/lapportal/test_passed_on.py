"""The last step of Localization: champion and hand-over in place."""

import datetime

import pytest

from lapportal.memory.passed_on import sustained_paths
from lapportal.reports import LocalWork
from tests.factories.localities import LocalityFactory
from tests.factories.people import HandoverFactory, PositionFactory
from tests.factories.results import ChampionFactory
from tests.factories.workshops import WorkshopFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture
def village(locality):
    return LocalityFactory(code="CD-KE-1", country=locality.country, parent=locality)


def handed_over(place, **changes):
    days = {"pack_sent_on": TODAY, "acknowledged_on": TODAY, "due_on": TODAY - datetime.timedelta(days=90)}
    return HandoverFactory(position=PositionFactory(locality=place), **days | changes)


def champion_of(place):
    return ChampionFactory(workshop=WorkshopFactory(locality=place), locality=place)


def paths_for(user, locality):
    return sustained_paths(user, today=TODAY, locality__path__startswith=locality.path)


def test_sustained_paths_want_champion_and_handover(coordinator, locality, village):
    handed_over(village)
    assert paths_for(coordinator, locality) == frozenset()
    champion_of(locality)
    assert paths_for(coordinator, locality) == {village.path}


def test_sustained_paths_leave_out_where_one_is_overdue(coordinator, locality, village):
    champion_of(village)
    handed_over(village)
    late = handed_over(village, acknowledged_on=None, due_on=TODAY - datetime.timedelta(days=30))
    assert paths_for(coordinator, locality) == {village.path}
    late.due_on -= datetime.timedelta(days=1)
    late.save()
    assert paths_for(coordinator, locality) == frozenset()


def test_sustained_paths_are_those_that_the_reader_may_see(outsider, secretary, locality, village):
    champion_of(village)
    handed_over(village)
    assert paths_for(outsider, locality) == frozenset()
    assert paths_for(secretary, locality) == frozenset()


def test_pipeline_ends_with_sustained(coordinator, locality, village):
    champion_of(village)
    handed_over(village)
    work = LocalWork.seen_by(coordinator, locality__path__startswith=locality.path)
    assert str(work.pipeline(locality).stage) == "Sustained"
