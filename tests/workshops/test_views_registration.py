import datetime
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Consent, Merge, Person
from people.names import name_key
from tests.factories.accounts import AssignmentFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import OrganizationFactory, PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory, TallyFactory, WorkshopFactory
from workshops.models import Invitation, Participation, Tally
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


def test_registration_empty_form_is_focused(client, url):
    page = text_of(client.get(url))
    assert "autofocus" in page
    assert 'value="spoken"' in page
    assert "Local authorities, as counted here" in page
    assert "Nobody is registered yet" in page


def test_registration_saves_and_goes_on_without_javascript(client, url, typed):
    response = client.post(url, typed(how="paper"), follow=True)
    assert response.redirect_chain == [(f"{url}?how=paper", 302)]
    page = text_of(response)
    assert "Registered. 1 person, 1 local authority" in page
    assert 'value="Marie-Léonie Kabongo"' not in page
    assert response.context["form"]["how"].value() == "paper"
    participation = Participation.objects.get()
    assert participation.counted_as_local_authority
    assert str(participation.position) == "Mayor of the commune, Commune of Kanshi"
    assert participation.person.full_name == "Marie-Léonie Kabongo"


def test_registration_htmx_answers_with_the_desk_alone(client, url, typed, workshop):
    TallyFactory(workshop=workshop, category="teacher", count=9)
    response = client.post(url, typed(), headers=HTMX)
    page = text_of(response)
    assert response.status_code == 200
    assert "<html" not in page
    assert "1 of 10 is a local authority; 13 more would bring it to 60%." in page
    assert "Registered. 10 people, 1 local authority" in page
    assert 'value="Marie-Léonie Kabongo"' not in page
    assert "autofocus" in page
    assert response.headers["Vary"].startswith("HX-Request")


def test_registration_meter_of_the_answer_equals_a_fresh_page(client, url, typed):
    answer = client.post(url, typed(), headers=HTMX)
    fresh = client.get(url)
    assert answer.context["meter"].turnout == fresh.context["meter"].turnout


def test_registration_twice_registers_once(client, url, typed):
    form = typed()
    client.post(url, form, headers=HTMX)
    again = client.post(url, form, headers=HTMX)
    assert again.status_code == 200
    assert "Already registered" in text_of(again)
    assert Participation.objects.count() == Person.objects.count() == 1


