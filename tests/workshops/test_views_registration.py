import uuid

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from people.models import Consent, Person
from tests.factories.people import PersonFactory
from tests.factories.workshops import ParticipationFactory, TallyFactory, WorkshopFactory
from workshops.models import Participation, Tally
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
