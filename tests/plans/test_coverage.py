"""plans.views.coverage, plans.reports.coverage, plans.reports.country_budget"""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from plans.models import Alignment, LocalActionPlan, Theme
from plans.reports.country_budget import CountryBudget
from plans.reports.coverage import CoverageMatrix
from plans.states import PlanState
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.localities import LocalityFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    BudgetLineFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
)
from tests.plans.test_budget import adopt


def plan_in(country, name, **values):
    committee = CommitteeFactory(locality=LocalityFactory(country=country, name=name))
    return LocalActionPlanFactory(committee=committee, **values)


@pytest.fixture
def second(country, nap):
    return plan_in(country, "Lomami", nap=nap, title="Plan of Lomami")


@pytest.fixture
def scene(plan, second, items, objective, country):
    """Item 1 is served by Kasaï (direct) and Lomami (partial, and by an activity); item 2 by a doubted
    statement of Lomami; item 3 by nobody. A third plan follows no NAP and serves nothing."""
    other = ObjectiveFactory(plan=second, order=1)
    AlignmentFactory(objective=other, provision=items[0], strength="partial")
    activity = ActivityFactory(objective=other)
    AlignmentFactory(objective=None, activity=activity, provision=items[0], strength="supporting")
    AlignmentFactory(objective=other, provision=items[1], state="doubted")
    return plan_in(country, "Sankuru", title="Plan of Sankuru")


@pytest.fixture
def url(country, scene):
    return reverse("coverage_matrix", args=[country.code])


@pytest.fixture
def matrix(nap, scene):
    return CoverageMatrix.from_plans(nap, LocalActionPlan.objects.all())


def test_coverage_matrix_counts_both_ways(matrix):
    assert [column.name for column in matrix.columns] == ["Kasaï-Oriental", "Lomami", "Sankuru"]
    assert [(row.item.code, len(row.served_by), row.share) for row in matrix.rows] == [
        ("1.1", 2, 67),
        ("1.2", 1, 33),
        ("1.3", 0, 0),
    ]
    assert [(column.served, column.share) for column in matrix.columns] == [(1, 33), (2, 67), (0, 0)]
    assert (matrix.served, matrix.total, matrix.share) == (2, 3, 67)


def test_coverage_matrix_says_how_a_plan_serves_an_item(matrix):
    words = [[cell.words if cell else "" for cell in row.cells] for row in matrix.rows]
    assert words == [
        ["direct, 1 objective", "partial, 1 objective, 1 activity", ""],
        ["", "doubted, 1 objective", ""],
        ["", "", ""],
    ]


def test_coverage_matrix_names_the_gaps(matrix):
    assert [row.item.code for row in matrix.not_served] == ["1.3"]
    assert [column.name for column in matrix.serving_none] == ["Sankuru"]
    assert [row.item.code for row in matrix.doubted] == ["1.2"]
    assert [item.code for item in matrix.columns[0].not_served] == ["1.2", "1.3"]
    assert [(group.label, group.served) for group in matrix.groups] == [("1 Inclusion", 2)]
    assert [row.item.code for row in matrix.by_need()[0].rows] == ["1.3", "1.2", "1.1"]


def test_coverage_matrix_page_reads_without_colour(url, coordinator, signed_in):
    page = signed_in(coordinator).get(url).content.decode()
    assert '<td class="served served-direct">●1<span class="visually-hidden"> direct</span></td>' in page
    assert '<td class="served served-doubted">?1<span class="visually-hidden"> doubted</span></td>' in page
    assert "Lomami: partial, 1 objective, 1 activity" in page
    assert "serves 1 of 3 items (33%)" in page
    assert "1 item that no plan serves" in page


def test_coverage_matrix_counts_adopted_plans_only_when_asked(url, second, coordinator, signed_in):
    adopt(second)
    client = signed_in(coordinator)
    assert [each.name for each in client.get(url + "?state=adopted").context["matrix"].columns] == ["Lomami"]
    LocalActionPlan.objects.filter(pk=second.pk).update(state=PlanState.SUPERSEDED)
    assert [each.name for each in client.get(url).context["matrix"].columns] == ["Kasaï-Oriental", "Sankuru"]
    assert client.get(url + "?state=adopted").context["matrix"].share == 0


