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
    BudgetLineFactory,
    LocalActionPlanFactory,
    PriorityIssueFactory,
    ThemeFactory,
)

LONG = "x" * 100_000
VALUES = {
    "title": "A new title",
    "period_start": "2026-01-01",
    "period_end": "2029-12-31",
    "language": "fr",
    "nap": "",
    "no_nap_reason": "",
    "predecessor": "",
    "generation": "1",
    "local_name": "Plan d'action provincial",
    "period_label": "",
    "foreword_title": "",
    "foreword_organization": "",
    "is_public": "on",
}
ADOPTED = {
    "state": PlanState.IN_IMPLEMENTATION,
    "adopting_body": "Assembly",
    "adopting_act": "4/2021",
    "adopted_on": datetime.date(2021, 12, 1),
}


def close(plan, state=PlanState.VALIDATION):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state)


# --- The list --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_list_queries(rows, committee, nap, facilitator, signed_in, django_assert_num_queries):
    for _ in range(rows):
        LocalActionPlanFactory(committee=committee, nap=nap)
    client = signed_in(facilitator)
    with django_assert_num_queries(8):
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


def test_plan_list_filters_by_theme_budget_and_generation(committee, administrator, signed_in):
    lighting, mines = ThemeFactory(code="lighting"), ThemeFactory(code="mine-action")
    by_activity = LocalActionPlanFactory(committee=committee, title="C", generation=2)
    costed = ActivityFactory(objective__plan=by_activity, cost=100)
    costed.themes.add(lighting)
    by_issue = LocalActionPlanFactory(committee=committee, title="A")
    PriorityIssueFactory(plan=by_issue).themes.add(lighting)
    ActivityFactory(objective__plan=by_issue, no_cost=True)
    planned = LocalActionPlanFactory(committee=committee, title="B")
    BudgetLineFactory(activity__objective__plan=planned, planned=50)
    client, url = signed_in(administrator), reverse("plan_list")

    def found(**query):
        return [plan.title for plan in client.get(url, query | {"sort": "title"}).context["page"]]

    assert found() == ["A", "B", "C"]
    assert found(theme="lighting") == ["A", "C"]
    assert found(theme=mines.code) == []
    assert found(budget="no") == ["A"]
    assert found(budget="yes") == ["B", "C"]
    assert found(generation="2") == ["C"]
    assert found(q="kasai", theme="lighting", budget="yes") == ["C"]
    figures = client.get(url).context["figures"]
    assert (figures.plans, figures.adopted, figures.with_budget, figures.share_with_budget) == (3, 0, 2, 67)


@pytest.mark.parametrize(
    "query",
    [{"theme": "nonsense"}, {"sort": "password"}, {"generation": "x"}, {"budget": "?"}, {"page": "9"}],
)
def test_plan_list_with_a_broken_query_still_answers(query, plan, member, signed_in):
    assert signed_in(member).get(reverse("plan_list"), query).status_code == 200


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


# --- Title, period and frame ----------------------------------------------------------------


def test_plan_edit_saves(plan, member, signed_in):
    client, url = signed_in(member), reverse("plan_edit", args=[plan.code])
    assert client.get(url).context["form"]["row_version"].value() == 1
    response = client.post(url, VALUES | {"foreword_title": "Governor", "row_version": 1})
    assert response.url == plan.get_absolute_url()
    plan.refresh_from_db()
    assert (plan.title, plan.local_name, plan.row_version, plan.updated_by) == (
        "A new title",
        "Plan d'action provincial",
        2,
        member,
    )
    assert (plan.foreword_by.title, plan.foreword_by.locality) == ("Governor", plan.locality)
    assert client.get(url).context["form"]["foreword_title"].value() == "Governor"
    client.post(url, VALUES | {"row_version": 2})
    plan.refresh_from_db()
    assert plan.foreword_by is None


def test_plan_edit_of_100000_characters_is_refused_at_the_field(plan, member, signed_in):
    url = reverse("plan_edit", args=[plan.code])
    response = signed_in(member).post(url, VALUES | {"no_nap_reason": LONG, "row_version": 1})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"no_nap_reason"}
    assert LONG in response.content.decode()


