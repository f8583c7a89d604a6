import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.consent import Purpose
from people.models import Person
from people.services import forget
from tests.factories.people import (
    ConsentFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
)
from tests.factories.workshops import AttendanceFactory, ParticipationFactory, WorkshopFactory
from workshops.models import Champion, Commitment

LIST = "/people/"
NAME = "Marie-Léonie Kabongo"


@pytest.fixture
def person(workshop):
    mayor = PositionFactory(
        locality=workshop.locality,
        title="Mayor",
        organization=OrganizationFactory(country=workshop.locality.country, name="Commune of Kanshi"),
    )
    person = PersonFactory(full_name=NAME, phone="+243 81 234 5678", country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person, position=mayor, organization=mayor.organization)
    ConsentFactory(person=person, purpose=Purpose.REGISTER)
    return person


@pytest.fixture
def elsewhere_workshop(locality, coordinator):
    """A workshop in the same place, run by somebody else."""
    return WorkshopFactory(locality=locality, facilitators=[coordinator], title="Hidden meeting")


def page(client, person, name="person_detail"):
    return client.get(reverse(name, args=[person.code]))


def test_person_list_shows_names_to_who_runs_the_workshop(signed_in, facilitator, person):
    response = signed_in(facilitator).get(LIST)
    assert NAME in response.text
    assert "Mayor" in response.text
    assert "Commune of Kanshi" in response.text
    assert "5678" not in response.text
    assert AuditEvent.objects.filter(verb="read names", subject="people", by=facilitator).count() == 1
    signed_in(facilitator).get(LIST)
    assert AuditEvent.objects.filter(verb="read names", subject="people").count() == 1


@pytest.mark.parametrize("who", ["coordinator", "oversight", "outsider", "administrator", "secretary"])
def test_person_list_shows_nobody_to_others(request, signed_in, person, who):
    response = signed_in(request.getfixturevalue(who)).get(LIST)
    assert response.status_code == 200
    assert "Kabongo" not in response.text
    assert person.code not in response.text
    assert reverse("position_list") in response.text
    assert not AuditEvent.objects.filter(verb="read names").exists()


@pytest.mark.parametrize("number", [1, 5])
def test_person_list_asks_the_same_number_of_queries(
    signed_in, facilitator, workshop, number, django_assert_num_queries
):
    for _ in range(number):
        person = ConsentFactory(
            person=PersonFactory(country=workshop.locality.country), purpose=Purpose.CONTACT
        ).person
        ParticipationFactory(workshop=workshop, person=person, position=PositionFactory())
    client = signed_in(facilitator)
    client.get(LIST)
    with django_assert_num_queries(10):
        assert len(client.get(LIST).context["rows"]) == number


def test_person_list_shows_each_person_once_with_the_last_event(signed_in, facilitator, workshop, person):
    later = WorkshopFactory(
        locality=workshop.locality,
        facilitators=[facilitator],
        title="Review meeting",
        starts_on="2026-09-01",
        ends_on="2026-09-02",
    )
    ParticipationFactory(workshop=later, person=person, position=PositionFactory(title="Governor"))
    (row,) = signed_in(facilitator).get(LIST).context["rows"]
    assert (row.events, row.last.workshop, row.last.position.title) == (2, later, "Governor")


def test_person_list_does_not_tell_of_events_that_others_run(
    signed_in, facilitator, person, elsewhere_workshop
):
    elsewhere_workshop.starts_on = elsewhere_workshop.ends_on = "2026-12-01"
    elsewhere_workshop.save()
    ParticipationFactory(workshop=elsewhere_workshop, person=person)
    response = signed_in(facilitator).get(LIST)
    assert response.context["rows"][0].events == 1
    assert "Hidden meeting" not in response.text


@pytest.mark.parametrize("text", ["kabongo", "LEONIE", "Mme Kabongo Marie"])
def test_person_list_finds_by_a_part_of_the_name(signed_in, facilitator, person, workshop, text):
    ParticipationFactory(workshop=workshop, person=PersonFactory(full_name="Awa Diop"))
    response = signed_in(facilitator).post(LIST, {"name": text})
    assert NAME in response.text
    assert "Awa Diop" not in response.text


