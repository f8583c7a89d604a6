"""Consent by purpose, what is asked beyond it, and entry from paper, at the registration desk."""

import datetime
import uuid

import pytest
from django.urls import reverse

from people.models import Consent
from tests.factories.localities import LocalityFactory
from workshops.models import Participation
from workshops.states import WorkshopState

HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(workshop):
    return reverse("registration", args=[workshop.code])


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


def text_of(response):
    return response.content.decode()


# --- Consent by purpose, and what is asked beyond it --------------------------------------------


def test_registration_writes_each_purpose_with_witness_and_language(client, url, typed, workshop):
    workshop.other_languages = ["lua"]
    workshop.save()
    client.post(
        url,
        typed(
            agrees_committee="on",
            agrees_report="on",
            agrees_photo="on",
            agrees_partner="on",
            witness="Jean Witness",
            language="lua",
        ),
        headers=HTMX,
    )
    consents = Consent.objects.all()
    assert {consent.purpose for consent in consents} == {
        "register",
        "show_to_committee",
        "name_in_report",
        "photo",
        "share_with_partner",
    }
    assert {(consent.witness, consent.language) for consent in consents} == {("Jean Witness", "lua")}


def test_registration_at_high_risk_has_no_photo_question(client, url, typed, workshop):
    page = text_of(client.get(url))
    assert "agrees_photo" in page
    workshop.risk_level = "high"
    workshop.save()
    assert "agrees_photo" not in text_of(client.get(url))
    client.post(url, typed(agrees_photo="on"), headers=HTMX)
    assert not Consent.objects.filter(purpose="photo").exists()


def test_registration_keeps_the_witness_for_the_queue_but_not_in_the_address(client, url, typed):
    kept = client.post(url, typed(witness="Jean Witness"), headers=HTMX)
    assert kept.context["form"]["witness"].value() == "Jean Witness"
    assert "Witness" not in client.post(url, typed(full_name="Awa", witness="Jean Witness")).url


def test_registration_notes_where_from_and_standing(client, url, typed, workshop):
    child = LocalityFactory(code="CD-KE-KAN", name="Kanshi", parent=workshop.locality)
    client.post(url, typed(comes_from="kanshi", residence="rural", standing="non_elite"), headers=HTMX)
    participation = Participation.objects.get()
    assert (participation.locality, participation.residence, participation.standing) == (
        child,
        "rural",
        "non_elite",
    )


@pytest.mark.parametrize(
    ("text", "message"), [("Nowhere", "No such place"), ("Kans", "Did you mean: Kanshi (CD-KE-KAN)")]
)
def test_registration_with_an_unknown_place_says_so(client, url, typed, workshop, text, message):
    LocalityFactory(code="CD-KE-KAN", name="Kanshi", parent=workshop.locality)
    response = client.post(url, typed(comes_from=text), headers=HTMX)
    assert response.status_code == 422
    assert message in text_of(response)
    assert f'value="{text}"' in text_of(response)


def test_registration_takes_places_of_one_name_apart_by_code(client, url, typed, workshop, country):
    LocalityFactory(code="CD-A", name="Kanshi", country=country)
    LocalityFactory(code="CD-B", name="Kanshi", country=country)
    response = client.post(url, typed(comes_from="Kanshi"), headers=HTMX)
    assert "Kanshi (CD-A); Kanshi (CD-B)" in text_of(response)
    client.post(url, typed(comes_from="Kanshi (CD-B)"), headers=HTMX)
    assert Participation.objects.get().locality.code == "CD-B"


def test_registration_does_not_take_a_place_of_another_country(client, url, typed, elsewhere):
    assert client.post(url, typed(comes_from=elsewhere.code), headers=HTMX).status_code == 422


# --- From paper ---------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_registration_from_paper_marks_half_days_and_keeps_the_choice(client, url, typed, headers):
    page = client.get(url, {"entry": "paper"})
    assert page.context["form"]["how"].value() == "paper"
    assert "2 March, morning" in text_of(page)
    half = ["2026-03-02-am", "2026-03-03-pm"]
    response = client.post(url, typed(entry="paper", how="paper", half=half), headers=headers, follow=True)
    form = response.context["form"]
    assert form["entry"].value() == "paper"
    assert form["half"].value() == half
    participation = Participation.objects.get()
    assert participation.entry == "paper"
    assert [(str(each.day), each.half) for each in participation.attendances.all()] == [
        ("2026-03-02", "am"),
        ("2026-03-03", "pm"),
    ]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_registration_from_paper_of_somebody_registered_marks_the_half_days(client, url, typed, headers):
    client.post(url, typed())
    earlier = Participation.objects.get()
    again = typed(entry="paper", half=["2026-03-02-am", "2026-03-02-pm"], same_as=earlier.person.code)
    page = client.post(url, again, headers=headers, follow=True)
    assert "2 half-days are marked as attended." in text_of(page)
    assert earlier.attendances.count() == 2
    page = client.post(url, again | {"submission": str(uuid.uuid4())}, headers=headers, follow=True)
    assert "marked as attended" not in text_of(page)
    assert Participation.objects.get().attendances.count() == 2


def test_registration_at_the_desk_marks_no_attendance(client, url, typed):
    assert "2 March, morning" not in text_of(client.get(url))
    client.post(url, typed(half=["2026-03-02-am"]), headers=HTMX)
    assert not Participation.objects.get().attendances.exists()
    assert Participation.objects.get().entry == "desk"


@pytest.mark.parametrize("half", ["2026-03-09-am", "garbage", "2026-03-02-xx"])
def test_registration_from_paper_with_another_half_day(client, url, typed, half):
    response = client.post(url, typed(entry="paper", half=[half]), headers=HTMX)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["half"]


def test_registration_from_paper_offers_no_day_to_come(client, url, workshop):
    workshop.ends_on = datetime.date(2999, 1, 1)
    workshop.starts_on = datetime.date(2998, 12, 31)
    workshop.save()
    assert "half" not in client.get(url, {"entry": "paper"}).context["form"].fields


@pytest.mark.parametrize("entry", ["", "import", "self", "x"])
def test_registration_with_another_entry(client, url, typed, entry):
    response = client.post(url, typed(entry=entry), headers=HTMX)
    assert response.status_code == (422 if entry else 200)


def test_registration_in_a_closed_workshop(client, url, typed, workshop):
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    response = client.post(url, typed(), headers=HTMX)
    assert response.status_code == 409
    assert "closed: nothing was saved" in text_of(response)