def test_plan_edit_shows_both_texts_to_the_second(plan, secretary, member, signed_in):
    url = reverse("plan_edit", args=[plan.code])
    signed_in(secretary).post(url, VALUES | {"no_nap_reason": "Hers", "row_version": 1})
    client = signed_in(member)
    response = client.post(url, VALUES | {"no_nap_reason": "His", "row_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Safi Secretary" in page
    assert "Hers" in page
    form = response.context["form"]
    assert (form["no_nap_reason"].value(), form["row_version"].value()) == ("His", "2")
    plan.refresh_from_db()
    assert plan.no_nap_reason == "Hers"
    client.post(url, VALUES | {"no_nap_reason": "Both", "row_version": form["row_version"].value()})
    plan.refresh_from_db()
    assert plan.no_nap_reason == "Both"


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
    response = client.post(url, VALUES | {"no_nap_reason": "Typed in an old tab", "row_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "closed for changes" in page
    assert "Typed in an old tab" in page
    assert "readonly" in page
    assert ">Save<" not in page
    plan.refresh_from_db()
    assert plan.no_nap_reason == ""
    assert client.get(url).status_code == 200


def test_plan_edit_names_how_many_activities_a_shorter_period_leaves_out(plan, activity, member, signed_in):
    url = reverse("plan_edit", args=[plan.code])
    values = VALUES | {"period_start": "2027-01-01", "row_version": 1}
    page = signed_in(member).post(url, values, follow=True).content.decode()
    assert "1 activity lies outside the new period now" in page
    plan.refresh_from_db()
    assert plan.period_start == datetime.date(2027, 1, 1)


def test_plan_edit_refuses_what_does_not_belong_here(plan, elsewhere, committee, member, signed_in):
    """Not on offer, but anybody can post it by hand."""
    foreign = LocalActionPlanFactory(committee=CommitteeFactory(locality=elsewhere), **ADOPTED)
    before = LocalActionPlanFactory(
        committee=committee,
        period_start=datetime.date(2022, 1, 1),
        period_end=datetime.date(2025, 12, 31),
        **ADOPTED,
    )
    nap = NapFactory(country=elsewhere.country)
    client, url = signed_in(member), reverse("plan_edit", args=[plan.code])
    for wrong, field, words in (
        ({"nap": nap.pk}, "nap", "Choose a National Action Plan of"),
        ({"nap": "9" * 30}, "nap", "Choose a National Action Plan of"),
        ({"predecessor": foreign.code}, "predecessor", "plan of this place"),
        ({"predecessor": plan.code}, "predecessor", "plan of this place"),
        ({"predecessor": before.code, "generation": "1"}, "generation", "generation 1"),
        (
            {"predecessor": before.code, "generation": "2", "period_start": "2021-01-01"},
            "period_start",
            "later",
        ),
        ({"generation": "0"}, "generation", ""),
        ({"foreword_organization": "Province"}, "foreword_title", "Which position"),
        ({"no_nap_reason": "<script>alert(1)</script>"}, "no_nap_reason", "HTML is not used here"),
    ):
        response = client.post(url, VALUES | {"row_version": 1} | wrong)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {field}
        assert words in " ".join(response.context["form"].errors[field])
    plan.refresh_from_db()
    assert plan.row_version == 1


def test_plan_new_proposes_the_plan_after_the_last(committee, secretary, signed_in):
    year = timezone.localdate().year
    before = LocalActionPlanFactory(
        committee=committee,
        title="Plan I",
        local_name="Plan d'action provincial",
        period_start=datetime.date(year - 3, 1, 1),
        period_end=datetime.date(year, 12, 31),
        **ADOPTED,
    )
    client, url = signed_in(secretary), reverse("plan_new", args=[committee.code])
    form = client.get(url).context["form"]
    assert form["predecessor"].value() == before.code
    assert form["generation"].value() == 2
    assert form["period_start"].value() == datetime.date(year + 1, 1, 1)
    assert form["period_end"].value() == datetime.date(year + 4, 12, 31)
    assert form["local_name"].value() == "Plan d'action provincial"
    none = client.get(url, {"follows": ""}).context["form"]
    assert (none["predecessor"].value(), none["generation"].value()) == (None, 1)
    client.post(
        url,
        VALUES
        | {
            "predecessor": before.code,
            "generation": "",
            "period_start": f"{year + 1}-01-01",
            "period_end": f"{year + 4}-12-31",
            "period_label": f"{year + 1}/{year + 4}",
        },
    )
    plan = LocalActionPlan.objects.exclude(pk=before.pk).get()
    assert (plan.predecessor, plan.generation, plan.years) == (before, 2, f"{year + 1}/{year + 4}")


def test_plan_new_offers_no_plan_that_is_held_back_by_another_committee(
    committee, locality, secretary, signed_in
):
    hidden = LocalActionPlanFactory(
        committee=CommitteeFactory(locality=locality), title="Held back", is_public=False, **ADOPTED
    )
    LocalActionPlanFactory(committee=committee, title="A draft")
    url = reverse("plan_new", args=[committee.code])
    response = signed_in(secretary).get(url)
    assert "Held back" not in response.content.decode()
    assert "A draft" not in response.content.decode()
    posted = signed_in(secretary).post(url, VALUES | {"predecessor": hidden.code})
    assert set(posted.context["form"].errors) == {"predecessor"}


def test_plan_new_as_an_idea(committee, secretary, signed_in):
    url = reverse("plan_new", args=[committee.code])
    response = signed_in(secretary).post(url, VALUES | {"state": "idea"})
    plan = LocalActionPlan.objects.get()
    assert plan.state == PlanState.IDEA
    assert response.url == plan.get_absolute_url()
    page = signed_in(secretary).get(plan.get_absolute_url()).content.decode()
    assert "What an idea needs to be taken up" in page
    assert signed_in(secretary).get(reverse("plan_write", args=[plan.code])).status_code == 200


def test_plan_new_takes_no_other_state(committee, secretary, signed_in):
    url = reverse("plan_new", args=[committee.code])
    signed_in(secretary).post(url, VALUES | {"state": "adopted"})
    assert LocalActionPlan.objects.get().state == PlanState.DRAFTING
