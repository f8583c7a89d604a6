import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.consent import WORDING_VERSION, Purpose
from people.models import AgeBand
from tests.factories.people import ConsentFactory, PersonFactory
from tests.factories.workshops import ParticipationFactory


@pytest.fixture
def person(workshop):
    person = ParticipationFactory(
        workshop=workshop, person=PersonFactory(country=workshop.locality.country)
    ).person
    ConsentFactory(person=person, purpose=Purpose.REGISTER)
    return person


@pytest.fixture
def url(person):
    return reverse("consent_new", args=[person.code])


def said(**changed):
    return {"purpose": "photo", "how": "paper", "language": "fr", "given_on": "2026-03-02"} | changed


def withdraw(person, purpose):
    return reverse("consent_withdraw", args=[person.code, purpose])


def test_consent_new_writes_down_what_was_agreed(signed_in, facilitator, person, url):
    response = signed_in(facilitator).post(url, said(witness="Jeanne Ilunga"))
    assert response.status_code == 302
    consent = person.consents.get(purpose="photo")
    assert (consent.how, consent.language, consent.witness) == ("paper", "fr", "Jeanne Ilunga")
    assert consent.given_at.date() == datetime.date(2026, 3, 2)
    assert consent.wording_version == WORDING_VERSION
    assert consent.recorded_by == facilitator
    assert AuditEvent.objects.get(verb="recorded consent").detail == {"purpose": "photo"}


def test_consent_new_to_be_contacted_brings_the_contact(signed_in, facilitator, person, url):
    client = signed_in(facilitator)
    assert client.post(url, said(purpose="contact")).status_code == 422
    assert client.post(url, said(purpose="photo", phone="0812345678")).status_code == 422
    assert client.post(url, said(purpose="contact", phone="0812345678")).status_code == 302
    person.refresh_from_db()
    assert person.phone == "0812345678"


@pytest.mark.parametrize(
    "changed",
    [
        {"purpose": "register"},  # given already
        {"purpose": "guardian"},  # of age
        {"purpose": "everything"},
        {"given_on": "2099-01-01"},
        {"given_on": "0001-01-01"},
        {"given_on": "yesterday"},
        {"language": "xx"},
        {"how": ""},
        {"witness": "W" * 100_000},
    ],
)
def test_consent_new_refuses(signed_in, facilitator, person, url, changed):
    response = signed_in(facilitator).post(url, said(**changed))
    assert response.status_code == 422
    assert person.consents.count() == 1


def test_consent_new_sent_twice_writes_once(signed_in, facilitator, person, url):
    client = signed_in(facilitator)
    assert client.post(url, said()).status_code == 302
    assert client.post(url, said()).status_code == 422
    assert person.consents.filter(purpose="photo").count() == 1


def test_consent_withdraw_asks_first(signed_in, facilitator, person):
    ConsentFactory(person=person, purpose=Purpose.PHOTO)
    client = signed_in(facilitator)
    assert "No photograph" in client.get(withdraw(person, "photo")).text
    assert person.consents.filter(withdrawn_at=None).count() == 2
    assert client.post(withdraw(person, "photo")).status_code == 302
    assert person.consents.get(purpose="photo").withdrawn_at
    assert AuditEvent.objects.get(verb="withdrew consent").detail == {"purpose": "photo"}
    assert client.post(withdraw(person, "photo")).status_code == 404
    assert "Withdrawn" in client.get(reverse("person_detail", args=[person.code])).text


def test_consent_withdraw_of_the_contact_deletes_it(signed_in, facilitator, person):
    ConsentFactory(person=person, purpose=Purpose.CONTACT)
    person.phone, person.email = "0812345678", "m@test.example"
    person.save_with_index()
    signed_in(facilitator).post(withdraw(person, "contact"))
    person.refresh_from_db()
    assert (person.phone, person.email) == ("", "")


@pytest.mark.parametrize("purpose", ["register", "guardian"])
def test_consent_withdraw_to_be_listed_leads_to_erasing(signed_in, facilitator, person, purpose):
    person.age_band = AgeBand.UNDER_18
    person.save()
    ConsentFactory(person=person, purpose=Purpose.GUARDIAN)
    response = signed_in(facilitator).post(withdraw(person, purpose))
    assert response.url == reverse("person_erase", args=[person.code])
    assert person.consents.filter(withdrawn_at=None).count() == 2


@pytest.mark.parametrize("who", ["coordinator", "oversight", "outsider", "administrator"])
def test_consent_withdraw_is_hidden_from_others(request, signed_in, person, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(withdraw(person, "register")).status_code == 404
    assert client.post(withdraw(person, "register")).status_code == 404
