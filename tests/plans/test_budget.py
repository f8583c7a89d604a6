"""plans.views.budget, plans.reports.budget"""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.models import BudgetLine, LocalActionPlan, Revision
from plans.reports.budget import Budget
from plans.services.budget import save_budget_line
from plans.services.refusals import PlanClosed
from plans.states import PlanState
from tests.factories.plans import ActivityFactory, BudgetLineFactory, LocalActionPlanFactory, ObjectiveFactory

VALUES = {
    "source": "donor",
    "source_name": "Peace fund",
    "fiscal_year": "2026",
    "planned": "12 500.50",
    "allocated": "",
    "disbursed": "",
    "spent": "",
    "is_long_term": "on",
    "note": "second call",
}
ADOPTION = {"adopting_body": "Council", "adopting_act": "12/2026", "adopted_on": "2026-02-01"}


def adopt(plan, state=PlanState.IN_IMPLEMENTATION):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state, **ADOPTION)
    plan.refresh_from_db()


@pytest.fixture
def costed(activity):
    activity.no_cost, activity.cost = False, 3000
    activity.save()
    return activity


@pytest.fixture
def line(costed):
    return BudgetLineFactory(
        activity=costed, source="donor", source_name="Peace fund", planned=1000, allocated=400
    )


@pytest.fixture
def edit_url(plan, line):
    return reverse("budget_line_edit", args=[plan.code, line.code])


@pytest.fixture
def new_url(plan, costed):
    return reverse("budget_line_new", args=[plan.code, costed.code])


def test_budget_adds_up_by_year_and_source(plan, costed, line):
    BudgetLineFactory(
        activity=costed, source="local", fiscal_year="2027", planned=500, allocated=700, is_core=True
    )
    other = ActivityFactory(objective=costed.objective, order=2, cost=200)
    BudgetLineFactory(activity=other, source="national", planned=500, allocated=100, disbursed=90, spent=95)
    budget = Budget.from_plan(plan)
    assert (budget.total.planned, budget.total.allocated, budget.total.gap) == (2000, 1200, 800)
    assert [(year, amounts.planned, amounts.gap) for year, amounts in budget.years] == [
        ("2026", 1500, 1000),
        ("2027", 500, -200),
    ]
    assert [(share.label, share.percent, amounts.gap) for share, amounts in budget.sources] == [
        ("Local government", 25, -200),
        ("National government", 25, 400),
        ("Donor or UN", 50, 600),
    ]
    assert [share.percent for share in budget.payers] == [25, 25, 50, 0]
    assert [share.percent for share in budget.kinds] == [25, 0, 0]
    assert budget.unsourced == 1500  # 3000 - 1000 - 500; the other activity has more than it costs
    assert (budget.costed, budget.share_costed) == (2, 100)
    assert [(number, text) for number, _activity, text in budget.warnings] == [
        ("1.1", "2027 Local government: More is allocated than was planned."),
        ("1.2", "Its lines add up to more than its cost."),
        ("1.2", "2026 National government: More is spent than was disbursed."),
    ]


def test_budget_of_a_plan_without_lines(plan, costed):
    budget = Budget.from_plan(plan)
    assert (budget.total.gap, budget.unsourced, budget.years, budget.sources) == (0, 3000, [], [])
    assert budget.local_share.percent is None


def test_plan_budget_shows_gap_and_lines(plan, line, member, signed_in):
    page = signed_in(member).get(reverse("plan_budget", args=[plan.code])).content.decode()
    assert '<dd class="budget-gap">600</dd>' in page
    assert "Peace fund" in page
    assert "2,000 without a source" in page
    assert "Add a line" in page


def test_plan_budget_without_activity_says_what_to_do(plan, member, signed_in):
    page = signed_in(member).get(reverse("plan_budget", args=[plan.code])).content.decode()
    assert "No activity yet" in page


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_budget_costs_the_same_queries(
    rows, plan, line, coordinator, signed_in, django_assert_num_queries
):
    for _ in range(rows - 1):
        BudgetLineFactory(activity=ActivityFactory(objective=line.activity.objective))
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        client.get(reverse("plan_budget", args=[plan.code]))


