"""Somebody who may be known already, or was invited, at the registration desk."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Merge, Person
from people.names import name_key
from tests.factories.accounts import AssignmentFactory
from tests.factories.people import OrganizationFactory, PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import Invitation, Participation

HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(workshop):
    return reverse("registration", args=[workshop.code])


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


def text_of(response):
    return response.content.decode()


# --- Known already? -----------------------------------------------------------------------------


@pytest.fixture
def earlier(locality, facilitator):
    return WorkshopFactory(locality=locality, facilitators=[facilitator], starts_on=datetime.date(2026, 1, 5))


@pytest.fixture
def leonie(earlier):
    """Seen in the earlier workshop, as mayor of Kanshi."""
    person = PersonFactory(
        full_name="Marie-Léonie Kabongo",
        phone="+243 81 234 5678",
        country=earlier.locality.country,
        age_band="30_to_59",
    )
    organization = OrganizationFactory(name="Commune of Kanshi", country=earlier.locality.country)
    position = PositionFactory(title="Mayor", locality=earlier.locality, organization=organization)
    ParticipationFactory(
        workshop=earlier,
        person=person,
        position=position,
        organization=organization,
        locality=earlier.locality,
    )
    return person


def look(client, url, name, **more):
    return client.post(url, {"full_name": name, "look": "1"} | more, headers=HTMX)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("Kabongo Marie-Léonie", "another order"), ("Marie-Leonie Kabongoh", "")],
)
def test_registration_look_shows_who_it_might_be_with_evidence(client, url, leonie, name, reason):
    response = look(client, url, name)
    page = text_of(response)
    assert response.status_code == 200
    assert "<html" not in page
    assert "Is this the same person?" in page
    for evidence in (
        "Mayor, Commune of Kanshi",
        "Kasaï-Oriental",
        "5 January 2026",
        "…678",
        leonie.code,
        reason,
    ):
        assert evidence in page, evidence
    assert "234" not in page


@pytest.mark.parametrize("name", ["", "Ka", "4 5", "Xyzzy Quux"])
def test_registration_look_shows_nobody(client, url, leonie, name):
    assert not text_of(look(client, url, name)).strip()


def test_registration_look_saves_nothing_and_is_recorded(client, url, leonie):
    look(client, url, "Marie-Léonie Kabongo")
    assert Participation.objects.count() == 1
    assert AuditEvent.objects.get().verb == "read names"


def test_registration_look_shows_a_handful(client, url, earlier):
    for _ in range(20):
        person = PersonFactory(full_name="Marie-Léonie Kabongo", country=earlier.locality.country)
        ParticipationFactory(workshop=earlier, person=person)
    assert text_of(look(client, url, "Marie-Léonie Kabongo")).count('name="fill"') == 3


def test_registration_look_does_not_tell_of_strangers(client, url, locality, elsewhere, facilitator):
    """In a workshop of somebody else; and in one of this user's own, but where the role ended."""
    for place in (locality, elsewhere):
        person = PersonFactory(full_name="Marie-Léonie Kabongo", country=place.country)
        ParticipationFactory(workshop=WorkshopFactory(locality=place), person=person)
    foreign = PersonFactory(full_name="Marie-Léonie Kabongo", country=elsewhere.country)
    ParticipationFactory(
        workshop=WorkshopFactory(locality=elsewhere, facilitators=[facilitator]), person=foreign
    )
    assert not text_of(look(client, url, "Marie-Léonie Kabongo")).strip()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_registration_fill_brings_the_last_time_and_keeps_what_was_typed(client, url, leonie, headers):
    typed = {"full_name": "Kabongo Leonie", "fill": leonie.code, "position": "Governor", "agrees": "on"}
    response = client.post(url, typed, headers=headers)
    form = response.context["form"]
    assert response.status_code == 200
    assert [form[name].value() for name in ("full_name", "category", "position", "organization", "sex")] == [
        "Marie-Léonie Kabongo",
        "mayor",
        "Governor",
        "Commune of Kanshi",
        "woman",
    ]
    assert form["age_band"].value() == "30_to_59"
    assert form["agrees"].value()
    page = text_of(response)
    assert f'name="same_as" value="{leonie.code}"' in page
    assert "+243 81" not in page
    assert Participation.objects.count() == 1


def test_registration_fill_then_save_is_one_person(client, url, typed, leonie):
    client.post(url, typed(same_as=leonie.code, full_name="Marie-Léonie Kabongo-Ilunga"), headers=HTMX)
    assert Person.objects.get().participations.count() == 2
    assert Person.objects.get().full_name == "Marie-Léonie Kabongo-Ilunga"
    assert Person.objects.get().phone == "+243 81 234 5678"


def test_registration_fill_with_bad_input_keeps_who_was_chosen(client, url, typed, leonie):
    response = client.post(url, typed(same_as=leonie.code, category=""), headers=HTMX)
    assert response.status_code == 422
    assert f'name="same_as" value="{leonie.code}"' in text_of(response)


