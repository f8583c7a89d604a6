"""Whom the daily watch tells of hundreds of committees: the same accounts as of one at a time."""

import pytest

from accounts.models import User
from accounts.roles import Role
from committees.audience import Audience, coordinators_of, secretaries_of, workers_of
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory, SeatFactory

pytestmark = pytest.mark.django_db


def test_audience_names_whom_the_functions_name(committee, secretary, member, coordinator, elsewhere):
    """Nobody of another committee or country, and no closed account."""
    far = CommitteeFactory(locality=elsewhere)
    closed = UserFactory(is_active=False)
    for where, user in ((far, UserFactory()), (committee, closed)):
        CommitteeAccessFactory(committee=where, role=Role.COMMITTEE_SECRETARY, user=user)
    audience = Audience()
    for each in (committee, far, CommitteeFactory(locality=elsewhere)):
        assert set(audience.secretaries_of(each)) == set(secretaries_of(each))
        assert set(audience.workers_of(each)) == set(workers_of(each))
        assert set(audience.coordinators_of(each)) == set(coordinators_of(each))
    assert audience.secretaries_of(committee) == [secretary]
    assert set(audience.workers_of(committee)) == {secretary, member}


def test_audience_names_who_works_for_an_office_on_that_committee_only(committee, elsewhere):
    seat = SeatFactory(committee=committee)
    there = SeatFactory(committee=CommitteeFactory(locality=elsewhere), position=seat.position)
    for each in (seat, there, SeatFactory(committee=committee)):
        CommitteeAccessFactory(
            committee=each.committee, role=Role.COMMITTEE_MEMBER, seat=each, user=UserFactory()
        )
    found = Audience().working_for_office(committee, seat.position_id)
    assert found == list(User.objects.filter(committee_access__seat=seat))
    assert Audience().working_for_office(committee, 0) == []
