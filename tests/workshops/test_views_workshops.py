import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    InvitationFactory,
    ParticipationFactory,
    TallyFactory,
    WorkshopFactory,
)
from workshops.models import ReferralContact, Workshop
from workshops.states import WorkshopState

CLOSED = [
    "workshop_detail",
    "workshop_edit",
    "workshop_cancel",
    "participant_search",
    "registration",
    "tally_new",
]


def text_of(response):
    return response.content.decode()


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def form(locality):
    return {
        "kind": "localization",
        "title": "A workshop",
        "locality": locality.code,
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-03",
        "language": "fr",
        "expected": "40",
        "target": "60",
    }


# --- The list ----------------------------------------------------------------------------------


def test_workshop_list_shows_only_what_is_in_scope(workshop, facilitator, outsider, signed_in):
    assert workshop.title in text_of(signed_in(facilitator).get("/workshops/"))
    page = text_of(signed_in(outsider).get("/workshops/"))
    assert workshop.title not in page
    assert "No workshop yet" in page


@pytest.mark.parametrize("rows", [1, 5])
def test_workshop_list_queries(rows, locality, facilitator, client, django_assert_num_queries):
    for _ in range(rows):
        workshop = WorkshopFactory(locality=locality, facilitators=[facilitator])
        ParticipationFactory.create_batch(2, workshop=workshop)
        TallyFactory(workshop=workshop)
    with django_assert_num_queries(6):
        assert "<strong>2</strong> of 5 people" in text_of(client.get("/workshops/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=kasai", {"Alpha", "Beta"}),
        ("q=KASAÏ alpha", {"Alpha"}),
        ("q=zzz", set()),
        ("kind=writeshop", {"Beta"}),
        ("state=held", {"Beta"}),
        ("country=CD", {"Alpha", "Beta"}),
        ("country=SL", {"Alpha", "Beta"}),
        ("kind=nonsense&page=99", {"Alpha", "Beta"}),
    ],
)
def test_workshop_list_filters(query, found, locality, elsewhere, facilitator, client):
    WorkshopFactory(title="Alpha", locality=locality)
    WorkshopFactory(title="Beta", locality=locality, kind="writeshop", state="held")
    WorkshopFactory(title="Gamma", locality=elsewhere)
    page = text_of(client.get(f"/workshops/?{query}"))
    assert {title for title in ("Alpha", "Beta", "Gamma") if f">{title}<" in page} == found


def test_workshop_list_hides_small_numbers_from_oversight(workshop, oversight, signed_in):
    TallyFactory(workshop=workshop, category="mayor", count=3)
    TallyFactory(workshop=workshop, category="teacher", count=37)
    page = text_of(signed_in(oversight).get("/workshops/"))
    assert "The share of local authorities is not shown" in page
    assert ">37<" not in page
    assert "37 people" not in page


# --- A new workshop, a changed one --------------------------------------------------------------


def test_workshop_new_makes_its_creator_the_facilitator(client, form, facilitator):
    response = client.post("/workshops/new/", form)
    workshop = Workshop.objects.get()
    assert response.url == workshop.get_absolute_url()
    assert list(workshop.facilitators.all()) == [facilitator]
    assert AuditEvent.objects.get().verb == "created workshop"


