"""The form of a workshop in full: sections, defaults by type, several localities; and the list's filters."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.localities import LocalityFactory
from tests.factories.workshops import WorkshopFactory
from workshops.kinds import suggested_training
from workshops.models import Workshop


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def form(locality):
    return {"kind": "localization", "locality": locality.code, "starts_on": "2026-03-02"}


@pytest.mark.parametrize(
    ("kind", "days", "expected", "is_national"),
    [
        ("localization", 2, 40, False),
        ("writeshop", 2, 25, False),
        ("tot", 2, 25, True),
        ("rollout", 1, 30, False),
        ("committee_training", 1, 15, False),
        ("consultation", 1, 30, False),
        ("conference", 2, 100, True),
        ("review", 1, 25, False),
    ],
)
def test_workshop_new_fills_in_what_is_usual_for_the_type(kind, days, expected, is_national, client, form):
    assert client.post("/workshops/new/", form | {"kind": kind}).status_code == 302
    made = Workshop.objects.get()
    assert (made.days, made.expected, made.is_national, made.target) == (days, expected, is_national, 60)


def test_workshop_new_suggests_the_day_of_a_training(client, form, locality):
    """F33: the last workshop on 15 January, the training on 15 July."""
    last = timezone.localdate() - datetime.timedelta(days=30)
    WorkshopFactory(locality=locality, state="held", starts_on=last, ends_on=last)
    WorkshopFactory(locality=locality, state="planned", starts_on=datetime.date(2026, 2, 1))
    wanted = suggested_training(last)
    assert date_format(wanted) in client.get("/workshops/new/").content.decode()
    client.post("/workshops/new/", form | {"kind": "tot", "starts_on": ""})
    assert Workshop.objects.get(kind="tot").starts_on == wanted


def test_workshop_new_suggests_no_day_that_is_over(client, form, locality):
    long_ago = datetime.date(2023, 7, 25)
    WorkshopFactory(locality=locality, state="held", starts_on=long_ago, ends_on=long_ago)
    assert "25 January 2024" not in client.get("/workshops/new/").content.decode()
    response = client.post("/workshops/new/", form | {"kind": "tot", "starts_on": ""})
    assert list(response.context["form"].errors) == ["starts_on"]


def test_workshop_new_of_a_training_without_an_earlier_workshop_wants_a_day(client, form):
    response = client.post("/workshops/new/", form | {"kind": "tot", "starts_on": ""})
    assert list(response.context["form"].errors) == ["starts_on"]


@pytest.mark.parametrize("last", ["2026-03-02", "2026-03-04"])
def test_workshop_new_of_a_writeshop_of_another_length_asks_why(last, client, form):
    typed = form | {"kind": "writeshop", "ends_on": last}
    response = client.post("/workshops/new/", typed)
    assert list(response.context["form"].errors) == ["length_reason"]
    assert '<details class="more" open>' in response.content.decode()
    assert client.post("/workshops/new/", typed | {"length_reason": "Two languages"}).status_code == 302
    assert Workshop.objects.get().length_reason == "Two languages"


def in_full(workshop, **changed):
    return {
        "kind": workshop.kind,
        "title": workshop.title,
        "locality": workshop.locality.code,
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-03",
        "language": "fr",
        "expected": "40",
        "target": "60",
        "risk_level": "low",
        "childcare_for": "0",
        "travel_for": "0",
        "interpretation_for": "0",
        "facilitators": [user.code for user in workshop.facilitators.all()],
    } | changed


def test_workshop_edit_in_full(client, workshop, signed_in, coordinator):
    other = LocalityFactory(code="CD-KC", name="Kasaï-Central")
    typed = in_full(
        workshop,
        other_localities=[other.code, workshop.locality.code],
        other_languages=["sw", "lua"],
        is_national="on",
        series="Kasaï 2026",
        partners="Network of Women",
        funding="Ministry",
        childcare_for="3",
        travel_for="12",
        access_note="Afternoons only",
        risk_level="medium",
        venue="Parish hall",
        safety_plan="Two at the door",
    )
    assert client.post(reverse("workshop_edit", args=[workshop.code]), typed).status_code == 302
    workshop.refresh_from_db()
    assert list(workshop.other_localities.all()) == [other]  # its own is not among the others
    assert (workshop.other_languages, workshop.access_count, workshop.venue) == (
        ["sw", "lua"],
        15,
        "Parish hall",
    )
    mine = client.get(workshop.get_absolute_url()).content.decode()
    for shown in (
        "Kasaï-Central",
        "Swahili",
        "Kasaï 2026",
        "Parish hall",
        "Two at the door",
        "Childcare for 3",
    ):
        assert shown in mine
    hers = signed_in(coordinator).get(workshop.get_absolute_url()).content.decode()
    assert "Network of Women" in hers
    for hidden in ("Parish hall", "Two at the door", "Childcare for 3"):
        assert hidden not in hers


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"other_localities": ["SL-BO-CITY"]}, "other_localities"),
        ({"other_languages": ["xx"]}, "other_languages"),
        ({"risk_level": "extreme"}, "risk_level"),
        ({"childcare_for": "-1"}, "childcare_for"),
        ({"travel_for": "99999999999999999999"}, "travel_for"),
        ({"venue": "v" * 100_000}, "venue"),
        ({"safety_plan": "s" * 100_000}, "safety_plan"),
        ({"access_note": "a" * 100_000}, "access_note"),
        ({"partners": "p" * 100_000}, "partners"),
        ({"series": "s" * 100_000}, "series"),
        ({"length_reason": "l" * 100_000}, "length_reason"),
    ],
)
def test_workshop_edit_with_bad_input(changed, field, client, workshop, elsewhere):
    typed = in_full(workshop, title="Kept title") | changed
    response = client.post(reverse("workshop_edit", args=[workshop.code]), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert "Kept title" in page
    assert all(len(value) < 1000 or value in page for value in changed.values() if isinstance(value, str))


def test_workshop_edit_opens_the_sections_that_hold_something(client, workshop):
    workshop.series, workshop.travel_for = "Kasaï", 2
    workshop.save()
    form = client.get(reverse("workshop_edit", args=[workshop.code])).context["form"]
    assert {name for name, is_open in form.opens.items() if is_open} == {"money", "access"}


def test_workshop_is_seen_from_its_other_localities(workshop, signed_in, outsider, elsewhere):
    assert signed_in(outsider).get(workshop.get_absolute_url()).status_code == 404
    workshop.other_localities.add(elsewhere)
    assert signed_in(outsider).get(workshop.get_absolute_url()).status_code == 200


# --- The list ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mine=yes", ["Alpha"]),
        ("when=coming", ["Alpha"]),
        ("when=held", ["Beta"]),
        ("place=CD-KE", ["Alpha", "Beta"]),
        ("place=CD-KC", ["Alpha", "Gamma"]),
        ("series=kasaï", ["Beta"]),
        ("since=2026-04", ["Alpha", "Gamma"]),
        ("until=2026-04", ["Alpha", "Beta"]),
        ("since=2026-04&until=2026-04", ["Alpha"]),
        ("since=nonsense&until=2026-99", ["Alpha", "Beta", "Gamma"]),
        ("since=٢٠٢٦-٠٤", ["Alpha", "Beta", "Gamma"]),
        ("since=9999-12&until=0000-00", ["Alpha", "Beta", "Gamma"]),
        ("place=NOWHERE&mine=maybe&order=up", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_workshop_list_filters_by_place_time_and_whose(query, found, client, locality, facilitator):
    other = LocalityFactory(code="CD-KC", name="Kasaï-Central")
    alpha = WorkshopFactory(
        title="Alpha",
        locality=locality,
        facilitators=[facilitator],
        starts_on=datetime.date(2026, 4, 30),
        ends_on=datetime.date(2026, 5, 1),
    )
    alpha.other_localities.add(other)
    WorkshopFactory(title="Beta", locality=locality, state="held", series="Kasaï 2026")
    gamma = {
        "starts_on": datetime.date(2026, 6, 1),
        "ends_on": datetime.date(2026, 6, 1),
        "state": "cancelled",
    }
    WorkshopFactory(title="Gamma", locality=other, **gamma)
    page = client.get(f"/workshops/?{query}").content.decode()
    assert sorted(title for title in ("Alpha", "Beta", "Gamma") if f">{title}<" in page) == found


def test_workshop_list_stands_by_months_and_in_the_order_asked_for(client, locality):
    for title, month in (("First", 3), ("Second", 5)):
        day = datetime.date(2026, month, 9)
        WorkshopFactory(title=title, locality=locality, starts_on=day, ends_on=day)
    newest = client.get("/workshops/").content.decode()
    assert newest.index("May 2026") < newest.index(">Second<") < newest.index("March 2026")
    oldest = client.get("/workshops/?order=oldest").content.decode()
    assert oldest.index(">First<") < oldest.index(">Second<")