def test_plan_budget_filters_activities(plan, costed, line, member, signed_in):
    other = ActivityFactory(objective=costed.objective, order=2, text="Not costed at all")
    client, url = signed_in(member), reverse("plan_budget", args=[plan.code])

    def shown(query):
        return [row.activity for row in client.get(url + query).context["page"]]

    assert shown("") == [costed, other]
    assert shown("?show=not_costed") == [other]
    assert shown("?show=gap") == [costed]
    assert shown("?show=unsourced") == [costed]
    assert shown("?source=donor&year=2026") == [costed]
    assert shown("?source=local") == []
    assert shown("?show=nonsense") == [costed, other]


def test_plan_budget_is_read_by_the_coordinator_and_written_by_nobody_else(
    plan, line, coordinator, outsider, signed_in
):
    url = reverse("plan_budget", args=[plan.code])
    page = signed_in(coordinator).get(url)
    assert page.status_code == 200
    assert not page.context["can_write"]
    assert "Add a line" not in page.content.decode()
    assert signed_in(outsider).get(url).status_code == 404


def test_budget_line_new_is_added_with_history(plan, costed, new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES)
    assert response.url == reverse("plan_budget", args=[plan.code]) + f"#{costed.code}"
    line = BudgetLine.objects.get()
    assert (line.planned, line.allocated, line.is_long_term) == (Decimal("12500.50"), 0, True)
    assert Revision.objects.get(subject_code=line.code).values["planned"] == "12500.5"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"planned": "USD 500"}, "planned", "This plan is in CDF"),
        ({"spent": "€ 20"}, "spent", "This plan is in CDF"),
        ({"planned": "-1"}, "planned", "negative"),
        ({"planned": "9" * 100_000}, "planned", "more than a budget"),
        ({"fiscal_year": "2035"}, "fiscal_year", "lies outside"),
        ({"fiscal_year": "soon"}, "fiscal_year", "2026/27"),
        ({"source": "magic"}, "source", "not one of the available"),
        ({"note": "x" * 100_000}, "note", "at most 300"),
        ({"source_name": "a\x00b"}, "source_name", "Null characters"),
    ],
)
def test_budget_line_new_says_what_is_wrong_at_the_field(change, field, words, new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | change)
    form = response.context["form"]
    assert (response.status_code, set(form.errors)) == (422, {field})
    assert words in " ".join(form.errors[field])
    assert form["note"].value() == (VALUES | change)["note"]
    assert not BudgetLine.objects.exists()


def test_budget_line_new_of_the_same_source_and_year_is_refused(new_url, line, member, signed_in):
    response = signed_in(member).post(new_url, VALUES)
    assert response.status_code == 422
    assert "change that one" in response.context["form"].errors["source"][0]


def test_budget_line_new_sent_twice_is_added_once(new_url, member, signed_in):
    client = signed_in(member)
    for _ in range(2):
        client.post(new_url, VALUES | {"sent_form": "00000000-0000-4000-8000-000000000001"})
    assert BudgetLine.objects.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "oversight", "administrator"])
def test_budget_line_is_not_written_by_who_only_reads(who, request, new_url, edit_url, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(new_url, VALUES).status_code == 403
    assert client.post(edit_url, VALUES).status_code == 403


def test_budget_line_edit_keeps_the_version_before(plan, line, edit_url, member, signed_in):
    assert signed_in(member).post(edit_url, VALUES | {"row_version": 1}).status_code == 302
    line.refresh_from_db()
    assert (line.planned, line.row_version) == (Decimal("12500.50"), 2)
    assert sorted(Revision.objects.filter(subject_code=line.code).values_list("version", flat=True)) == [1, 2]


def test_budget_line_edit_shows_both_amounts_to_the_second(edit_url, secretary, member, signed_in):
    signed_in(secretary).post(edit_url, VALUES | {"row_version": 1})
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1, "planned": "7"})
    assert response.status_code == 409
    assert [(each.label, each.theirs, each.yours) for each in response.context["attempt"].differences] == [
        ("Planned (CDF)", "12500.5", "7")
    ]