def test_workshop_new_fills_in_what_is_left_empty(client, form):
    client.post("/workshops/new/", form | {"kind": "writeshop", "title": "", "ends_on": "", "language": ""})
    workshop = Workshop.objects.get()
    assert workshop.title == "Writeshop, Kasaï-Oriental"
    assert workshop.days == 2
    assert workshop.language == "fr"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": "2026-03-01"}, "ends_on"),
        ({"ends_on": "2027-03-01"}, "ends_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"starts_on": "9999-12-31", "ends_on": "", "kind": "writeshop"}, "starts_on"),
        ({"starts_on": "0026-03-02"}, "starts_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"kind": "party"}, "kind"),
        ({"locality": "NOWHERE"}, "locality"),
        ({"locality": "SL-BO-CITY"}, "locality"),
        ({"language": "xx"}, "language"),
        ({"expected": "-1"}, "expected"),
        ({"expected": "99999999999999999999"}, "expected"),
        ({"target": "101"}, "target"),
        ({"target": "0"}, "target"),
        ({"title": "t" * 100_000}, "title"),
    ],
)
def test_workshop_new_with_bad_input(client, form, elsewhere, changed, field):
    response = client.post("/workshops/new/", form | changed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    if field != "title":
        assert "A workshop" in text_of(response)
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("role", ["oversight", "administrator", "secretary"])
def test_workshop_new_closed_to_others(role, request, signed_in, form):
    client = signed_in(request.getfixturevalue(role))
    before = Workshop.objects.count()
    assert client.get("/workshops/new/").status_code == 403
    assert client.post("/workshops/new/", form).status_code == 403
    assert Workshop.objects.count() == before


def test_workshop_new_offers_only_localities_in_scope(client, locality, elsewhere):
    page = text_of(client.get("/workshops/new/"))
    assert locality.code in page
    assert elsewhere.code not in page


def edited(workshop, form, **changed):
    staying = [user.code for user in workshop.facilitators.all()]
    return form | {"facilitators": staying, "add_facilitator": ""} | changed


def test_workshop_edit_names_a_further_facilitator(client, workshop, form, country):
    colleague = AssignmentFactory(
        role=Role.FACILITATOR, country=country, user=UserFactory(email="colleague@test.example")
    ).user
    url = reverse("workshop_edit", args=[workshop.code])
    assert (
        client.post(url, edited(workshop, form, add_facilitator="Colleague@test.example")).status_code == 302
    )
    assert colleague in workshop.facilitators.all()
    workshop.refresh_from_db()
    assert workshop.title == "A workshop"


@pytest.mark.parametrize("email", ["nobody@test.example", "outsider@test.example", "not an address"])
def test_workshop_edit_refuses_who_may_not_run_it(client, workshop, form, outsider, email):
    outsider.email = "outsider@test.example"
    outsider.save()
    response = client.post(
        reverse("workshop_edit", args=[workshop.code]), edited(workshop, form, add_facilitator=email)
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["add_facilitator"]
    assert outsider not in workshop.facilitators.all()


def test_workshop_edit_leaves_nobody_out(client, workshop, form):
    response = client.post(
        reverse("workshop_edit", args=[workshop.code]), edited(workshop, form, facilitators=[])
    )
    assert list(response.context["form"].errors) == ["facilitators"]


@pytest.mark.parametrize("odd", ["99999999999999999999", "-1", "U-222222", "a\x00b"])
def test_workshop_edit_with_odd_facilitator(client, workshop, form, odd):
    response = client.post(
        reverse("workshop_edit", args=[workshop.code]), edited(workshop, form, facilitators=[odd])
    )
    assert response.status_code == 422
    assert "facilitators" in response.context["form"].errors


def test_workshop_edit_by_the_coordinator(signed_in, coordinator, workshop, form, facilitator):
    """She may name who runs it, so that no workshop is orphaned; that alone shows her no name."""
    ParticipationFactory(workshop=workshop, person=PersonFactory(full_name="Secret Name"))
    client = signed_in(coordinator)
    url = reverse("workshop_edit", args=[workshop.code])
    assert client.post(url, edited(workshop, form)).status_code == 302
    assert list(workshop.facilitators.all()) == [facilitator]
    assert "Secret" not in text_of(client.get(workshop.get_absolute_url()))


# --- One workshop -------------------------------------------------------------------------------


def test_workshop_detail_says_how_many_came_and_what_was_counted(client, workshop):
    person = ParticipationFactory(workshop=workshop, person=PersonFactory(full_name="Awa Ilunga")).person
    page = text_of(client.get(workshop.get_absolute_url()))
    assert "Awa Ilunga" not in page  # names stand on the list of people
    assert person.code not in page
    assert "1 of 1 is a local authority" in page
    assert "Counted as local authority in Democratic Republic of the Congo: Governor, Mayor" in page
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "oversight", "administrator"])
def test_workshop_detail_shows_no_small_numbers_to_others(role, request, signed_in, workshop):
    person = PersonFactory(full_name="Awa Ilunga", phone="+243 81 234 5678")
    ParticipationFactory(workshop=workshop, person=person, category="mayor")
    ParticipationFactory.create_batch(4, workshop=workshop, category="teacher")
    TallyFactory(workshop=workshop, category="teacher", count=37)
    page = text_of(signed_in(request.getfixturevalue(role)).get(workshop.get_absolute_url()))
    for secret in ("Ilunga", "234 5678", ">37<", ">1<", "participants/search", "/registration/", person.code):
        assert secret not in page
    assert "not shown" in page