def test_coverage_matrix_shows_the_plan_in_force_unless_another_is_asked_for(
    url, nap, country, coordinator, signed_in
):
    newer = NapFactory(country=country, state="draft", generation=90)
    ProvisionFactory(framework=newer)
    without_items = NapFactory(country=country, generation=91)
    client = signed_in(coordinator)
    assert client.get(url).context["nap"] == nap
    assert client.get(f"{url}?nap={newer.code}").context["nap"] == newer
    assert client.get(f"{url}?nap={without_items.code}").status_code == 404


def test_coverage_matrix_of_a_nap_of_another_country_is_404(url, elsewhere, coordinator, signed_in):
    foreign = NapFactory(country=elsewhere.country)
    ProvisionFactory(framework=foreign)
    assert signed_in(coordinator).get(f"{url}?nap={foreign.code}").status_code == 404


def test_coverage_matrix_shows_a_committee_its_own_plan_alone(url, member, signed_in):
    response = signed_in(member).get(url)
    assert [column.name for column in response.context["matrix"].columns] == ["Kasaï-Oriental"]
    assert "Lomami" not in response.content.decode()


PAGES = [
    "coverage_matrix",
    "coverage_export",
    "local_priorities",
    "local_priorities_export",
    "country_budgets",
]


@pytest.mark.parametrize("name", PAGES)
def test_coverage_of_a_country_that_is_not_seen_is_404(
    name, scene, country, outsider, coordinator, signed_in
):
    assert signed_in(outsider).get(reverse(name, args=[country.code])).status_code == 404
    assert signed_in(coordinator).get(reverse(name, args=["XX"])).status_code == 404
    assert signed_in(coordinator).get(reverse(name, args=[country.code])).status_code == 200


def test_coverage_matrix_without_a_nap_says_so(elsewhere, outsider, signed_in):
    page = signed_in(outsider).get(reverse("coverage_matrix", args=[elsewhere.country.code]))
    assert "No items to compare with" in page.content.decode()
    export = reverse("coverage_export", args=[elsewhere.country.code])
    assert signed_in(outsider).get(export).status_code == 404


def test_coverage_matrix_without_a_plan_shows_every_item_as_a_gap(items, country, coordinator, signed_in):
    response = signed_in(coordinator).get(reverse("coverage_matrix", args=[country.code]))
    assert len(response.context["matrix"].not_served) == 3
    assert "No local plan to count" in response.content.decode()


@pytest.mark.parametrize("plans", [1, 5])
def test_coverage_matrix_costs_the_same_queries(
    plans, country, nap, items, coordinator, signed_in, django_assert_num_queries
):
    for number in range(plans):
        objective = ObjectiveFactory(plan=plan_in(country, f"Place {number}", nap=nap))
        AlignmentFactory(objective=objective, provision=items[number % 3])
    client = signed_in(coordinator)
    with django_assert_num_queries(11):
        client.get(reverse("coverage_matrix", args=[country.code]))


def test_coverage_export_tells_statements_and_gaps(country, scene, coordinator, signed_in):
    response = signed_in(coordinator).get(reverse("coverage_export", args=[country.code]))
    book = load_workbook(io.BytesIO(response.content))
    rows = [list(row) for row in book["Coverage"].iter_rows(values_only=True)]
    assert rows[0][5:] == ["Kasaï-Oriental", "Lomami", "Sankuru"]
    assert rows[1][1:2] + rows[1][3:] == ["1.1", 2, 67, "direct 1", "partial 2", None]
    assert book["Statements"].max_row == 5
    gaps = [row[1] for row in book["Gaps"].iter_rows(min_row=2, values_only=True)]
    assert gaps == ["1.3", scene.code]


@pytest.fixture
def local(plan, second, objective, nap):
    """Two priorities of the place alone; a third objective whose activity serves a national item."""
    first = ObjectiveFactory(
        plan=plan, text="Lamps on the market", local_reason="Women fear it", pillar="protection"
    )
    ActivityFactory(objective=first).themes.add(Theme.objects.create(code="light", name="Light"))
    ObjectiveFactory(plan=second, text="A ferry of our own", pillar="prevention")
    through = ActivityFactory(objective=ObjectiveFactory(plan=second, text="Served below"))
    AlignmentFactory(objective=None, activity=through, provision=objective.alignments.get().provision)
    return first


@pytest.fixture
def local_url(country, local):
    return reverse("local_priorities", args=[country.code])


def shown(client, url):
    return [objective.text for objective, _themes in client.get(url).context["rows"]]