def test_budget_line_edit_of_an_adopted_plan_takes_what_came(plan, line, edit_url, member, signed_in):
    adopt(plan)
    client = signed_in(member)
    page = client.get(edit_url)
    assert set(page.context["form"].fields) == {"allocated", "disbursed", "spent", "note", "row_version"}
    assert "changes only by an amendment" in page.content.decode()
    sent = {"allocated": "900", "disbursed": "500", "spent": "20", "note": "", "row_version": 1}
    assert client.post(edit_url, sent).status_code == 302
    line.refresh_from_db()
    assert (line.planned, line.allocated, line.spent) == (1000, 900, 20)


def test_budget_line_edit_from_a_tab_opened_before_adoption_is_refused_at_the_field(
    plan, line, edit_url, member, signed_in
):
    adopt(plan)
    same = {"source": "donor", "source_name": "Peace fund", "fiscal_year": "2026", "row_version": 1}
    response = signed_in(member).post(edit_url, same | {"planned": "5000", "allocated": "900"})
    form = response.context["form"]
    assert (response.status_code, set(form.errors)) == (422, {"planned"})
    assert "by an amendment only" in form.errors["planned"][0]
    assert (form["planned"].value(), form["allocated"].value()) == ("5000", "900")
    line.refresh_from_db()
    assert (line.planned, line.allocated) == (1000, 400)


def test_save_budget_line_keeps_what_is_adopted_whatever_is_sent(plan, line, member):
    adopt(plan)
    line.planned, line.spent = 9, 9
    save_budget_line(line, opened_version=1, by=member)
    line.refresh_from_db()
    assert (line.planned, line.spent) == (1000, 9)


@pytest.mark.parametrize("state", [PlanState.VALIDATION, PlanState.ENDORSED, PlanState.SUBMITTED])
def test_budget_line_edit_of_a_plan_on_its_way_is_closed(state, plan, line, edit_url, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state)
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1})
    assert response.status_code == 409
    assert "closed for changes" in response.content.decode()
    with pytest.raises(PlanClosed):
        save_budget_line(line, opened_version=1, by=member)


def test_budget_line_edit_under_amendment_takes_everything(plan, line, edit_url, member, signed_in):
    adopt(plan)
    LocalActionPlan.objects.filter(pk=plan.pk).update(is_amending=True)
    assert signed_in(member).post(edit_url, VALUES | {"row_version": 1}).status_code == 302
    line.refresh_from_db()
    assert line.planned == Decimal("12500.50")


def test_budget_line_new_in_an_adopted_plan_is_closed(plan, new_url, member, signed_in):
    adopt(plan)
    response = signed_in(member).post(new_url, VALUES)
    assert response.status_code == 409
    assert not BudgetLine.objects.exists()


def test_budget_line_remove_asks_first_and_is_remembered(plan, line, member, signed_in):
    client, url = signed_in(member), reverse("budget_line_remove", args=[plan.code, line.code])
    assert "Peace fund" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert not BudgetLine.objects.exists()
    assert Revision.objects.get(subject_code=line.code, removed=True).values["planned"] == "1000"
    assert AuditEvent.objects.filter(verb="removed budget line").exists()


def test_budget_line_remove_from_an_adopted_plan_is_refused(plan, line, member, signed_in):
    adopt(plan)
    signed_in(member).post(reverse("budget_line_remove", args=[plan.code, line.code]))
    assert BudgetLine.objects.filter(pk=line.pk).exists()


def test_budget_line_of_another_plan_is_404(line, committee, member, signed_in):
    other = LocalActionPlanFactory(committee=committee)
    assert signed_in(member).get(reverse("budget_line_edit", args=[other.code, line.code])).status_code == 404


def test_budget_line_leads_back_to_the_page_on_which_its_activity_stands(plan, objective, member, signed_in):
    late = ObjectiveFactory(plan=plan, order=9)
    for number in range(26):
        ActivityFactory(objective=objective, order=number)
    last = ActivityFactory(objective=late)
    response = signed_in(member).post(reverse("budget_line_new", args=[plan.code, last.code]), VALUES)
    assert response.url.endswith(f"?page=2#{last.code}")
    assert f'id="{last.code}"' in signed_in(member).get(response.url).content.decode()
