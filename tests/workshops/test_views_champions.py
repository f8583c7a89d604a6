"""Champions: named among those registered, guided along their way, listed by area."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Person, Sex
from tests.factories.accounts import AssignmentFactory
from tests.factories.people import PersonFactory
from tests.factories.results import ChampionFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import Champion
from workshops.services import remove_participation
from workshops.states import WorkshopKind, WorkshopState

pytestmark = pytest.mark.django_db


@pytest.fixture
def participation(workshop):
    person = PersonFactory(country=workshop.locality.country, full_name="Angélique Tshika")
    return ParticipationFactory(workshop=workshop, person=person)


@pytest.fixture
def champion(participation):
    return ChampionFactory(workshop=participation.workshop, person=participation.person)


@pytest.fixture
def training(locality, facilitator):
    return WorkshopFactory(
        locality=locality,
        facilitators=[facilitator],
        kind=WorkshopKind.TRAINING_OF_TRAINERS,
        state=WorkshopState.HELD,
        title="Training of trainers",
        starts_on=datetime.date(2026, 9, 1),
        ends_on=datetime.date(2026, 9, 2),
    )


def named(workshop, **changed):
    return {"area": workshop.locality.code, "note": ""} | changed


def test_champion_new_names_a_participant(signed_in, facilitator, workshop, participation):
    code = participation.person.code
    client, address = signed_in(facilitator), reverse("champion_new", args=[workshop.code])
    page = client.get(f"{address}?person={code}")
    assert page.context["form"]["person"].value() == code
    assert client.post(address, named(workshop, person=code)).status_code == 302
    champion = Champion.objects.get()
    assert (champion.person, champion.workshop, champion.state) == (
        participation.person,
        workshop,
        "identified",
    )
    assert "Angélique Tshika" in client.get(reverse("results", args=[workshop.code])).text
    # Once a champion, she is not offered again, and a second naming is refused in words.
    response = client.post(address, named(workshop, person=code))
    assert response.status_code == 422
    assert "champion already" in response.text


def test_champion_new_takes_those_registered_here_alone(signed_in, facilitator, workshop, locality):
    other = ParticipationFactory(workshop=WorkshopFactory(locality=locality))
    client, address = signed_in(facilitator), reverse("champion_new", args=[workshop.code])
    for code in (other.person.code, "", "P-NOBODY", "x" * 100):
        assert client.post(address, named(workshop, person=code)).status_code == 422
    assert not Champion.objects.exists()


def test_champion_new_writes_that_names_were_read(signed_in, facilitator, workshop, participation):
    signed_in(facilitator).get(reverse("champion_new", args=[workshop.code]))
    assert AuditEvent.objects.filter(verb="read names", subject=workshop.code, by=facilitator).exists()


def guided(champion, **changed):
    return {"area": champion.locality.code, "note": "", "trained_at": ""} | changed


def test_champion_edit_goes_step_by_step(signed_in, facilitator, champion):
    address = reverse("champion_edit", args=[champion.person.code])
    client = signed_in(facilitator)
    assert client.post(address, guided(champion, state="rolling_out")).status_code == 422
    assert client.post(address, guided(champion, state="invited")).status_code == 302
    champion.refresh_from_db()
    assert champion.state == "invited"
    event = AuditEvent.objects.get(verb="guided champion")
    assert (event.subject, event.detail) == (champion.person.code, {"was": "identified", "now": "invited"})


def test_champion_edit_trained_needs_a_training_that_was_held(signed_in, facilitator, champion, training):
    client, address = signed_in(facilitator), reverse("champion_edit", args=[champion.person.code])
    response = client.post(address, guided(champion, state="trained"))
    assert response.status_code == 422
    assert "registered in a training of trainers that has been held" in response.text
    ParticipationFactory(workshop=training, person=champion.person)
    training.state = WorkshopState.PLANNED
    training.save()
    assert client.post(address, guided(champion, state="trained")).status_code == 422
    training.state = WorkshopState.HELD
    training.save()
    assert client.post(address, guided(champion, state="trained")).status_code == 302
    champion.refresh_from_db()
    assert (champion.state, champion.trained_at) == ("trained", training)


def test_champion_edit_refuses_a_workshop_that_is_no_training(signed_in, facilitator, champion, training):
    training.kind = WorkshopKind.WRITESHOP
    training.save()
    ParticipationFactory(workshop=training, person=champion.person)
    address = reverse("champion_edit", args=[champion.person.code])
    data = guided(champion, state="trained", trained_at=training.code)
    assert signed_in(facilitator).post(address, data).status_code == 422


def test_champion_edit_for_who_runs_the_training_too(signed_in, country, champion, training, coordinator):
    """The facilitator of the training sees her there, and may mark her as trained; others may not."""
    address = reverse("champion_edit", args=[champion.person.code])
    assert signed_in(coordinator).get(address).status_code == 404
    training.facilitators.set([coordinator])
    ParticipationFactory(workshop=training, person=champion.person)
    assert signed_in(coordinator).post(address, guided(champion, state="trained")).status_code == 302


def test_champion_edit_ends_with_the_role(signed_in, facilitator, champion, elsewhere):
    facilitator.assignments.all().delete()
    AssignmentFactory(role=Role.FACILITATOR, country=elsewhere.country, user=facilitator)
    address = reverse("champion_edit", args=[champion.person.code])
    assert signed_in(facilitator).get(address).status_code == 404


def test_champion_remove_keeps_the_person(signed_in, facilitator, champion):
    address = reverse("champion_remove", args=[champion.person.code])
    assert signed_in(facilitator).get(address).status_code == 200
    signed_in(facilitator).post(address)
    assert not Champion.objects.exists()
    assert Person.objects.filter(pk=champion.person_id).exists()


def test_person_who_is_forgotten_is_no_champion_any_more(facilitator, champion, participation):
    assert remove_participation(participation, by=facilitator)
    assert not Champion.objects.exists()


def test_champion_list_names_those_whom_the_reader_has_registered(signed_in, facilitator, champion, locality):
    hidden = ChampionFactory(workshop=WorkshopFactory(locality=locality))
    page = signed_in(facilitator).get(reverse("champion_list")).text
    assert "Angélique Tshika" in page
    assert hidden.person.full_name not in page
    assert hidden.person.code not in page  # two in the area are few


@pytest.mark.parametrize("who", ["coordinator", "oversight", "administrator"])
def test_champion_list_shows_readers_codes_of_large_areas(request, who, signed_in, workshop):
    for number in range(6):
        person = PersonFactory(country=workshop.locality.country, full_name=f"Hidden Name{number}")
        ChampionFactory(workshop=workshop, person=person)
    page = signed_in(request.getfixturevalue(who)).get(reverse("champion_list")).text
    assert "Hidden Name" not in page
    assert Champion.objects.first().person.code in page


def test_champion_list_of_few_says_too_few(signed_in, oversight, champion):
    page = signed_in(oversight).get(reverse("champion_list")).text
    assert "fewer than 5 champions" in page
    assert champion.person.code not in page


def test_champion_list_of_another_country_is_empty(signed_in, outsider, champion):
    page = signed_in(outsider).get(reverse("champion_list")).text
    assert "No champion yet" in page
    assert champion.person.code not in page


def test_champion_list_counts_men_among_champions(signed_in, oversight, workshop):
    for number in range(11):
        sex = Sex.MAN if number < 5 else Sex.WOMAN
        person = PersonFactory(country=workshop.locality.country, sex=sex)
        ChampionFactory(workshop=workshop, person=person)
    sexes = signed_in(oversight).get(reverse("champion_list")).context["championship"].sexes
    assert [(cell.label, cell.count) for cell in sexes] == [("Woman", 6), ("Man", 5)]


@pytest.mark.parametrize("rows", [1, 5])
def test_champion_list_costs_seven_queries(signed_in, facilitator, workshop, rows, django_assert_num_queries):
    for _number in range(rows):
        person = PersonFactory(country=workshop.locality.country)
        ParticipationFactory(workshop=workshop, person=person)
        ChampionFactory(workshop=workshop, person=person)
    client = signed_in(facilitator)
    client.get(reverse("champion_list"))  # writes the day's line that names were read
    with django_assert_num_queries(7):
        client.get(reverse("champion_list"))


def test_champion_list_with_odd_filter(signed_in, facilitator, champion):
    assert signed_in(facilitator).get(f"{reverse('champion_list')}?state=x&page=-1").status_code == 200


def test_correction_of_a_registration_leads_to_naming_a_champion(signed_in, facilitator, participation):
    address = reverse("participation_edit", args=[participation.workshop.code, participation.person.code])
    page = signed_in(facilitator).get(address).text
    assert (
        f"{reverse('champion_new', args=[participation.workshop.code])}?person={participation.person.code}"
        in page
    )


def test_champion_edit_does_not_tell_who_of_a_list_is_a_champion(signed_in, oversight, workshop, champion):
    """The codes of a list are known to all who see the workshop; that one is a champion's, is not."""
    nobody = ParticipationFactory(workshop=workshop).person
    for name in ("champion_edit", "champion_remove"):
        for person in (champion.person, nobody):
            assert signed_in(oversight).get(reverse(name, args=[person.code])).status_code == 404
