import pytest
from django.urls import reverse

from people.models import Consent, Person
from tests.factories.people import PersonFactory
from tests.factories.workshops import ParticipationFactory
from workshops.models import Participation
from workshops.states import WorkshopState


def text_of(response):
    return response.content.decode()


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def participation(workshop):
    person = PersonFactory(
        full_name="Awa Ilunga", phone="+243 81 234 5678", country=workshop.locality.country
    )
    Consent.objects.create(person=person, purpose="contact", language="fr")
    return ParticipationFactory(workshop=workshop, person=person, category="mayor")


def address(name, participation):
    return reverse(name, args=[participation.workshop.code, participation.person.code])


def test_participation_edit_shows_what_was_written(client, participation):
    page = text_of(client.get(address("participation_edit", participation)))
    assert 'value="Awa Ilunga"' in page
    assert 'value="+243 81 234 5678"' in page


def test_participation_edit_corrects_and_records_who(client, participation, typed, facilitator):
    response = client.post(
        address("participation_edit", participation),
        typed(full_name="Awa Mutombo", category="teacher", position="Head teacher"),
    )
    assert response.status_code == 302
    participation.refresh_from_db()
    assert participation.recorded_by == facilitator
    assert participation.category == "teacher"
    assert not participation.counted_as_local_authority
    assert participation.position.title == "Head teacher"
    assert Person.objects.with_name_parts("mutombo").get().pk == participation.person_id


def test_participation_edit_from_the_desk_goes_back_there(client, participation, typed):
    page = client.get(address("participation_edit", participation), {"registration": ""})
    assert 'name="registration"' in text_of(page)
    response = client.post(address("participation_edit", participation), typed(registration="1"))
    assert response.url.endswith("/registration/")


def test_participation_edit_keeps_how_the_same_category_was_counted(client, participation, typed, country):
    country.local_authority_overrides = {"mayor": False}
    country.save()
    client.post(address("participation_edit", participation), typed())
    participation.refresh_from_db()
    assert participation.counted_as_local_authority


def test_participation_edit_without_consent_to_contact_empties_it(client, participation, typed):
    client.post(address("participation_edit", participation), typed())
    person = Person.objects.get()
    assert person.phone == ""
    assert Consent.objects.get(purpose="contact").withdrawn_at is not None


def test_participation_edit_with_bad_input_keeps_all(client, participation, typed):
    response = client.post(
        address("participation_edit", participation), typed(full_name="New Name", category="queen")
    )
    assert response.status_code == 422
    assert 'value="New Name"' in text_of(response)
    participation.refresh_from_db()
    assert participation.category == "mayor"


def test_participation_edit_in_cancelled_workshop(client, participation, typed):
    participation.workshop.state = WorkshopState.CANCELLED
    participation.workshop.save()
    response = client.post(address("participation_edit", participation), typed(full_name="New Name"))
    assert response.status_code == 409
    assert 'value="New Name"' in text_of(response)
    assert Person.objects.get().full_name == "Awa Ilunga"


def test_participation_remove_asks_first(client, participation):
    page = text_of(client.get(address("participation_remove", participation)))
    assert "deleted for good" in page
    assert Participation.objects.exists()


def test_participation_remove_deletes_the_person_too(client, participation):
    response = client.post(address("participation_remove", participation), {"registration": "1"})
    assert response.url.endswith("/registration/")
    assert not Participation.objects.exists()
    assert not Person.objects.exists()
    assert not Consent.objects.exists()


def test_participation_remove_keeps_whoever_is_on_another_list(client, participation):
    ParticipationFactory(person=participation.person)
    assert "stays on the list" in text_of(client.get(address("participation_remove", participation)))
    client.post(address("participation_remove", participation))
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["participation_edit", "participation_remove"])
@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 403), ("oversight", 403), ("administrator", 403), ("outsider", 404)]
)
def test_participation_pages_closed_to_others(name, role, status, request, signed_in, participation, typed):
    client = signed_in(request.getfixturevalue(role))
    url = address(name, participation)
    for response in (client.get(url), client.post(url, typed())):
        assert response.status_code == status
        assert "Ilunga" not in text_of(response)
    assert Person.objects.get().full_name == "Awa Ilunga"


@pytest.mark.parametrize("name", ["participation_edit", "participation_remove"])
def test_participation_pages_of_another_workshop_or_unknown(name, client, workshop):
    stranger = ParticipationFactory().person
    for code in (stranger.code, "P-2222222"):
        assert client.get(reverse(name, args=[workshop.code, code])).status_code == 404


@pytest.mark.parametrize("name", ["participation_edit", "participation_remove"])
def test_participation_pages_do_not_tell_others_who_came(name, signed_in, coordinator, participation):
    client = signed_in(coordinator)
    came = client.get(address(name, participation))
    did_not = client.get(
        reverse(name, args=[participation.workshop.code, ParticipationFactory().person.code])
    )
    assert came.status_code == did_not.status_code == 403
