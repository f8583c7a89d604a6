"""plans.views.plans"""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks.models import NapState
from plans.models import LocalActionPlan
from plans.states import PlanState
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import NapFactory
from tests.factories.plans import (
    ActivityFactory,
    IndicatorFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
)

LONG = "x" * 100_000
VALUES = {
    "title": "A new title",
    "period_start": "2026-01-01",
    "period_end": "2029-12-31",
    "language": "fr",
    "nap": "",
    "no_nap_reason": "",
    "vision": "",
    "situation": "",
}


def close(plan, state=PlanState.VALIDATION):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state)


# --- The list --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_list_queries(rows, committee, nap, facilitator, signed_in, django_assert_num_queries):
    for _ in range(rows):
        LocalActionPlanFactory(committee=committee, nap=nap)
    client = signed_in(facilitator)
    with django_assert_num_queries(6):
        response = client.get(reverse("plan_list"))
    assert len(response.context["page"]) == rows


def test_plan_list_shows_only_ones_own(plan, outsider, member, elsewhere, signed_in):
    there = LocalActionPlanFactory(committee=CommitteeFactory(locality=elsewhere), title="Plan of Bo")
    assert plan.title not in signed_in(outsider).get(reverse("plan_list")).content.decode()
    seen = signed_in(member).get(reverse("plan_list")).content.decode()
    assert plan.title in seen
    assert there.title not in seen


def test_plan_list_finds_by_state_country_and_words(plan, elsewhere, administrator, signed_in):
    LocalActionPlanFactory(committee=CommitteeFactory(locality=elsewhere), title="Plan of Bo")
    client, url = signed_in(administrator), reverse("plan_list")
    for query in ({"q": "kasai"}, {"country": "CD"}, {"q": plan.code.lower()}):
        assert list(client.get(url, query).context["page"]) == [plan]
    assert len(client.get(url, {"state": "drafting"}).context["page"]) == 2
    assert "No plan fits" in client.get(url, {"state": "adopted"}).content.decode()


# --- Starting one ----------------------------------------------------------------------------


def test_plan_new_starts_a_plan_of_the_committees_place(committee, nap, secretary, signed_in):
    client, url = signed_in(secretary), reverse("plan_new", args=[committee.code])
    form = client.get(url).context["form"]
    year = timezone.localdate().year
    assert form["title"].value() == f"Local Action Plan, Kasaï-Oriental {year}–{year + 3}"
    assert form["language"].value() == "fr"
    response = client.post(url, VALUES | {"nap": nap.pk})
    plan = LocalActionPlan.objects.get()
    assert response.url == reverse("nap_items", args=[plan.code])
    assert (plan.committee, plan.locality, plan.nap) == (committee, committee.locality, nap)


def test_plan_new_offers_what_is_in_force_first_and_labels_the_rest(
    committee, secretary, elsewhere, signed_in
):
    country = committee.locality.country
    NapFactory(country=country, generation=2, title="Second", period_end=datetime.date(2099, 12, 31))
    expired = NapFactory(
        country=country, generation=1, title="First", state=NapState.SUPERSEDED, period_end=None
    )
    NapFactory(country=elsewhere.country, title="Of another country")
    client, url = signed_in(secretary), reverse("plan_new", args=[committee.code])
    form = client.get(url).context["form"]
    groups = dict(form.fields["nap"].choices[1:])
    assert [label for _key, label in groups["In force"]] == ["Second"]
    assert [label for _key, label in groups["Not in force"]] == ["First: Superseded"]
    assert form["nap"].value() == groups["In force"][0][0]
    response = client.post(url, VALUES | {"nap": expired.pk}, follow=True)
    assert "superseded" in response.content.decode()


def test_plan_new_is_for_the_committees_accounts(committee, coordinator, outsider, member, signed_in):
    url = reverse("plan_new", args=[committee.code])
    assert signed_in(coordinator).get(url).status_code == 403
    assert signed_in(outsider).get(url).status_code == 404
    assert signed_in(member).get(url).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", LONG),
        ("period_end", "2025-12-31"),
        ("period_start", "soon"),
        ("language", "klingon"),
        ("nap", "999999"),
        ("no_nap_reason", LONG),
    ],
)
def test_plan_new_says_what_is_wrong_at_the_field(field, value, committee, secretary, signed_in):
    url = reverse("plan_new", args=[committee.code])
    response = signed_in(secretary).post(url, VALUES | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not LocalActionPlan.objects.exists()


# --- Its own texts ---------------------------------------------------------------------------


def test_plan_edit_saves(plan, member, signed_in):
    client, url = signed_in(member), reverse("plan_edit", args=[plan.code])
    assert client.get(url).context["form"]["row_version"].value() == 1
    response = client.post(url, VALUES | {"vision": "Peace", "row_version": 1})
    assert response.url == plan.get_absolute_url()
    plan.refresh_from_db()
    assert (plan.title, plan.vision, plan.row_version, plan.updated_by) == (
        "A new title",
        "Peace",
        2,
        member,
    )


def test_plan_edit_of_100000_characters_is_refused_at_the_field(plan, member, signed_in):
    url = reverse("plan_edit", args=[plan.code])
    response = signed_in(member).post(url, VALUES | {"situation": LONG, "row_version": 1})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"situation"}
    assert LONG in response.content.decode()