def test_local_priorities_are_those_that_no_national_item_asks_for(local_url, coordinator, signed_in):
    client = signed_in(coordinator)
    assert shown(client, local_url) == ["Lamps on the market", "A ferry of our own"]
    assert shown(client, local_url + "?pillar=protection") == ["Lamps on the market"]
    assert shown(client, local_url + "?theme=light") == ["Lamps on the market"]
    assert shown(client, local_url + "?reason=missing") == ["A ferry of our own"]
    assert shown(client, local_url + "?q=lomami") == ["A ferry of our own"]
    assert shown(client, local_url + "?state=adopted") == []


def test_local_priorities_keep_one_that_serves_a_resolution_alone(local_url, local, coordinator, signed_in):
    resolution = NapFactory(kind="wps_resolution", country=None, generation=None, code="UNSCR-1325")
    AlignmentFactory(objective=local, provision=ProvisionFactory(framework=resolution))
    assert "Lamps on the market" in shown(signed_in(coordinator), local_url)


def test_local_priorities_show_a_committee_its_own(local_url, member, signed_in):
    response = signed_in(member).get(local_url)
    assert [objective.text for objective, _themes in response.context["rows"]] == ["Lamps on the market"]
    assert "ferry" not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_local_priorities_cost_the_same_queries(
    rows, plan, country, coordinator, signed_in, django_assert_num_queries
):
    theme = Theme.objects.create(code="light", name="Light")
    for _ in range(rows):
        ActivityFactory(objective=ObjectiveFactory(plan=plan)).themes.add(theme)
    client = signed_in(coordinator)
    with django_assert_num_queries(9):
        client.get(reverse("local_priorities", args=[country.code]))


def test_local_priorities_export_takes_what_is_filtered(local_url, country, coordinator, signed_in):
    url = reverse("local_priorities_export", args=[country.code]) + "?pillar=protection"
    book = load_workbook(io.BytesIO(signed_in(coordinator).get(url).content))
    [row] = book["Local priorities"].iter_rows(min_row=2, values_only=True)
    assert row[4:] == ("Lamps on the market", "Protection", "Women fear it", "Light")


def test_country_budget_adds_up_by_currency(plan, second, objective, activity):
    LocalActionPlan.objects.filter(pk=second.pk).update(currency="USD")
    foreign = ActivityFactory(objective=ObjectiveFactory(plan=second), cost=5)
    BudgetLineFactory(activity=activity, planned=1000, allocated=300)
    BudgetLineFactory(activity=activity, planned=500, fiscal_year="2027")
    BudgetLineFactory(activity=foreign, planned=70, allocated=20)
    budget = CountryBudget.from_plans(LocalActionPlan.objects.all())
    assert [(money, amounts.planned, amounts.gap) for money, amounts in budget.totals] == [
        ("CDF", 1500, 1200),
        ("USD", 70, 50),
    ]
    assert [(row.currency, row.year, row.amounts.gap) for row in budget.years] == [
        ("CDF", "2026", 700),
        ("CDF", "2027", 500),
        ("USD", "2026", 50),
    ]
    assert [(row.amounts.planned, row.share_costed) for row in budget.plans] == [(1500, 100), (70, 100)]
    assert (budget.with_budget, budget.share) == (2, 100)


@pytest.mark.parametrize("plans", [1, 5])
def test_country_budgets_cost_the_same_queries(
    plans, country, coordinator, signed_in, django_assert_num_queries
):
    for number in range(plans):
        objective = ObjectiveFactory(plan=plan_in(country, f"Place {number}"))
        BudgetLineFactory(activity=ActivityFactory(objective=objective))
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        page = client.get(reverse("country_budgets", args=[country.code])).content.decode()
    assert "of National Action Plans 33% had one in June 2020" in page


def test_country_budgets_show_a_committee_its_own(plan, second, activity, country, signed_in):
    BudgetLineFactory(activity=ActivityFactory(objective=ObjectiveFactory(plan=second)), planned=987_654)
    user = CommitteeAccessFactory(committee=plan.committee, role="committee_member").user
    page = signed_in(user).get(reverse("country_budgets", args=[country.code])).content.decode()
    assert "Kasaï-Oriental" in page
    assert "987,654" not in page


def test_alignment_state_is_told_apart_after_review(matrix, url, nap):
    Alignment.objects.filter(state="doubted").update(state="confirmed")
    again = CoverageMatrix.from_plans(nap, LocalActionPlan.objects.all())
    assert [len(matrix.doubted), len(again.doubted)] == [1, 0]
