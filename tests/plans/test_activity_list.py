"""plans.views.activities.activity_list: activities over all plans"""

import datetime

import pytest
from django.urls import reverse

from plans.models import LocalActionPlan
from plans.states import PlanState
from tests.factories.committees import CommitteeFactory
from tests.factories.people import OrganizationFactory, PositionFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory, ThemeFactory

URL = "/activities/"


def found(client, **query):
    return [row.text for row, _tone, _is_overdue in client.get(URL, query).context["rows"]]


@pytest.fixture
def works(plan, objective, country):
    council = OrganizationFactory(name="City council", country=country)
    engineer = PositionFactory(title="Engineer", organization=council, locality=plan.locality)
    light = ActivityFactory(
        objective=objective,
        text="Light the street",
        responsible=engineer,
        ends_on=datetime.date(2026, 2, 1),
        engages_men_boys=True,
    )
    radio = ActivityFactory(
        objective=ObjectiveFactory(plan=plan, pillar="prevention"),
        text="Radio spots",
        state="ongoing",
        location="Mwene-Ditu",
    )
    radio.supporting.add(engineer)
    radio.themes.add(ThemeFactory(code="media", name="Media"))
    return {"light": light, "radio": radio, "council": council}


@pytest.fixture
def in_force(plan):
    LocalActionPlan.objects.filter(pk=plan.pk).update(
        state=PlanState.IN_IMPLEMENTATION,
        adopted_on=datetime.date(2026, 1, 10),
        adopting_body="Council",
        adopting_act="1",
    )


def test_activity_list_shows_what_ends_first_first(works, member, signed_in):
    ActivityFactory(objective__plan__committee=CommitteeFactory(), text="Of another committee")
    assert found(signed_in(member)) == ["Light the street", "Radio spots"]
    assert found(signed_in(member), order="plan") == ["Light the street", "Radio spots"]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({"q": "street light"}, ["Light the street"]),
        ({"q": "mwene"}, ["Radio spots"]),
        ({"q": "kasai"}, ["Light the street", "Radio spots"]),
        ({"q": "nothing"}, []),
        ({"theme": "media"}, ["Radio spots"]),
        ({"pillar": "prevention"}, ["Radio spots"]),
        ({"state": "ongoing"}, ["Radio spots"]),
        ({"state": "overdue"}, []),
        ({"men": "yes"}, ["Light the street"]),
        ({"country": "CD"}, ["Light the street", "Radio spots"]),
        ({"country": "XX"}, ["Light the street", "Radio spots"]),
    ],
)
def test_activity_list_filters(query, texts, works, member, signed_in):
    assert found(signed_in(member), **query) == texts


def test_activity_list_of_an_institution_has_what_it_leads_and_supports(works, member, signed_in):
    ActivityFactory(objective=works["light"].objective, text="Of somebody else")
    institution = works["council"].code
    assert found(signed_in(member), institution=institution) == ["Light the street", "Radio spots"]


def test_activity_list_overdue_counts_only_in_plans_that_are_followed(works, in_force, member, signed_in):
    client = signed_in(member)
    assert found(client, state="overdue") == ["Light the street"]
    rows = {row.text: is_overdue for row, _tone, is_overdue in client.get(URL).context["rows"]}
    assert rows == {"Light the street": True, "Radio spots": False}
    works["light"].state = "done"
    works["light"].save()
    assert found(client, state="overdue") == []


def test_activity_list_offers_only_what_is_visible(works, elsewhere, outsider, signed_in):
    form = signed_in(outsider).get(URL).context["filter"].form
    assert not form.fields["institution"].queryset.exists()
    assert not form.fields["country"].queryset.exists()
    assert found(signed_in(outsider)) == []
    assert found(signed_in(outsider), institution=works["council"].code) == []


def test_activity_list_says_what_to_do_when_it_is_empty(member, signed_in):
    client = signed_in(member)
    assert "No activity yet" in client.get(URL).content.decode()
    assert "No activity fits" in client.get(URL, {"q": "x"}).content.decode()


def test_activity_list_has_pages(objective, member, signed_in):
    ActivityFactory.create_batch(26, objective=objective)
    client = signed_in(member)
    assert len(found(client)) == 25
    assert len(found(client, page=2)) == 1
    assert len(found(client, page="nonsense")) == 25


@pytest.mark.parametrize("rows", [1, 5])
def test_activity_list_queries(rows, committee, member, signed_in, django_assert_num_queries):
    for _ in range(rows):
        plan = LocalActionPlanFactory(committee=committee)
        activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), complete=True)
        activity.themes.add(ThemeFactory())
    client = signed_in(member)
    with django_assert_num_queries(9):
        client.get(reverse("activity_list"))
