import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from guidelines.models import Rollout
from guidelines.services.rollout import RolloutRefused, add_rollout
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.guidelines import EditionFactory, GuidelinesFactory, RolloutFactory
from tests.factories.localities import LocalityFactory
from tests.factories.workshops import AttendanceFactory, ParticipationFactory, TallyFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW.date()


@pytest.fixture
def guidelines(country):
    return GuidelinesFactory(country=country, state="launched", level=2)


@pytest.fixture
def edition(guidelines):
    return EditionFactory(guidelines=guidelines)


@pytest.fixture
def region(country):
    return LocalityFactory(code="CD-E", name="Eastern Region", country=country, kind="Region")


@pytest.fixture
def councils(region):
    return [
        LocalityFactory(code=f"CD-E-{n}", name=name, parent=region, kind="City council")
        for n, name in enumerate(["Bo City", "Kenema City", "Koidu"])
    ]


@pytest.fixture
def rollout(guidelines, edition, councils):
    return RolloutFactory(
        guidelines=guidelines,
        edition=edition,
        kind="workshop",
        trained=40,
        trained_women=17,
        localities=councils[:2],
    )


def url(name, guidelines, *more):
    return reverse(name, args=[guidelines.code, *more])


def send(client, guidelines, **values):
    posted = {
        "kind": "workshop",
        "edition": "1",
        "on": "2026-07-01",
        "localities": ["CD-E-0"],
        "trained": "40",
        "trained_women": "17",
        "result": "",
    }
    return client.post(url("rollout_new", guidelines), posted | values)


def test_guidelines_rollout_shows_how_much_of_the_country_is_reached(
    signed_in, oversight, guidelines, rollout
):
    response = signed_in(oversight).get(url("guidelines_rollout", guidelines))
    page = response.content.decode()
    assert "<dd>2 of 3</dd>" in page
    assert "<dd>67%</dd>" in page
    assert "<dd>40</dd>" in page
    assert "<title>Koidu: Not reached yet</title>" in page
    assert page.count("<title>") == 4  # of the page, and of three tiles; the map has one with an id
    assert reverse("rollout_new", args=[guidelines.code]) not in page


def test_guidelines_rollout_names_what_to_do_before_the_first_edition(
    signed_in, coordinator, guidelines, councils
):
    page = signed_in(coordinator).get(url("guidelines_rollout", guidelines)).content.decode()
    assert "No edition is out" in page
    assert "Note a roll-out</a>" not in page


@pytest.mark.parametrize("number", [1, 5])
def test_guidelines_rollout_asks_the_same_for_one_row_and_five(
    number, signed_in, coordinator, guidelines, edition, region, django_assert_num_queries
):
    for place in range(number):
        council = LocalityFactory(code=f"CD-E-{place}", parent=region)
        RolloutFactory(guidelines=guidelines, edition=edition, localities=[council])
        WorkshopFactory(locality=council, state="held")
    client = signed_in(coordinator)
    with django_assert_num_queries(11):
        response = client.get(url("guidelines_rollout", guidelines))
    assert len(response.context["page"]) == number


def test_guidelines_rollout_filters_and_sorts(signed_in, coordinator, guidelines, rollout, councils):
    client = signed_in(coordinator)

    def names(query):
        page = client.get(url("guidelines_rollout", guidelines) + query).context["page"]
        return [place.name for place in page]

    assert names("?q=ken") == ["Kenema City"]
    assert names("?reached=none") == ["Koidu"]
    assert names("?reached=any&sort=newest") == ["Bo City", "Kenema City"]
    assert names("?region=CD-E&sort=furthest")[-1] == "Koidu"
    assert names("?sort=oldest")[-1] == "Koidu"
    assert len(names("?reached=nonsense&sort=nonsense&region=XX")) == 3


def test_guidelines_rollout_hides_small_numbers_from_who_runs_no_workshops(
    signed_in, coordinator, oversight, guidelines, edition, councils
):
    """BR17: 2 women of 40; and 3 officials at one of two events."""
    RolloutFactory(
        guidelines=guidelines, edition=edition, trained=37, trained_women=2, localities=councils[:1]
    )
    RolloutFactory(
        guidelines=guidelines, edition=edition, trained=3, trained_women=0, localities=councils[1:2]
    )
    seen = signed_in(coordinator).get(url("guidelines_rollout", guidelines)).content.decode()
    assert "<dd>2</dd>" in seen
    hidden = signed_in(oversight).get(url("guidelines_rollout", guidelines)).content.decode()
    assert "of them women" not in hidden
    assert "<dd>40</dd>" in hidden
    assert hidden.count("not shown</td>") == 2
    assert "Numbers below 5" in hidden


def test_guidelines_rollout_says_when_every_locality_is_reached(
    signed_in, coordinator, guidelines, rollout, councils
):
    assert (
        "Every locality is reached"
        not in signed_in(coordinator).get(url("guidelines_rollout", guidelines)).content.decode()
    )
    rollout.localities.set(councils)
    assert (
        "Every locality is reached"
        in signed_in(coordinator).get(url("guidelines_rollout", guidelines)).content.decode()
    )