def people_page(workshop):
    return reverse("participant_list", args=[workshop.code])


@pytest.mark.parametrize("role", ["coordinator", "oversight", "administrator"])
def test_people_of_a_workshop_are_codes_to_others(role, request, signed_in, workshop):
    person = PersonFactory(full_name="Awa Ilunga", phone="+243 81 234 5678")
    ParticipationFactory(workshop=workshop, person=person, category="mayor")
    ParticipationFactory.create_batch(4, workshop=workshop, category="teacher")
    TallyFactory(workshop=workshop, category="teacher", count=37)
    page = text_of(signed_in(request.getfixturevalue(role)).get(people_page(workshop)))
    assert person.code in page
    for secret in ("Ilunga", "234 5678", ">37<", ">1<", "participants/search", "/registration/"):
        assert secret not in page
    assert not AuditEvent.objects.filter(verb="read names").exists()


@pytest.mark.parametrize(("named", "unnamed"), [(3, 0), (3, 37), (38, 2)])
def test_people_of_a_workshop_hide_codes_that_count_a_small_number(
    named, unnamed, signed_in, client, oversight, workshop
):
    people = ParticipationFactory.create_batch(named, workshop=workshop)
    if unnamed:
        TallyFactory(workshop=workshop, count=unnamed)
    page = text_of(signed_in(oversight).get(people_page(workshop)))
    assert not any(each.person.code in page for each in people)
    assert people[-1].person.code in text_of(client.get(people_page(workshop)))


def test_people_of_a_workshop_stand_in_no_order_of_arrival(signed_in, oversight, workshop):
    """A paper list is written in the order of arrival: beside it such codes would be names."""
    arrived = [each.person.code for each in ParticipationFactory.create_batch(12, workshop=workshop)]
    page = text_of(signed_in(oversight).get(people_page(workshop)))
    assert sorted(arrived, key=page.index) == sorted(arrived)


def test_workshop_detail_names_who_runs_it_only_to_who_may_change_it(
    signed_in, client, coordinator, oversight, workshop, facilitator
):
    nameless = UserFactory(email="nameless@test.example", display_name="")
    workshop.facilitators.add(nameless)
    page = text_of(signed_in(oversight).get(workshop.get_absolute_url()))
    assert facilitator.code in page
    assert "Fatou Facilitator" not in page
    for reader in (client, signed_in(coordinator), signed_in(oversight)):
        assert "nameless@test.example" not in text_of(reader.get(workshop.get_absolute_url()))
    assert "Fatou Facilitator" in text_of(signed_in(coordinator).get(workshop.get_absolute_url()))


@pytest.mark.parametrize("name", CLOSED)
def test_workshop_pages_hidden_and_unknown_are_the_same(name, workshop, outsider, signed_in):
    client = signed_in(outsider)
    hidden = client.get(reverse(name, args=[workshop.code]))
    unknown = client.get(reverse(name, args=["W-222222"]))
    assert hidden.status_code == unknown.status_code == 404
    assert workshop.title not in text_of(hidden)