def test_person_list_finds_a_name_spelt_in_another_way(signed_in, facilitator, person):
    (row,) = signed_in(facilitator).post(LIST, {"name": "Kabongho Marie Leoni"}).context["rows"]
    assert row.person == person
    assert row.reasons


def test_person_list_finds_nobody_of_others(signed_in, coordinator, outsider, person):
    for user in (coordinator, outsider):
        response = signed_in(user).post(LIST, {"name": "Kabongo"})
        assert response.status_code == 200
        assert person.code not in response.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("contact=yes", 0),
        ("contact=no", 1),
        ("last=within-6", 0),
        ("last=before-24", 1),
        ("locality=CD-KE", 1),
        ("locality=SL-BO-CITY", 1),  # not a choice: as if it were not there
        ("workshop=W-NONE", 1),
        ("page=99", 1),
        ("page=abc&last=x&contact=1", 1),
    ],
)
def test_person_list_filters(signed_in, facilitator, workshop, person, query, found):
    workshop.starts_on, workshop.ends_on = "2020-01-01", "2020-01-02"
    workshop.save()
    response = signed_in(facilitator).get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert len(response.context["rows"]) == found


def test_person_list_filters_by_workshop(signed_in, facilitator, workshop, person):
    other = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    client = signed_in(facilitator)
    assert len(client.get(LIST, {"workshop": workshop.code}).context["rows"]) == 1
    assert len(client.get(LIST, {"workshop": other.code}).context["rows"]) == 0


def test_person_list_marks_its_place_in_the_menu(signed_in, facilitator):
    client = signed_in(facilitator)
    for path in (LIST, "/organizations/", "/positions/"):
        assert client.get(path).context["menu_section"] == "people"


def test_person_detail_shows_all_that_is_kept(signed_in, facilitator, workshop, person):
    participation = person.participations.get()
    AttendanceFactory(participation=participation)
    IncumbencyFactory(person=person, position=participation.position, starts_on="2024-05-01")
    Commitment.objects.create(
        workshop=workshop, owner=participation.position, text="Women in the land board", due_on="2026-06-01"
    )
    Champion.objects.create(person=person, workshop=workshop, locality=workshop.locality)
    ConsentFactory(
        person=person, purpose=Purpose.PHOTO, witness="Jeanne Ilunga", how="paper", recorded_by=facilitator
    )
    text = page(signed_in(facilitator), person).text
    for words in (
        NAME,
        workshop.title,
        "1 half-day",
        "since 1 May 2024",
        "Women in the land board",
        "Overdue",
        "Identified",
        "We would like to use photographs",
        "Jeanne Ilunga",
        "On paper",
        "Fatou Facilitator",
        "2026-11",
    ):
        assert words in text, words


def test_person_detail_shows_contacts_only_with_consent(signed_in, facilitator, person):
    client = signed_in(facilitator)
    assert "5678" not in page(client, person).text
    ConsentFactory(person=person, purpose=Purpose.CONTACT)
    assert "5678" in page(client, person).text


def test_person_detail_names_no_event_of_others(
    signed_in, facilitator, coordinator, person, elsewhere_workshop
):
    participation = ParticipationFactory(
        workshop=elsewhere_workshop, person=person, position=PositionFactory(title="Secret observer")
    )
    IncumbencyFactory(person=person, position=participation.position)
    ConsentFactory(person=person, purpose=Purpose.PHOTO, recorded_by=coordinator)
    Champion.objects.create(person=person, workshop=elsewhere_workshop, locality=elsewhere_workshop.locality)
    text = page(signed_in(facilitator), person).text
    assert "Hidden meeting" not in text
    assert "Secret observer" not in text
    assert "Cora Coordinator" not in text


@pytest.mark.parametrize("who", ["coordinator", "oversight", "outsider", "administrator", "secretary"])
@pytest.mark.parametrize("name", ["person_detail", "person_edit", "consent_new", "incumbency_new"])
def test_person_pages_are_hidden_from_others(request, signed_in, person, who, name):
    client = signed_in(request.getfixturevalue(who))
    assert page(client, person, name).status_code == 404
    assert client.post(reverse(name, args=[person.code]), {}).status_code in (404, 405)