def test_rollout_new_notes_a_whole_region_at_once(signed_in, coordinator, guidelines, edition, councils):
    response = send(signed_in(coordinator), guidelines, localities=[], all_of="CD-E")
    found = Rollout.objects.get()
    assert response.url == found.get_absolute_url()
    assert {place.code for place in found.localities.all()} == {"CD-E-0", "CD-E-1", "CD-E-2"}
    assert AuditEvent.objects.get(verb="noted roll-out").detail == {
        "guidelines": guidelines.code,
        "localities": 3,
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"localities": []}, "Choose at least one locality."),
        ({"on": "2026-09-02"}, "This day is still to come."),
        ({"on": "2026-05-31"}, "it cannot be handed out before"),
        ({"trained_women": "41"}, "More women (41) than officials trained (40)."),
        ({"localities": ["SL-BO-CITY"]}, "SL-BO-CITY"),
        ({"edition": "7"}, "edition"),
        ({"result": "x" * 2001}, "2000"),
    ],
)
def test_rollout_new_says_what_is_wrong_and_keeps_what_was_typed(
    values, words, signed_in, coordinator, guidelines, edition, councils, elsewhere
):
    response = send(signed_in(coordinator), guidelines, **values)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="40"' in page
    assert not Rollout.objects.exists()


def test_rollout_new_sent_twice_makes_one(signed_in, coordinator, guidelines, edition, councils):
    client = signed_in(coordinator)
    key = {"sent_form": "7c8f0c9e-7f2f-4f26-9a41-1a2b3c4d5e6f"}
    first, second = (send(client, guidelines, **key) for _time in range(2))
    assert first.url == second.url
    assert Rollout.objects.count() == 1


def test_rollout_new_needs_a_published_edition(signed_in, coordinator, guidelines, councils):
    response = signed_in(coordinator).get(url("rollout_new", guidelines))
    assert response.url == url("guidelines_rollout", guidelines)
    with pytest.raises(RolloutRefused):
        add_rollout(Rollout(guidelines=guidelines), localities=councils, by=coordinator)


def test_rollout_new_fills_in_what_a_workshop_says(signed_in, facilitator, guidelines, edition, councils):
    workshop = WorkshopFactory(
        locality=councils[0],
        kind="rollout",
        state="held",
        starts_on=datetime.date(2026, 6, 10),
        ends_on=datetime.date(2026, 6, 11),
        facilitators=[facilitator],
    )
    workshop.other_localities.add(councils[2])
    for sex in ("woman", "man"):
        AttendanceFactory(participation=ParticipationFactory(workshop=workshop, sex=sex))
    ParticipationFactory(workshop=workshop, sex="woman")  # registered, never came
    TallyFactory(workshop=workshop, category="councillor", count=6, sex="woman")
    response = signed_in(facilitator).get(url("rollout_new", guidelines) + f"?workshop={workshop.code}")
    form = response.context["form"]
    assert form["on"].value() == datetime.date(2026, 6, 11)
    assert form.ticked == {"CD-E-0", "CD-E-2"}
    assert (form["trained"].value(), form["trained_women"].value()) == (8, 7)
    assert "Filled in from" in response.content.decode()


def test_rollout_new_offers_no_workshop_before_the_first_edition(
    signed_in, coordinator, guidelines, edition, councils
):
    """It would be refused: nothing was launched that could have been handed out there."""
    day = edition.launched_on - datetime.timedelta(days=1)
    WorkshopFactory(locality=councils[0], kind="rollout", state="held", starts_on=day, ends_on=day)
    page = signed_in(coordinator).get(url("rollout_new", guidelines))
    assert not page.context["workshops"]


def test_rollout_new_offers_no_workshop_whose_days_may_not_be_known(
    signed_in, facilitator, guidelines, edition, councils
):
    """§2.7: at high risk, two weeks after the last day; and none that is noted or not of kind roll-out."""
    hidden = WorkshopFactory(
        locality=councils[0],
        kind="rollout",
        state="held",
        risk_level="high",
        starts_on=datetime.date(2026, 8, 20),
        ends_on=datetime.date(2026, 8, 20),
    )
    WorkshopFactory(locality=councils[0], state="held")
    page = signed_in(facilitator).get(url("rollout_new", guidelines) + f"?workshop={hidden.code}")
    assert not page.context["workshops"]
    assert page.context["offer"] is None
    assert hidden.title not in page.content.decode()


def test_rollout_new_refuses_a_workshop_that_is_noted_already(coordinator, guidelines, edition, councils):
    workshop = WorkshopFactory(locality=councils[0], kind="rollout", state="held")
    RolloutFactory(guidelines=guidelines, edition=edition, workshop=workshop, localities=councils)
    again = Rollout(guidelines=guidelines, edition=edition, workshop=workshop, on=datetime.date(2026, 7, 1))
    with pytest.raises(RolloutRefused) as refused:
        add_rollout(again, localities=councils, by=coordinator)
    assert refused.value.field == "workshop"