@pytest.mark.parametrize("people", [1, 60])
def test_workshop_detail_queries(people, client, workshop, django_assert_num_queries):
    ParticipationFactory.create_batch(people, workshop=workshop)
    TallyFactory.create_batch(3, workshop=workshop)
    InvitationFactory.create_batch(people, workshop=workshop)
    workshop.other_localities.add(workshop.locality)
    ReferralContact.objects.create(workshop=workshop, institution="Hospital", service="Care")
    with django_assert_num_queries(11):
        client.get(workshop.get_absolute_url())


def test_workshop_detail_of_an_empty_workshop(client, workshop):
    page = text_of(client.get(workshop.get_absolute_url()))
    assert "Nobody yet." in page
    assert "committees/new/?workshop=" in page


# --- Search -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["kabongo", "LEONIE", "Mme Kabongo Marie"])
def test_participant_search_finds_by_a_part(text, client, workshop):
    ParticipationFactory(workshop=workshop, person=PersonFactory(full_name="Marie-Léonie Kabongo"))
    ParticipationFactory(workshop=workshop, person=PersonFactory(full_name="Awa Ilunga"))
    page = text_of(client.post(reverse("participant_search", args=[workshop.code]), {"name": text}))
    assert "Marie-Léonie Kabongo" in page
    assert "Awa Ilunga" not in page


def test_participant_search_stays_in_the_workshop(client, workshop):
    ParticipationFactory(person=PersonFactory(full_name="Marie-Léonie Kabongo"))
    page = text_of(client.post(reverse("participant_search", args=[workshop.code]), {"name": "kabongo"}))
    assert "Nobody of that name" in page


def test_participant_search_with_very_long_text(client, workshop):
    response = client.post(reverse("participant_search", args=[workshop.code]), {"name": "a b " * 50_000})
    assert response.status_code == 200


def test_participant_search_with_very_many_parts(client, workshop):
    parts = " ".join(first + second for first in "bcdfghkl" for second in "bcdfghkl")
    response = client.post(reverse("participant_search", args=[workshop.code]), {"name": parts})
    assert response.status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "oversight"])
def test_participant_search_closed_to_others(role, request, signed_in, workshop):
    client = signed_in(request.getfixturevalue(role))
    assert client.post(reverse("participant_search", args=[workshop.code]), {"name": "a"}).status_code == 403


# --- States -------------------------------------------------------------------------------------


def test_workshop_hold_marks_as_held(client, workshop):
    TallyFactory(workshop=workshop)
    page = text_of(client.post(reverse("workshop_hold", args=[workshop.code]), follow=True))
    assert "marked as held" in page
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.HELD


def test_workshop_hold_says_what_is_missing(client, workshop):
    page = text_of(client.post(reverse("workshop_hold", args=[workshop.code]), follow=True))
    assert "Nobody is registered yet" in page
    workshop.starts_on = workshop.ends_on = datetime.date(2999, 1, 1)
    workshop.save()
    page = text_of(client.post(reverse("workshop_hold", args=[workshop.code]), follow=True))
    assert "still to come" in page


def test_workshop_cancel_asks_first_and_reopen_undoes(client, workshop):
    url = reverse("workshop_cancel", args=[workshop.code])
    assert "Cancel this workshop?" in text_of(client.get(url))
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.PLANNED
    assert client.post(url).status_code == 422  # not without a reason
    client.post(url, {"reason": "The road is cut."})
    workshop.refresh_from_db()
    assert (workshop.state, workshop.state_reason) == (WorkshopState.CANCELLED, "The road is cut.")
    assert "The road is cut." in text_of(client.get(workshop.get_absolute_url()))
    client.post(reverse("workshop_reopen", args=[workshop.code]))
    workshop.refresh_from_db()
    assert (workshop.state, workshop.state_reason) == (WorkshopState.PLANNED, "")


@pytest.mark.parametrize("name", ["workshop_hold", "workshop_reopen", "workshop_cancel", "workshop_move"])
@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_workshop_states_closed_to_others(name, role, status, request, signed_in, workshop):
    TallyFactory(workshop=workshop)
    client = signed_in(request.getfixturevalue(role))
    assert client.post(reverse(name, args=[workshop.code])).status_code == status
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.PLANNED
