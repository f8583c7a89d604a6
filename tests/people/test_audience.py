import datetime

import pytest

from accounts.roles import Role
from people.audience import keepers_of, keepers_of_each
from people.models import Incumbency
from people.rules import can_record_holder
from people.terms import ending_terms
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory, SeatFactory
from tests.factories.people import HandoverFactory, IncumbencyFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory

TODAY = datetime.date(2026, 11, 2)


@pytest.fixture
def mayor(committee):
    return SeatFactory(committee=committee, position__title="Mayor").position


def test_keepers_of_are_the_secretaries_and_coordinators(mayor, committee, coordinator, secretary, member):
    closed = CommitteeAccessFactory(
        committee=committee, role=Role.COMMITTEE_SECRETARY, user=UserFactory(is_active=False)
    ).user
    assert set(keepers_of(mayor)) == {coordinator, secretary}
    assert closed not in keepers_of(mayor)


def test_keepers_of_are_told_once_and_not_of_seats_that_ended(mayor, locality, secretary, outsider):
    elsewhere = CommitteeFactory(locality=locality)
    CommitteeAccessFactory(committee=elsewhere, role=Role.COMMITTEE_SECRETARY, user=secretary)
    SeatFactory(committee=elsewhere, position=mayor)
    assert keepers_of(mayor) == [secretary]
    mayor.seats.update(ended_on=TODAY)
    assert keepers_of(mayor) == []


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("facilitator", True),
        ("coordinator", True),
        ("secretary", True),
        ("member", False),
        ("oversight", False),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_can_record_holder(request, mayor, who, may):
    assert can_record_holder(request.getfixturevalue(who), mayor) is may


def test_can_record_holder_of_a_seat_that_ended_or_of_another_office(mayor, secretary, locality):
    assert not can_record_holder(secretary, PositionFactory(locality=locality))
    mayor.seats.update(ended_on=TODAY)
    assert not can_record_holder(secretary, mayor)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        (datetime.date(2027, 1, 1), True),  # the sixtieth day from now
        (datetime.date(2027, 1, 2), False),
        (TODAY, True),
        (datetime.date(2026, 5, 1), True),  # held beyond the term
        (None, False),
    ],
)
def test_ending_terms_begin_sixty_days_before(mayor, term, found):
    row = IncumbencyFactory(position=mayor, starts_on=datetime.date(2021, 1, 1), term_ends_on=term)
    assert list(ending_terms(TODAY)) == [row] * found


def test_ending_terms_without_those_that_are_seen_to(mayor):
    term = datetime.date(2026, 12, 1)
    row = IncumbencyFactory(position=mayor, term_ends_on=term)
    handover = HandoverFactory(position=mayor, outgoing=row, due_on=term)
    assert not ending_terms(TODAY).exists()
    handover.stays_on, handover.stays_reason = TODAY, "Elected again"
    handover.save()
    assert not ending_terms(TODAY).exists()
    row.term_ends_on = datetime.date(2026, 12, 24)
    row.save()
    assert list(ending_terms(TODAY)) == [row]
    Incumbency.objects.update(ends_on=TODAY, how_ended="transfer")
    assert not ending_terms(TODAY).exists()


def test_keepers_of_each_are_those_of_one_at_a_time(
    committee, secretary, member, coordinator, facilitator, workshop, django_assert_num_queries
):
    """Also of an office that is known only from a registration: the coordinator does not hear of it."""
    seated = SeatFactory(committee=committee).position
    left = SeatFactory(committee=committee, ended_on=datetime.date(2026, 4, 1)).position
    registered = ParticipationFactory(
        workshop=workshop, position=PositionFactory(locality=workshop.locality)
    ).position
    offices = [seated, left, registered, PositionFactory()]
    with django_assert_num_queries(5):
        found = keepers_of_each(offices)
    assert found == {office.pk: keepers_of(office) for office in offices}
    assert found[seated.pk] == [secretary, coordinator]
    assert keepers_of_each([]) == {}