def test_rollout_new_offers_a_local_facilitator_the_own_places(
    signed_in, guidelines, edition, region, councils
):
    other = LocalityFactory(code="CD-W", name="Western Region", country=region.country)
    council = LocalityFactory(code="CD-W-1", name="Freetown", parent=other)
    user = AssignmentFactory(role=Role.FACILITATOR, locality=other, user=UserFactory()).user
    client = signed_in(user)
    form = client.get(url("rollout_new", guidelines)).context["form"]
    assert [code for group in form.groups for code, _name in group.places] == [council.code]
    assert send(client, guidelines).status_code == 422
    assert send(client, guidelines, localities=[council.code]).status_code == 302
    mine = Rollout.objects.get()
    foreign = RolloutFactory(guidelines=guidelines, edition=edition, localities=councils)
    assert client.get(url("rollout_edit", guidelines, mine.code)).status_code == 200
    for name in ("rollout_edit", "rollout_remove"):
        assert client.post(url(name, guidelines, foreign.code)).status_code == 403


@pytest.mark.parametrize("who", ["oversight"])
@pytest.mark.parametrize("name", ["rollout_edit", "rollout_remove"])
def test_rollout_edit_is_refused_to_who_only_reads(request, who, name, signed_in, guidelines, rollout):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("rollout_detail", guidelines, rollout.code)).status_code == 200
    assert client.get(url("rollout_new", guidelines)).status_code == 403
    assert client.post(url(name, guidelines, rollout.code)).status_code == 403
    assert Rollout.objects.exists()


def test_rollout_detail_is_hidden_while_the_days_of_its_workshop_are(
    signed_in, coordinator, guidelines, edition, councils
):
    risky = WorkshopFactory(
        locality=councils[0],
        kind="rollout",
        state="held",
        risk_level="high",
        starts_on=datetime.date(2026, 8, 19),
        ends_on=datetime.date(2026, 8, 20),
    )
    rollout = RolloutFactory(
        guidelines=guidelines, edition=edition, on=risky.ends_on, workshop=risky, localities=councils
    )
    client = signed_in(coordinator)
    assert client.get(url("rollout_detail", guidelines, rollout.code)).status_code == 404
    page = client.get(url("guidelines_rollout", guidelines)).content.decode()
    assert rollout.code not in page
    assert "<dd>0 of 3</dd>" in page


def test_rollout_detail_tells_women_of_one_event_only_to_who_runs_workshops(
    signed_in, coordinator, oversight, guidelines, rollout
):
    address = url("rollout_detail", guidelines, rollout.code)
    assert "<dd>17</dd>" in signed_in(coordinator).get(address).content.decode()
    page = signed_in(oversight).get(address).content.decode()
    assert "<dd>17</dd>" not in page
    assert "<dd>40</dd>" in page


def test_rollout_edit_saves_and_shows_both_texts_when_another_saved_first(
    signed_in, coordinator, facilitator, guidelines, rollout
):
    address = url("rollout_edit", guidelines, rollout.code)
    posted = {
        "kind": "workshop",
        "edition": "1",
        "on": "2026-07-02",
        "localities": ["CD-E-2"],
        "trained": "44",
        "result": "Mine",
        "row_version": "1",
    }
    assert signed_in(coordinator).post(address, posted).status_code == 302
    rollout.refresh_from_db()
    assert (rollout.trained, rollout.trained_women) == (44, None)
    assert [place.code for place in rollout.localities.all()] == ["CD-E-2"]
    late = signed_in(facilitator).post(address, posted | {"result": "Theirs", "localities": ["CD-E-0"]})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Mine" in page
    assert "Theirs" in page
    assert "Koidu" in page
    rollout.refresh_from_db()
    assert rollout.result == "Mine"


def test_rollout_remove_asks_first(signed_in, coordinator, guidelines, rollout):
    client = signed_in(coordinator)
    address = url("rollout_remove", guidelines, rollout.code)
    assert "2 localities do not count" in client.get(address).content.decode()
    assert client.post(address).url == url("guidelines_rollout", guidelines)
    assert not Rollout.objects.exists()


def test_rollout_csv_and_xlsx_hold_what_the_page_lists(signed_in, oversight, guidelines, rollout):
    client = signed_in(oversight)
    text = client.get(url("rollout_csv", guidelines) + "?reached=none").content.decode("utf-8-sig")
    assert '"CD-E-2","Koidu","City council","Eastern Region","Not reached yet"' in text
    assert "CD-E-0" not in text
    assert client.get(url("rollout_xlsx", guidelines)).content.startswith(b"PK")


def test_country_reach_is_there_without_guidelines(signed_in, coordinator, outsider, country, councils):
    address = reverse("country_reach", args=["CD"])
    response = signed_in(coordinator).get(address)
    assert response.context["level"] == 2
    assert "This country has no Guidelines" in response.content.decode()
    first = signed_in(coordinator).get(address + "?level=1")
    assert [place.name for place in first.context["page"]] == ["Eastern Region"]
    assert signed_in(coordinator).get(address + "?level=99").context["level"] == 2
    assert signed_in(outsider).get(address).status_code == 404
