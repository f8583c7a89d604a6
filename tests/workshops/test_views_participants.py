"""The People tab of a workshop: names for who runs it, codes for others."""

import datetime

import pytest
from django.urls import reverse

from people.models import Consent
from tests.factories.localities import LocalityFactory
from tests.factories.people import OrganizationFactory, PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory, TallyFactory, WorkshopFactory
from workshops.models import Attendance
from workshops.states import WorkshopState


def text_of(response):
    return response.content.decode()


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def url(workshop):
    return reverse("participant_list", args=[workshop.code])


@pytest.fixture
def here(workshop):
    """`here(name, **fields)` registers somebody in the workshop."""

    def add(name, **fields):
        person = PersonFactory(full_name=name, country=workshop.locality.country)
        return ParticipationFactory(workshop=workshop, person=person, **fields)

    return add


def was_there(participation, *halves):
    for half in halves:
        Attendance.objects.create(participation=participation, day=datetime.date(2026, 3, 2), half=half)


def test_participant_list_names_people_for_who_runs_it(client, url, here):
    awa = here("Awa Ilunga", category="mayor")
    was_there(awa, "am", "pm")
    page = text_of(client.get(url))
    assert "Awa Ilunga" in page
    assert awa.person.code in page
    assert "2 of 4" in page
    assert reverse("participation_edit", args=[awa.workshop.code, awa.person.code]) in page


def test_participant_list_of_an_empty_workshop(client, url):
    page = text_of(client.get(url))
    assert "Nobody is registered by name yet" in page
    assert "Enter a head-count" in page


@pytest.mark.parametrize("role", ["coordinator", "oversight", "administrator"])
def test_participant_list_shows_others_codes_only(role, request, signed_in, url, here, workshop):
    people = [here(f"Secret Name{number}", position=None) for number in range(12)]
    TallyFactory(workshop=workshop, count=7)
    page = text_of(signed_in(request.getfixturevalue(role)).get(url, {"category": "mayor"}))
    assert "Secret" not in page
    for each in people:
        assert each.person.code in page
    assert "Filter" not in page
    assert "Enter a head-count" not in page
    assert reverse("registration", args=[workshop.code]) not in page


def test_participant_list_hides_codes_that_would_tell_a_small_number(signed_in, oversight, url, here):
    few = [here(f"Secret Name{number}") for number in range(3)]
    page = text_of(signed_in(oversight).get(url))
    assert "The codes are not shown" in page
    assert not [each for each in few if each.person.code in page]


def test_participant_list_filters_for_readers_change_nothing(signed_in, oversight, url, here):
    """A filter would count a small group: 1 teacher among 12."""
    for number in range(11):
        here(f"Secret Name{number}", category="mayor")
    teacher = here("Secret Teacher", category="teacher")
    client = signed_in(oversight)
    filtered = text_of(client.get(url, {"category": "teacher", "sort": "name"}))
    assert filtered.count('<li class="code">') == 12
    assert teacher.person.code in filtered


def test_participant_list_hidden_and_unknown_are_the_same(signed_in, outsider, url):
    client = signed_in(outsider)
    unknown = reverse("participant_list", args=["W-222222"])
    assert client.get(url).status_code == client.get(unknown).status_code == 404