def test_registration_fill_of_a_stranger_fills_nothing(client, url, locality):
    stranger = PersonFactory(full_name="Secret Name", country=locality.country)
    ParticipationFactory(workshop=WorkshopFactory(locality=locality), person=stranger)
    for headers in ({}, HTMX):
        page = text_of(client.post(url, {"full_name": "x", "fill": stranger.code}, headers=headers))
        assert "Secret" not in page
        assert stranger.code not in page


def test_registration_asks_about_a_name_like_it_unless_shown_before(client, url, typed, leonie):
    form = typed(full_name="Marie-Leonie Kabongoh")
    asked = client.post(url, form, headers=HTMX)
    assert asked.status_code == 422
    assert leonie.code in text_of(asked)
    assert client.post(url, form | {"seen": leonie.code}, headers=HTMX).status_code == 200
    assert Person.objects.count() == 2


def test_registration_of_the_very_name_is_asked_about_although_shown_before(client, url, typed, leonie):
    assert client.post(url, typed(seen=leonie.code), headers=HTMX).status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_registration_of_two_at_once_is_one_person(client, signed_in, url, typed, workshop, headers):
    """Two forms opened before either was saved, by two who run the workshop."""
    other = AssignmentFactory(role=Role.FACILITATOR, country=workshop.locality.country).user
    workshop.facilitators.add(other)
    client.post(url, typed(), headers=headers)
    second = typed()
    asked = signed_in(other).post(url, second, headers=headers)
    assert asked.status_code == 422
    assert "already registered in this workshop" in text_of(asked)
    person = Person.objects.get()
    signed_in(other).post(url, second | {"same_as": person.code}, headers=headers)
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_registration_of_a_person_erased_meanwhile_says_so_and_keeps_all(client, url, typed, leonie, headers):
    code = leonie.code
    leonie.participations.all().delete()
    leonie.delete()
    form = typed(same_as=code, agrees_report="on", witness="Jean Witness")
    response = client.post(url, form, headers=headers)
    page = text_of(response)
    assert response.status_code == 409
    assert "not on your lists any more" in page
    assert 'value="Marie-Léonie Kabongo"' in page
    assert 'value="Jean Witness"' in page
    assert not Person.objects.exists()
    del form["same_as"]
    client.post(url, form, headers=headers)
    assert Person.objects.get().full_name == "Marie-Léonie Kabongo"


def test_registration_of_a_person_merged_meanwhile_offers_who_stayed(client, url, typed, leonie):
    Merge.objects.create(kept=leonie, merged_code="P-GONE222")
    response = client.post(url, typed(same_as="P-GONE222"), headers=HTMX)
    page = text_of(response)
    assert response.status_code == 409
    assert "brought together with another one" in page
    assert f'value="{leonie.code}"' in page
    client.post(url, typed(same_as=leonie.code), headers=HTMX)
    assert leonie.participations.count() == 2


def test_registration_of_a_merged_person_does_not_tell_of_strangers(client, url, typed, locality):
    stranger = PersonFactory(full_name="Secret Name", country=locality.country)
    ParticipationFactory(workshop=WorkshopFactory(locality=locality), person=stranger)
    Merge.objects.create(kept=stranger, merged_code="P-GONE222")
    page = text_of(client.post(url, typed(same_as="P-GONE222"), headers=HTMX))
    assert stranger.code not in page
    assert "not on your lists any more" in page


# --- Invited ------------------------------------------------------------------------------------


@pytest.fixture
def invitation(workshop):
    return Invitation.objects.create(
        workshop=workshop,
        full_name="Béatrice Kapinga",
        key=name_key("Béatrice Kapinga"),
        position="Governor",
        organization="Province",
        category="governor",
        sex="woman",
        phone="+243 99 111 2222",
        counted_as_local_authority=True,
    )


def test_registration_look_finds_who_is_invited(client, url, invitation):
    page = text_of(look(client, url, "kapinga Beatrice"))
    assert "Invited to this workshop" in page
    assert "Governor, Province" in page
    filled = client.post(url, {"full_name": "kapinga Beatrice", "fill": invitation.code}, headers=HTMX)
    form = filled.context["form"]
    assert form["category"].value() == "governor"
    assert form["phone"].value() == "+243 99 111 2222"
    assert f'name="invitation" value="{invitation.code}"' in text_of(filled)


@pytest.mark.parametrize("chosen", [True, False])
def test_registration_marks_the_invitation(client, url, typed, invitation, chosen):
    name = "Béa Kapinga Ilunga" if chosen else "KAPINGA Béatrice"
    more = {"invitation": invitation.code} if chosen else {}
    client.post(url, typed(full_name=name, **more), headers=HTMX)
    invitation.refresh_from_db()
    participation = Participation.objects.get()
    assert invitation.participation == participation
    assert invitation.person == participation.person


def test_registration_does_not_take_the_invitation_of_another_workshop(client, url, typed, invitation):
    other = WorkshopFactory(locality=invitation.workshop.locality)
    Invitation.objects.filter(pk=invitation.pk).update(workshop=other)
    client.post(url, typed(full_name="Béatrice Kapinga", invitation=invitation.code), headers=HTMX)
    invitation.refresh_from_db()
    assert invitation.participation is None
