import datetime

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from people.functioning import Question
from people.models import Consent, Person
from tests.factories.people import PersonFactory
from tests.factories.workshops import ParticipationFactory
from workshops.models import Participation
from workshops.services import answers_of
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


# --- Consents, where from, standing -------------------------------------------------------------


def test_participation_edit_shows_consents_with_dates_and_witness(client, participation):
    Consent.objects.create(
        person=participation.person,
        purpose="photo",
        language="lua",
        how="paper",
        witness="Jean Witness",
        given_at=datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC),
        withdrawn_at=datetime.datetime(2026, 4, 5, 12, tzinfo=datetime.UTC),
    )
    page = text_of(client.get(address("participation_edit", participation)))
    for evidence in ("Use photographs of me", "2 March 2026", "5 April 2026", "Tshiluba", "Jean Witness"):
        assert evidence in page, evidence


def test_participation_edit_withdraws_what_is_unticked(client, participation, typed):
    for purpose in ("show_to_committee", "name_in_report"):
        Consent.objects.create(person=participation.person, purpose=purpose, language="fr")
    page = client.get(address("participation_edit", participation))
    assert page.context["form"]["agrees_report"].value()
    assert not page.context["form"]["agrees_photo"].value()
    client.post(
        address("participation_edit", participation),
        typed(agrees_report="on", agrees_partner="on", how="paper"),
    )
    given = {each.purpose: each.withdrawn_at for each in participation.person.consents.all()}
    assert given["show_to_committee"] is not None
    assert given["name_in_report"] is None
    assert given["share_with_partner"] is None
    assert Consent.objects.get(purpose="share_with_partner").how == "paper"
    assert "photo" not in given


def test_participation_edit_agreeing_again_is_a_new_consent(client, participation, typed):
    for ticked in ("on", "", "on"):
        client.post(address("participation_edit", participation), typed(agrees_photo=ticked))
    photos = Consent.objects.filter(purpose="photo")
    assert [each.withdrawn_at is None for each in photos] == [False, True]


def test_participation_edit_at_high_risk_leaves_the_photo_consent_alone(client, participation, typed):
    Consent.objects.create(person=participation.person, purpose="photo", language="fr")
    participation.workshop.risk_level = "high"
    participation.workshop.save()
    client.post(address("participation_edit", participation), typed())
    assert Consent.objects.get(purpose="photo").withdrawn_at is None


def test_participation_edit_changes_where_from_and_standing(client, participation, typed):
    locality = participation.workshop.locality
    client.post(
        address("participation_edit", participation),
        typed(comes_from=str(locality), residence="urban", standing="elite"),
    )
    participation.refresh_from_db()
    assert (participation.locality, participation.residence, participation.standing) == (
        locality,
        "urban",
        "elite",
    )
    page = client.get(address("participation_edit", participation))
    assert page.context["form"]["comes_from"].value() == f"{locality} ({locality.code})"


def test_participation_edit_of_somebody_removed_meanwhile_keeps_what_was_typed(client, participation, typed):
    url = address("participation_edit", participation)
    participation.delete()
    response = client.post(url, typed(full_name="Typed While Removed"))
    assert response.status_code == 409
    assert "removed this while you were writing" in text_of(response)
    assert "Typed While Removed" in text_of(response)
    assert client.get(url).status_code == 404


# --- Undo at the desk ---------------------------------------------------------------------------

HTMX = {"HX-Request": "true"}


def test_participation_remove_at_the_desk_asks_in_the_row(client, participation):
    response = client.get(address("participation_remove", participation), {"registration": ""}, headers=HTMX)
    page = text_of(response)
    assert "<html" not in page
    assert "deleted for good" in page
    assert 'hx-select="#last-registered"' in page
    assert Participation.objects.exists()


def test_participation_remove_at_the_desk_answers_with_meter_and_list(client, participation):
    response = client.post(
        address("participation_remove", participation), {"registration": "1"}, headers=HTMX
    )
    page = text_of(response)
    assert response.status_code == 200
    for part in ('id="desk-meter"', 'id="desk-said"', 'id="last-registered"', "the name is deleted"):
        assert part in page
    assert "Awa Ilunga" not in page
    assert not Participation.objects.exists()


# --- The six questions --------------------------------------------------------------------------

NO_DIFFICULTY = dict.fromkeys(
    ["seeing", "hearing", "walking", "remembering", "self_care", "communicating"], "none"
)


def test_functioning_edit_asks_the_six_questions_in_order(client, participation):
    page = text_of(client.get(address("functioning_edit", participation)))
    asked = [page.index(str(question.label)) for question in Question]
    assert asked == sorted(asked)
    assert "disabil" not in page.lower()


@pytest.mark.parametrize(
    ("answers", "derived"),
    [
        (NO_DIFFICULTY, "no"),
        (NO_DIFFICULTY | {"walking": "a_lot"}, "yes"),
        ({"seeing": "cannot"}, "yes"),
        ({"seeing": "some"}, "unstated"),
        ({}, "unstated"),
    ],
)
def test_functioning_edit_keeps_answers_encrypted_and_derives(client, participation, answers, derived):
    response = client.post(address("functioning_edit", participation), answers)
    assert response.url == reverse("participant_list", args=[participation.workshop.code])
    participation.refresh_from_db()
    assert participation.disability == derived
    assert answers_of(participation) == answers
    with connection.cursor() as cursor:
        cursor.execute("SELECT functioning FROM workshops_participation")
        assert "seeing" not in cursor.fetchone()[0]


def test_functioning_edit_of_somebody_erased_meanwhile_keeps_the_answers(client, participation):
    url = address("functioning_edit", participation)
    participation.delete()
    response = client.post(url, NO_DIFFICULTY | {"walking": "a_lot"})
    assert response.status_code == 409
    assert response.context["form"]["walking"].value() == "a_lot"
    assert client.get(url).status_code == 404


def test_functioning_edit_refuses_another_answer(client, participation):
    response = client.post(address("functioning_edit", participation), {"seeing": "perhaps"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["seeing"]


def test_functioning_delete_keeps_what_was_derived(client, participation):
    client.post(address("functioning_edit", participation), {"walking": "a_lot"})
    client.post(address("functioning_delete", participation))
    participation.refresh_from_db()
    assert (participation.functioning, participation.disability) == ("", "yes")
    client.post(address("functioning_edit", participation), {})  # nothing asked again
    participation.refresh_from_db()
    assert participation.disability == "yes"
    assert {event.verb for event in AuditEvent.objects.all()} == {
        "asked about functioning",
        "deleted answers",
    }
    assert not any("lot" in str(event.detail) for event in AuditEvent.objects.all())


@pytest.mark.parametrize("name", ["functioning_edit", "functioning_delete"])
@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 403), ("oversight", 403), ("administrator", 403), ("outsider", 404)]
)
def test_functioning_closed_to_others(name, role, status, request, signed_in, participation):
    client = signed_in(request.getfixturevalue(role))
    response = client.post(address(name, participation), {"walking": "a_lot"})
    assert response.status_code == status
    participation.refresh_from_db()
    assert participation.disability == "unstated"
