"""Issues, policies and needs: added, changed, moved and removed by who runs the workshop."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.localities import LocalityFactory
from tests.factories.results import ConflictIssueFactory, NeedFactory, PolicyMappingFactory
from tests.factories.workshops import WorkshopFactory
from workshops.models import ConflictIssue, Need, PolicyMapping

pytestmark = pytest.mark.django_db

ISSUE = {
    "description": "Girls are attacked on the way to the water point",
    "theme": "infrastructure",
    "affected": "Girls of the hill quarters",
    "drivers": "No light on the road",
    "trend": "worse",
    "pillar": "protection",
    "good_cycle": ["development", "security"],
}


def test_conflict_issue_new_adds_to_the_end(signed_in, facilitator, workshop):
    client = signed_in(facilitator)
    for words in ("first", "second", "third"):
        answer = client.post(
            reverse("conflict_issue_new", args=[workshop.code]), ISSUE | {"description": words}
        )
        assert answer.url == reverse("results", args=[workshop.code]) + "#issues"
    assert list(workshop.conflict_issues.values_list("description", flat=True)) == [
        "first",
        "second",
        "third",
    ]
    issue = workshop.conflict_issues.first()
    assert issue.good_cycle == ["development", "security"]
    page = client.get(reverse("results", args=[workshop.code])).text
    assert "Poor infrastructure" in page
    assert "Human security" in page


def test_conflict_issue_new_sent_twice_adds_one(signed_in, facilitator, workshop):
    client, data = signed_in(facilitator), ISSUE | {"sent_form": str(uuid4())}
    for _time in range(2):
        client.post(reverse("conflict_issue_new", args=[workshop.code]), data)
    assert ConflictIssue.objects.count() == 1


def test_conflict_issue_new_goes_on_to_the_next(signed_in, facilitator, workshop):
    address = reverse("conflict_issue_new", args=[workshop.code])
    assert signed_in(facilitator).post(address, ISSUE | {"again": "1"}).url == address


@pytest.mark.parametrize(
    "changed",
    [
        {"description": ""},
        {"description": "x" * 100_000},
        {"affected": "x" * 1001},
        {"theme": "gossip"},
        {"trend": ""},
        {"pillar": "x" * 500},
        {"good_cycle": ["money"]},
        {"description": "a\0b"},
    ],
)
def test_conflict_issue_new_keeps_what_was_typed(signed_in, facilitator, workshop, changed):
    data = ISSUE | {"drivers": "Kept as it was typed"} | changed
    response = signed_in(facilitator).post(reverse("conflict_issue_new", args=[workshop.code]), data)
    assert response.status_code == 422
    assert "Kept as it was typed" in response.text
    assert not ConflictIssue.objects.exists()


def test_text_like_a_phone_number_is_saved_with_a_warning(signed_in, facilitator, workshop):
    data = ISSUE | {"drivers": "Ask Mado, +243 81 234 5678"}
    response = signed_in(facilitator).post(
        reverse("conflict_issue_new", args=[workshop.code]), data, follow=True
    )
    assert ConflictIssue.objects.count() == 1
    levels = [message.level_tag for message in response.context["messages"]]
    assert levels == ["success", "warning"]
    assert not any("243" in str(message) for message in response.context["messages"])


def test_conflict_issue_edit_changes_it(signed_in, facilitator, workshop):
    issue = ConflictIssueFactory(workshop=workshop)
    client, address = signed_in(facilitator), reverse("conflict_issue_edit", args=[workshop.code, issue.code])
    assert issue.description in client.get(address).text
    client.post(address, ISSUE | {"trend": "better"})
    issue.refresh_from_db()
    assert (issue.description, issue.trend) == (ISSUE["description"], "better")


def test_conflict_issue_move_changes_places(signed_in, facilitator, workshop):
    first, second, third = (ConflictIssueFactory(workshop=workshop, order=0) for _n in range(3))
    client = signed_in(facilitator)

    def move(issue, to):
        client.post(reverse("conflict_issue_move", args=[workshop.code, issue.code]), {"to": to})
        return list(workshop.conflict_issues.all())

    assert move(third, "up") == [first, third, second]
    assert move(first, "up") == [first, third, second]
    assert move(first, "down") == [third, first, second]
    assert move(second, "down") == [third, first, second]


@pytest.mark.parametrize(
    ("name", "part", "factory"),
    [
        ("conflict_issue_remove", "issue", ConflictIssueFactory),
        ("policy_remove", "policy", PolicyMappingFactory),
        ("need_remove", "need", NeedFactory),
    ],
)
def test_remove_asks_first_and_is_for_who_runs_it(
    signed_in, facilitator, coordinator, outsider, workshop, name, part, factory
):
    row = factory(workshop=workshop)
    address = reverse(name, args=[workshop.code, row.code])
    assert signed_in(outsider).post(address).status_code == 404
    assert signed_in(coordinator).post(address).status_code == 403
    assert signed_in(facilitator).get(address).status_code == 200
    assert type(row).objects.exists()
    assert signed_in(facilitator).post(address).status_code == 302
    assert not type(row).objects.exists()
    assert signed_in(facilitator).post(address).status_code == 404


def test_row_of_another_workshop_is_not_reached_through_ones_own(signed_in, facilitator, workshop, elsewhere):
    foreign = ConflictIssueFactory(workshop=WorkshopFactory(locality=elsewhere))
    address = reverse("conflict_issue_edit", args=[workshop.code, foreign.code])
    assert signed_in(facilitator).post(address, ISSUE).status_code == 404


def test_policy_new_offers_the_places_of_the_workshop_alone(
    signed_in, facilitator, workshop, locality, elsewhere
):
    village = LocalityFactory(code="CD-VILLAGE", name="Village", parent=locality)
    other = LocalityFactory(code="CD-OTHER", name="Other province", country=locality.country)
    client, address = signed_in(facilitator), reverse("policy_new", args=[workshop.code])
    data = {"name": "Market regulation", "effect": "neutral", "kind": "by_law", "note": ""}
    assert client.post(address, data | {"locality": village.code}).status_code == 302
    assert PolicyMapping.objects.get().locality == village
    for refused in (other.code, elsewhere.code, "", "NOWHERE"):
        assert client.post(address, data | {"locality": refused}).status_code == 422
    assert client.post(address, data | {"locality": village.code, "effect": ""}).status_code == 422
    assert PolicyMapping.objects.count() == 1


def test_policy_edit_changes_it(signed_in, facilitator, workshop, locality):
    policy = PolicyMappingFactory(workshop=workshop)
    address = reverse("policy_edit", args=[workshop.code, policy.code])
    data = {"name": "Budget", "effect": "hinders", "kind": "budget", "note": "Cut", "locality": locality.code}
    assert signed_in(facilitator).get(address).status_code == 200
    assert signed_in(facilitator).post(address, data).status_code == 302
    policy.refresh_from_db()
    assert (policy.name, policy.effect, policy.note) == ("Budget", "hinders", "Cut")


def test_policy_edit_keeps_a_place_that_the_workshop_left(signed_in, facilitator, workshop, locality):
    left = LocalityFactory(code="CD-LEFT", name="Left province", country=locality.country)
    policy = PolicyMappingFactory(workshop=workshop, locality=left)
    client, address = signed_in(facilitator), reverse("policy_edit", args=[workshop.code, policy.code])
    assert '<option value="CD-LEFT" selected' in client.get(address).text
    data = {"name": "Budget", "effect": "hinders", "kind": "budget", "note": "", "locality": left.code}
    assert client.post(address, data).status_code == 302
    policy.refresh_from_db()
    assert policy.locality == left


def test_need_new_and_edit(signed_in, facilitator, workshop):
    client = signed_in(facilitator)
    data = {"text": "A room to meet", "named_by": "Market women", "pillar": ""}
    assert client.post(reverse("need_new", args=[workshop.code]), data).status_code == 302
    need = Need.objects.get()
    address = reverse("need_edit", args=[workshop.code, need.code])
    assert client.post(address, data | {"text": ""}).status_code == 422
    assert client.post(address, data | {"pillar": "participation"}).status_code == 302
    need.refresh_from_db()
    assert need.pillar == "participation"


def test_rows_of_a_demo_workshop_are_demo_rows(signed_in, facilitator, locality):
    workshop = WorkshopFactory(locality=locality, facilitators=[facilitator], is_demo=True)
    signed_in(facilitator).post(reverse("conflict_issue_new", args=[workshop.code]), ISSUE)
    assert ConflictIssue.objects.get().is_demo


def test_conflict_issue_list_counts_themes_by_country(signed_in, coordinator, outsider, workshop, elsewhere):
    for theme in ("land", "mines", "land"):
        ConflictIssueFactory(workshop=workshop, theme=theme)
    ConflictIssueFactory(workshop=WorkshopFactory(locality=elsewhere), theme="youth")
    (row,) = signed_in(coordinator).get(reverse("conflict_issue_list")).context["countries"]
    assert (row.country, row.total) == (workshop.locality.country, 3)
    assert [(label, number) for label, number, _width in row.themes] == [
        ("Land and resources", 2),
        ("Mines and unexploded ordnance", 1),
    ]
    (other,) = signed_in(outsider).get(reverse("conflict_issue_list")).context["countries"]
    assert other.country == elsewhere.country


def test_conflict_issue_list_of_nothing(signed_in, oversight):
    assert "No issue yet" in signed_in(oversight).get(reverse("conflict_issue_list")).text


@pytest.mark.parametrize("rows", [1, 5])
def test_conflict_issue_list_costs_five_queries(
    signed_in, coordinator, workshop, rows, django_assert_num_queries
):
    for _number in range(rows):
        ConflictIssueFactory(workshop=workshop)
    client = signed_in(coordinator)
    with django_assert_num_queries(5):
        client.get(reverse("conflict_issue_list"))