@pytest.fixture
def people(here, workshop):
    """Awa, mayor of Kanshi, was there and may be contacted; Jean, teacher, neither."""
    kanshi = LocalityFactory(code="CD-KE-KAN", name="Kanshi", parent=workshop.locality)
    organization = OrganizationFactory(name="Commune of Kanshi", country=workshop.locality.country)
    position = PositionFactory(title="Mayor", locality=kanshi, organization=organization)
    awa = here(
        "Awa Ilunga",
        category="mayor",
        sex="woman",
        age_band="30_to_59",
        position=position,
        locality=kanshi,
        entry="paper",
        residence="rural",
        standing="elite",
        disability="yes",
    )
    was_there(awa, "am")
    Consent.objects.create(person=awa.person, purpose="contact", language="fr")
    jean = here("Jean Mutombo", category="teacher", sex="man", age_band="18_to_29")
    Consent.objects.create(
        person=jean.person,
        purpose="contact",
        language="fr",
        withdrawn_at=datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC),
    )
    return {"awa": "Awa Ilunga", "jean": "Jean Mutombo"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"category": "mayor"}, {"awa"}),
        ({"category": "elder"}, set()),
        ({"authority": "yes"}, {"awa"}),
        ({"authority": "no"}, {"jean"}),
        ({"sex": "man"}, {"jean"}),
        ({"age_band": "30_to_59"}, {"awa"}),
        ({"comes_from": "CD-KE-KAN"}, {"awa"}),
        ({"comes_from": "unstated"}, {"jean"}),
        ({"text": "commune kanshi"}, {"awa"}),
        ({"text": "mayor"}, {"awa"}),
        ({"text": "nothing"}, set()),
        ({"stage": "attended"}, {"awa"}),
        ({"stage": "not"}, {"jean"}),
        ({"contact": "yes"}, {"awa"}),
        ({"contact": "no"}, {"jean"}),
        ({"entry": "paper"}, {"awa"}),
        ({"residence": "unstated"}, {"jean"}),
        ({"residence": "rural"}, {"awa"}),
        ({"standing": "elite"}, {"awa"}),
        ({"disability": "yes"}, {"awa"}),
        ({"disability": "unstated"}, {"jean"}),
        ({"sex": "woman", "category": "teacher"}, set()),
        ({"sort": "name"}, {"awa", "jean"}),
        ({"sort": "garbage", "page": "x"}, {"awa", "jean"}),
    ],
)
def test_participant_list_filters(client, url, people, query, found):
    page = text_of(client.get(url, query))
    assert {key for key, name in people.items() if name in page} == found


@pytest.mark.parametrize(
    ("sort", "first"),
    [("newest", "Jean"), ("name", "Awa"), ("category", "Awa"), ("present", "Awa")],
)
def test_participant_list_sorts(client, url, people, sort, first):
    page = text_of(client.get(url, {"sort": sort}))
    order = sorted(("Awa", "Jean"), key=lambda name: page.index(f"{name} "))
    assert order[0] == first


def test_participant_list_sorts_names_without_accents_and_case(client, url, here):
    for name in ("Zoé", "éric Kasongo", "Edwige"):
        here(name)
    page = text_of(client.get(url, {"sort": "name"}))
    assert page.index("Edwige") < page.index("éric") < page.index("Zoé")


def test_participant_list_pages_keep_filter_and_order(client, url, here):
    for number in range(30):
        here(f"Person Number{number:02}", category="mayor")
    first = text_of(client.get(url, {"category": "mayor", "sort": "name"}))
    assert first.count("Person Number") == 25
    assert "category=mayor&amp;sort=name&amp;page=2" in first
    second = text_of(client.get(url, {"category": "mayor", "sort": "name", "page": "2"}))
    assert second.count("Person Number") == 5
    assert "Number29" in second


@pytest.mark.parametrize("query", [{}, {"sort": "name", "sex": "unstated", "contact": "no", "stage": "not"}])
@pytest.mark.parametrize("number", [1, 5])
def test_participant_list_queries(client, url, here, workshop, number, query, django_assert_num_queries):
    for each in range(number):
        one = here(f"Person Number{each}", locality=workshop.locality)
        TallyFactory(workshop=workshop, locality=workshop.locality)
        if not query:
            was_there(one, "am")
    client.get(url, query)  # notes the reading, once a day
    with django_assert_num_queries(12):
        page = text_of(client.get(url, query))
    assert page.count("Person Number") == number


def test_participant_list_shows_head_counts_with_remove(client, url, workshop):
    tally = TallyFactory(workshop=workshop, count=9, category="teacher")
    page = text_of(client.get(url))
    assert reverse("tally_remove", args=[workshop.code, tally.submission]) in page
    assert ">9<" in page


@pytest.mark.parametrize("state", [WorkshopState.CANCELLED, WorkshopState.CLOSED])
def test_participant_list_of_a_workshop_that_takes_nobody(client, url, workshop, here, state):
    here("Awa Ilunga")
    workshop.state = state
    workshop.save()
    page = text_of(client.get(url))
    assert "Awa Ilunga" in page
    assert reverse("registration", args=[workshop.code]) not in page
    assert "Enter a head-count" not in page


def test_participant_search_shows_what_the_list_shows(client, here, workshop):
    was_there(here("Awa Ilunga"), "am")
    ParticipationFactory(
        workshop=WorkshopFactory(locality=workshop.locality), person=PersonFactory(full_name="Awa Other")
    )
    page = text_of(client.post(reverse("participant_search", args=[workshop.code]), {"name": "awa"}))
    assert "Awa Ilunga" in page
    assert "1 of 4" in page
    assert "Awa Other" not in page