def test_person_pages_end_with_the_role(signed_in, facilitator, person):
    facilitator.assignments.all().delete()
    assert page(signed_in(facilitator), person).status_code == 404


def test_person_detail_is_bounded_in_queries(signed_in, facilitator, person, django_assert_num_queries):
    client = signed_in(facilitator)
    page(client, person)
    with django_assert_num_queries(12):
        page(client, person)
    for _ in range(3):
        other = WorkshopFactory(locality=person.participations.first().workshop.locality)
        other.facilitators.add(facilitator)
        ParticipationFactory(workshop=other, person=person, position=PositionFactory())
    with django_assert_num_queries(12):
        page(client, person)


def opened(client, person, name="person_edit"):
    return page(client, person, name).context["form"]["opened"].value()


@pytest.fixture
def values(person):
    return {"full_name": "Léonie Kabongo", "sex": "woman", "age_band": "30_to_59"}


def test_person_edit_corrects_name_and_index(signed_in, facilitator, person, values):
    client = signed_in(facilitator)
    response = client.post(
        reverse("person_edit", args=[person.code]), values | {"opened": opened(client, person)}
    )
    assert response.status_code == 302
    assert Person.objects.with_name_parts("léonie").get().full_name == "Léonie Kabongo"
    assert not Person.objects.with_name_parts("marie").exists()
    event = AuditEvent.objects.get(verb="corrected person")
    assert "Kabongo" not in str(event.detail)
    assert set(event.detail["fields"]) == {"full_name", "age_band"}


def test_person_edit_keeps_no_contact_without_consent(signed_in, facilitator, person, values):
    client = signed_in(facilitator)
    note = {"opened": opened(client, person), "phone": "0999999999"}
    client.post(reverse("person_edit", args=[person.code]), values | note)
    person.refresh_from_db()
    assert person.phone == "+243 81 234 5678"


def test_person_edit_after_somebody_else_saved_shows_both(signed_in, facilitator, person, values):
    client = signed_in(facilitator)
    note = opened(client, person)
    person.full_name = "Marie Mutombo"
    person.save_with_index()
    url = reverse("person_edit", args=[person.code])
    response = client.post(url, values | {"opened": note})
    assert response.status_code == 409
    assert "Marie Mutombo" in response.text
    assert "Léonie Kabongo" in response.text
    person.refresh_from_db()
    assert person.full_name == "Marie Mutombo"
    again = response.context["form"]["opened"].value()
    assert client.post(url, values | {"opened": again}).status_code == 302


@pytest.mark.parametrize("name", ["person_edit", "consent_new", "incumbency_new"])
def test_person_gone_while_a_form_was_open_is_told(signed_in, facilitator, person, values, name):
    client = signed_in(facilitator)
    note = opened(client, person, name)
    url = reverse(name, args=[person.code])
    person.participations.all().delete()
    forget(person, by=facilitator)
    response = client.post(url, values | {"opened": note, "witness": "Jeanne Ilunga"})
    assert response.status_code == 409
    assert "taken off all lists" in response.text
    if name == "person_edit":
        assert "Léonie Kabongo" in response.text
    assert client.get(url).status_code == 404


def test_person_gone_is_told_to_nobody_else(signed_in, facilitator, coordinator, person, values):
    note = opened(signed_in(facilitator), person)
    url = reverse("person_edit", args=[person.code])
    person.participations.all().delete()
    forget(person, by=facilitator)
    for sent in ({"opened": note}, {"opened": "x"}, {}):
        assert signed_in(coordinator).post(url, values | sent).status_code == 404


def test_person_edit_in_vain_keeps_what_was_typed(signed_in, facilitator, person, values):
    client = signed_in(facilitator)
    url = reverse("person_edit", args=[person.code])
    note = {"opened": opened(client, person)}
    for name in ("", "…", "A" * 100_000, "1325"):
        response = client.post(url, values | note | {"full_name": name})
        assert response.status_code == 422
        assert name in response.text
    person.refresh_from_db()
    assert person.full_name == NAME