def test_plan_edit_shows_both_texts_to_the_second(plan, secretary, member, signed_in):
    url = reverse("plan_edit", args=[plan.code])
    signed_in(secretary).post(url, VALUES | {"vision": "Hers", "row_version": 1})
    client = signed_in(member)
    response = client.post(url, VALUES | {"vision": "His", "row_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Safi Secretary" in page
    assert [(d.label, d.theirs, d.yours) for d in response.context["attempt"].differences] == [
        ("Vision", "Hers", "His")
    ]
    form = response.context["form"]
    assert (form["vision"].value(), form["row_version"].value()) == ("His", "2")
    plan.refresh_from_db()
    assert plan.vision == "Hers"
    client.post(url, VALUES | {"vision": "Both", "row_version": form["row_version"].value()})
    plan.refresh_from_db()
    assert plan.vision == "Both"


@pytest.mark.parametrize("version", ["", "0", "7", "nonsense", "9" * 30])
def test_plan_edit_with_no_true_version_saves_nothing(version, plan, member, signed_in):
    url = reverse("plan_edit", args=[plan.code])
    response = signed_in(member).post(url, VALUES | {"row_version": version})
    assert response.status_code in {409, 422}
    plan.refresh_from_db()
    assert plan.title == "Plan of Kasaï-Oriental"


def test_plan_edit_of_a_closed_plan_keeps_what_was_typed_to_copy(plan, member, signed_in):
    close(plan)
    client, url = signed_in(member), reverse("plan_edit", args=[plan.code])
    response = client.post(url, VALUES | {"vision": "Typed in an old tab", "row_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "closed for changes" in page
    assert "Typed in an old tab" in page
    assert "readonly" in page
    assert ">Save<" not in page
    plan.refresh_from_db()
    assert plan.vision == ""
    assert client.get(url).status_code == 200


# --- The matrix ------------------------------------------------------------------------------


def test_plan_detail_is_the_matrix(plan, objective, activity, items, member, signed_in):
    ObjectiveFactory(plan=plan, text="Safe markets", local_reason="Named first here.", order=2)
    page = signed_in(member).get(plan.get_absolute_url()).content.decode()
    assert "1. Women decide too" in page
    assert "Two seats in the peace council" in page
    assert "Share of women in ward committees: 10 → 50" in page
    assert "Local priority" in page
    assert "Named first here." in page
    assert "Served (1)" in page
    assert "Not served (2)" in page
    assert "1 thing is missing" in page
    assert f'action="{reverse("plan_submit", args=[plan.code])}"' not in page


def test_plan_detail_offers_writing_only_to_who_may(
    plan, activity, coordinator, member, secretary, signed_in
):
    submit = reverse("plan_submit", args=[plan.code])
    url, edit = plan.get_absolute_url(), f"activities/{activity.code}/edit/"
    read = signed_in(coordinator).get(url).content.decode()
    assert edit not in read
    assert submit not in read
    written = signed_in(member).get(url).content.decode()
    assert edit in written
    assert submit not in written
    assert submit in signed_in(secretary).get(url).content.decode()
    close(plan)
    closed = signed_in(secretary).get(url).content.decode()
    assert edit not in closed
    assert reverse("plan_endorse", args=[plan.code]) in closed


def test_plan_detail_warns_of_a_nap_that_is_not_in_force(plan, nap, member, signed_in):
    nap.state = NapState.SUPERSEDED
    nap.save()
    assert "superseded" in signed_in(member).get(plan.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_detail_queries(rows, plan, items, secretary, signed_in, django_assert_num_queries):
    for _ in range(rows):
        activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), complete=True)
        IndicatorFactory(activity=activity)
    client = signed_in(secretary)
    with django_assert_num_queries(11):
        client.get(plan.get_absolute_url())


def test_plan_detail_of_200_activities_is_light(plan, items, secretary, signed_in):
    for _ in range(20):
        objective = ObjectiveFactory(plan=plan)
        for _ in range(10):
            ActivityFactory(objective=objective, text="Light the market street with the traders " * 3)
    page = signed_in(secretary).get(plan.get_absolute_url())
    assert len(page.content) < 120_000
