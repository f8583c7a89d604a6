import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.consent import Purpose
from people.corrections import PersonGone
from people.models import Consent, Incumbency, NameToken, Person
from tests.factories.people import ConsentFactory, IncumbencyFactory, PersonFactory, PositionFactory
from tests.factories.workshops import (
    AttendanceFactory,
    InvitationFactory,
    ParticipationFactory,
    SelfRegistrationFactory,
    WorkshopFactory,
)
from workshops.models import Attendance, Champion, Participation, Tally
from workshops.reports import Breakdown
from workshops.services.erasure import erase_person
from workshops.states import WorkshopState


@pytest.fixture
def person(workshop):
    """Somebody who came to two workshops, of two facilitators."""
    person = PersonFactory(full_name="Marie Kabongo", country=workshop.locality.country, phone="0812345678")
    position = PositionFactory(locality=workshop.locality)
    first = ParticipationFactory(
        workshop=workshop, person=person, position=position, sex="woman", age_band="30_to_59"
    )
    AttendanceFactory(participation=first)
    other = WorkshopFactory(locality=workshop.locality, state=WorkshopState.CLOSED)
    ParticipationFactory(workshop=other, person=person, category="teacher", counted_as_local_authority=True)
    InvitationFactory(workshop=workshop, full_name="Marie Kabongo", person=person, participation=first)
    Champion.objects.create(person=person, workshop=workshop, locality=workshop.locality)
    ConsentFactory(person=person, purpose=Purpose.REGISTER)
    IncumbencyFactory(person=person, position=position)
    return person


def numbers(workshop):
    breakdown = Breakdown.from_workshop(workshop, list(workshop.tallies.all()), sees_all=True)
    return breakdown.authorities, breakdown.others, breakdown.sexes, breakdown.ages


def test_erase_person_keeps_every_number(person, workshop, facilitator):
    ParticipationFactory.create_batch(3, workshop=workshop, category="teacher")
    workshops = [each.workshop for each in person.participations.order_by("pk")]
    before = [(each.turnout(), numbers(each)) for each in workshops]
    assert erase_person(person, by=facilitator) == 2
    fresh = [type(each).objects.get(pk=each.pk) for each in workshops]
    assert [(each.turnout(), numbers(each)) for each in fresh] == before
    # As it was counted that day, although a teacher is no local authority by the country's setting.
    assert Tally.objects.get(category="teacher").counted_as_local_authority


def test_erase_person_leaves_nothing_of_the_name(person, workshop, facilitator):
    code = person.code
    erase_person(person, by=facilitator)
    for model in (Person, NameToken, Consent, Champion, Attendance, Participation):
        assert not model.objects.exists(), model
    # The office keeps its terms, without saying whose they were.
    assert Incumbency.objects.get().person is None
    invitation = workshop.invitations.get()
    assert (invitation.full_name, invitation.key, invitation.phone, invitation.person) == ("", "", "", None)
    event = AuditEvent.objects.get(verb="erased")
    assert (event.subject, event.detail) == (code, {"head_counts": 2})
    assert "Kabongo" not in str(list(AuditEvent.objects.values()))


def test_erase_person_twice(person, facilitator):
    erase_person(Person.objects.get(pk=person.pk), by=facilitator)
    with pytest.raises(PersonGone):
        erase_person(person, by=facilitator)
    assert Tally.objects.count() == 2


def test_person_erase_asks_first(signed_in, facilitator, person, workshop):
    client = signed_in(facilitator)
    address = reverse("person_erase", args=[person.code])
    page = client.get(address).text
    assert "Marie Kabongo" in page
    assert workshop.title in page
    assert person.participations.exclude(workshop=workshop).get().workshop.title not in page
    assert Person.objects.exists()
    response = client.post(address, follow=True)
    assert "counts without a name in 2 workshops" in response.text
    assert not Person.objects.exists()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "oversight", "outsider", "administrator", "secretary"])
def test_person_erase_is_hidden_from_others(request, signed_in, person, who):
    client = signed_in(request.getfixturevalue(who))
    address = reverse("person_erase", args=[person.code])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert Person.objects.exists()


def test_erase_person_forgets_what_nobody_linked_on_the_same_lists(person, workshop, facilitator, country):
    """Invited by name and never found again, or sent in twice by the link: the name goes there, too."""
    name = {"full_name": person.full_name, "key": person.key}
    mine = InvitationFactory(workshop=workshop, **name, phone="+243 0812345678")
    other = InvitationFactory(workshop=workshop, **name, phone="0998877665")
    SelfRegistrationFactory(workshop=workshop, **name)
    waiting = SelfRegistrationFactory(workshop=workshop, **name, phone="0998877665")
    erase_person(person, by=facilitator)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.full_name, mine.phone, other.full_name) == ("", "", name["full_name"])
    assert list(workshop.self_registrations.all()) == [waiting]


def test_erase_person_leaves_a_registered_namesake_alone(person, workshop, facilitator, country):
    ParticipationFactory(workshop=workshop, person=PersonFactory(full_name=person.full_name, country=country))
    theirs = InvitationFactory(workshop=workshop, full_name=person.full_name, key=person.key)
    erase_person(person, by=facilitator)
    theirs.refresh_from_db()
    assert theirs.full_name == "Marie Kabongo"