def test_registration_of_a_saved_form_under_another_name_loses_nothing(client, url, typed):
    """The link broke before the answer came; the name was changed and the form sent again."""
    form = typed()
    client.post(url, form, headers=HTMX)
    response = client.post(url, form | {"full_name": "Awa Ilunga"}, headers=HTMX)
    assert response.status_code == 409
    assert "saved before, as P-" in text_of(response)
    assert 'value="Awa Ilunga"' in text_of(response)
    assert Participation.objects.count() == 1
    again = form | {"full_name": "Awa Ilunga", "submission": response.context["form"]["submission"].value()}
    assert client.post(url, again, headers=HTMX).status_code == 200
    assert Participation.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "123 …"}, "full_name"),
        ({"full_name": "x" * 100_000}, "full_name"),
        ({"category": "queen"}, "category"),
        ({"category": ""}, "category"),
        ({"position": "y" * 100_000}, "position"),
        ({"organization": "z" * 100_000}, "organization"),
        ({"sex": "other"}, "sex"),
        ({"sex": ""}, "sex"),
        ({"age_band": "200"}, "age_band"),
        ({"agrees": ""}, "agrees"),
        ({"phone": "call me", "agrees_contact": "on"}, "phone"),
        ({"email": "nowhere", "agrees_contact": "on"}, "email"),
        ({"phone": "+243 81 234 5678"}, "agrees_contact"),
        ({"age_band": "under_18"}, "guardian_agrees"),
        ({"how": "telepathy"}, "how"),
        ({"submission": "not-a-key"}, "submission"),
        ({"full_name": "a\x00b"}, "full_name"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_registration_with_bad_input_says_so_and_keeps_all(client, url, typed, changed, field, headers):
    response = client.post(url, typed(**changed), headers=headers)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = text_of(response)
    assert f'value="{changed.get("position", "Mayor of the commune")}"' in page
    if changed.get("full_name", "x") and "\x00" not in changed.get("full_name", ""):
        assert f'value="{changed.get("full_name", "Marie-Léonie Kabongo")}"' in page
    assert not Person.objects.exists()


def test_registration_writes_each_consent(client, url, typed, facilitator):
    client.post(
        url,
        typed(
            age_band="under_18",
            guardian_agrees="on",
            phone="+243 81 234 5678",
            agrees_contact="on",
            how="paper",
        ),
    )
    consents = Consent.objects.all()
    assert {consent.purpose for consent in consents} == {"register", "contact", "guardian"}
    assert {(c.how, c.language, c.wording_version, c.recorded_by) for c in consents} == {
        ("paper", "fr", "2026-11", facilitator)
    }


def test_registration_contact_consent_without_contact_is_not_written(client, url, typed):
    client.post(url, typed(agrees_contact="on"))
    assert [consent.purpose for consent in Consent.objects.all()] == ["register"]


def test_registration_count_without_a_name_forgets_it(client, url, typed):
    response = client.post(url, typed(agrees="", count="1"), headers=HTMX)
    assert "Counted without a name. 1 person, 1 local authority" in text_of(response)
    assert "Kabongo" not in text_of(response)
    tally = Tally.objects.get()
    assert (tally.count, tally.category, tally.sex, tally.age_band) == (1, "mayor", "woman", "30_to_59")
    assert not Person.objects.exists()


def test_registration_count_without_a_name_twice_counts_once(client, url, typed):
    form = typed(count="1")
    for _ in range(2):
        client.post(url, form, headers=HTMX)
    assert Tally.objects.count() == 1


def test_registration_count_without_a_name_needs_a_category(client, url, typed):
    response = client.post(url, typed(category="", full_name="", agrees="", count="1"), headers=HTMX)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["category"]


def test_registration_of_a_known_name_asks_and_keeps_all(client, url, typed, locality, facilitator):
    earlier = WorkshopFactory(locality=locality, facilitators=[facilitator])
    person = PersonFactory(full_name="Léonie-Marie KABONGO", country=locality.country)
    ParticipationFactory(workshop=earlier, person=person)
    form = typed()
    response = client.post(url, form, headers=HTMX)
    page = text_of(response)
    assert response.status_code == 422
    assert "Is this the same person?" in page
    assert person.code in page
    assert 'value="Marie-Léonie Kabongo"' in page
    assert Participation.objects.count() == 1
    client.post(url, form | {"same_as": person.code}, headers=HTMX)
    assert Person.objects.count() == 1
    assert person.participations.count() == 2


def test_registration_of_another_person_of_a_known_name(client, url, typed, workshop):
    person = PersonFactory(full_name="Marie-Léonie Kabongo", country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person)
    client.post(url, typed(same_as="another"), headers=HTMX)
    assert Person.objects.count() == 2


def test_registration_same_person_in_the_same_workshop(client, url, typed, workshop):
    person = PersonFactory(full_name="Marie-Léonie Kabongo", country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person)
    response = client.post(url, typed(same_as=person.code), headers=HTMX)
    assert "Already registered" in text_of(response)
    assert Participation.objects.count() == 1


def test_registration_does_not_tell_of_names_in_workshops_of_others(client, url, typed, locality):
    stranger = PersonFactory(full_name="Marie-Léonie Kabongo", country=locality.country)
    ParticipationFactory(workshop=WorkshopFactory(locality=locality), person=stranger)
    response = client.post(url, typed(), headers=HTMX)
    assert response.status_code == 200
    assert stranger.code not in text_of(response)
    assert Person.objects.count() == 2


def test_registration_same_as_a_stranger_is_not_believed(client, url, typed, locality):
    stranger = PersonFactory(full_name="Marie-Léonie Kabongo", country=locality.country)
    ParticipationFactory(workshop=WorkshopFactory(locality=locality), person=stranger)
    client.post(url, typed(same_as=stranger.code), headers=HTMX)
    assert stranger.participations.count() == 1


@pytest.mark.parametrize("changed", [{}, {"count": "1"}])
def test_registration_in_cancelled_workshop_from_old_tab(client, url, typed, workshop, changed):
    workshop.state = WorkshopState.CANCELLED
    workshop.save()
    response = client.post(url, typed(**changed), headers=HTMX)
    assert response.status_code == 409
    assert "cancelled: nothing was saved" in text_of(response)
    assert 'value="Marie-Léonie Kabongo"' in text_of(response)
    assert not Participation.objects.exists()
    assert not Tally.objects.exists()
    assert client.get(url).status_code == 302


def test_registration_in_held_workshop_from_paper_lists(client, url, typed, workshop):
    workshop.state = WorkshopState.HELD
    workshop.save()
    assert client.post(url, typed(), headers=HTMX).status_code == 200
    assert Participation.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 403), ("oversight", 403), ("administrator", 403), ("outsider", 404), ("secretary", 404)],
)
def test_registration_closed_to_others(role, status, request, signed_in, url, typed, workshop):
    ParticipationFactory(workshop=workshop, person=PersonFactory(full_name="Secret Name"))
    client = signed_in(request.getfixturevalue(role))
    for response in (client.get(url), client.post(url, typed()), client.post(url, typed(), headers=HTMX)):
        assert response.status_code == status
        assert "Secret" not in text_of(response)
    assert Participation.objects.count() == 1


def test_registration_reading_is_recorded(client, url, workshop, facilitator):
    client.get(url)
    assert not AuditEvent.objects.exists()
    ParticipationFactory(workshop=workshop)
    client.get(url)
    assert AuditEvent.objects.get().verb == "read names"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("already", [1, 30])
def test_registration_post_queries(client, url, typed, workshop, headers, already, django_assert_num_queries):
    """With a new position, a new organisation and consent to contact; BEGIN and COMMIT count too.
    PostgreSQL locks the workshop besides, where SQLite lets one writer in at a time."""
    ParticipationFactory.create_batch(already, workshop=workshop)
    form = typed(phone="+243 81 234 5678", agrees_contact="on")
    lock = int(connection.features.has_select_for_update)
    with django_assert_num_queries((15 if headers else 14) + lock):
        client.post(url, form, headers=headers)


def test_registration_submission_keys_are_fresh(client, url, typed):
    first = client.get(url).context["form"]["submission"].value()
    answer = client.post(url, typed(submission=str(uuid.UUID(str(first)))), headers=HTMX)
    assert answer.context["form"]["submission"].value() != first


def test_registration_page_is_small(client, url, workshop):
    ParticipationFactory.create_batch(40, workshop=workshop)
    assert len(client.get(url, headers={"Accept-Encoding": "gzip"}).content) < 6_000


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
