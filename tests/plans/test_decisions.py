"""plans.views.decisions, and who opens which page of a plan"""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Activity, LocalActionPlan, Objective
from plans.states import PlanState
from tests.factories.plans import ActivityFactory, BudgetLineFactory

TODAY = timezone.localdate()
ADOPTION = {
    "body": "Assembly",
    "act_kind": "resolution",
    "act": "12/2026",
    "no_scan_reason": "The archive keeps the only copy.",
}


def in_state(plan, state, **values):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state, **values)


def url(name, plan):
    return reverse(name, args=[plan.code])


def test_plan_submit_lists_what_is_missing_with_links(plan, objective, secretary, signed_in):
    activity = ActivityFactory(objective=objective, text="Unfinished")
    client = signed_in(secretary)
    link = reverse("activity_edit", args=[plan.code, activity.code]) + "#id_cost"
    assert link in client.get(url("plan_submit", plan)).content.decode()
    response = client.post(url("plan_submit", plan))
    assert response.status_code == 422
    page = response.content.decode()
    assert "was not submitted" in page
    assert link in page
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFTING


def test_plan_submit_when_nothing_is_missing(plan, activity, secretary, signed_in):
    client = signed_in(secretary)
    assert "Nothing is missing" in client.get(url("plan_submit", plan)).content.decode()
    assert client.post(url("plan_submit", plan)).url == plan.get_absolute_url()
    plan.refresh_from_db()
    assert plan.state == PlanState.VALIDATION


def test_plan_submit_says_when_no_money_is_planned(plan, activity, secretary, signed_in):
    """Only submission leaves time for it: an adopted plan needs an amendment to get its first line."""
    page = signed_in(secretary).get(url("plan_submit", plan))
    assert "No money is planned yet" not in page.content.decode()  # every activity is without cost
    Activity.objects.filter(pk=activity.pk).update(no_cost=False, cost=500)
    page = signed_in(secretary).get(url("plan_submit", plan))
    assert "No money is planned yet" in page.content.decode()
    BudgetLineFactory(activity=activity)
    page = signed_in(secretary).get(url("plan_submit", plan))
    assert "No money is planned yet" not in page.content.decode()


def test_plan_return_needs_a_reason(plan, activity, secretary, member, signed_in):
    in_state(plan, PlanState.VALIDATION)
    client = signed_in(secretary)
    assert client.post(url("plan_return", plan), {"reason": " "}).status_code == 422
    assert client.post(url("plan_return", plan), {"reason": "x" * 100_000}).status_code == 422
    client.post(url("plan_return", plan), {"reason": "The market is missing."})
    assert "The market is missing." in signed_in(member).get(plan.get_absolute_url()).content.decode()


def test_endorse_send_adopt(plan, activity, secretary, signed_in):
    in_state(plan, PlanState.VALIDATION)
    client = signed_in(secretary)
    for name, values in (
        ("plan_endorse", {"endorsed_on": TODAY.isoformat()}),
        ("plan_send", {}),
        ("plan_adopt", ADOPTION | {"adopted_on": TODAY.isoformat()}),
    ):
        assert client.get(url(name, plan)).status_code == 200
        assert client.post(url(name, plan), values).url == plan.get_absolute_url()
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Adopted by Assembly, 12/2026" in page


def test_plan_endorse_refuses_a_day_to_come(plan, secretary, signed_in):
    in_state(plan, PlanState.VALIDATION)
    tomorrow = (TODAY + datetime.timedelta(days=2)).isoformat()
    response = signed_in(secretary).post(url("plan_endorse", plan), {"endorsed_on": tomorrow})
    assert response.status_code == 422
    assert "has not come yet" in str(response.context["form"].errors["endorsed_on"])
    assert tomorrow in response.content.decode()


def test_plan_endorse_waits_for_a_committee_that_is_only_proposed(plan, secretary, signed_in):
    in_state(plan, PlanState.VALIDATION)
    type(plan.committee).objects.update(state="proposed", established_on=None)
    response = signed_in(secretary).post(url("plan_endorse", plan), {"endorsed_on": TODAY.isoformat()})
    assert response.status_code == 422
    assert "only proposed" in str(response.context["form"].errors["endorsed_on"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": ""}, "body"),
        ({"act": ""}, "act"),
        ({"act": "x" * 100_000}, "act"),
        ({"adopted_on": ""}, "adopted_on"),
        ({"adopted_on": "2026-05-31"}, "adopted_on"),
        ({"adopted_on": "2999-01-01"}, "adopted_on"),
        ({"act_kind": ""}, "act_kind"),
        ({"no_scan_reason": ""}, "scan"),
        ({"no_scan_reason": "x" * 100_000}, "no_scan_reason"),
        ({"votes_for": "12"}, "votes_against"),
        ({"votes_against": "3"}, "votes_for"),
        ({"votes_for": "3", "votes_against": "12"}, "votes_for"),
        ({"votes_for": "0", "votes_against": "0", "votes_abstained": "9"}, "votes_for"),
        ({"votes_for": "-1", "votes_against": "0"}, "votes_for"),
        ({"votes_for": "twelve", "votes_against": "0"}, "votes_for"),
    ],
)
def test_plan_adopt_says_what_is_wrong_at_the_field(change, field, plan, secretary, signed_in):
    in_state(plan, PlanState.SUBMITTED, endorsed_on=datetime.date(2026, 6, 1))
    values = ADOPTION | {"adopted_on": "2026-06-02"} | change
    response = signed_in(secretary).post(url("plan_adopt", plan), values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name",
    [
        "plan_take_up",
        "plan_return",
        "plan_endorse",
        "plan_send",
        "plan_reject",
        "plan_adopt",
        "plan_implement",
        "plan_review",
        "plan_resume",
        "plan_close",
        "plan_supersede",
        "amendment_open",
        "amendment_adopt",
        "amendment_drop",
    ],
)
def test_decision_that_does_not_fit_leads_back_with_a_word(name, method, plan, secretary, signed_in):
    response = getattr(signed_in(secretary), method)(url(name, plan), follow=True)
    assert response.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert "does not fit any more" in response.content.decode()


# --- Who may ---------------------------------------------------------------------------------


@pytest.fixture
def urls(plan, objective, activity):
    return {
        "plan_detail": url("plan_detail", plan),
        "plan_edit": url("plan_edit", plan),
        "nap_items": url("nap_items", plan),
        "objective_new": url("objective_new", plan),
        "objective_edit": reverse("objective_edit", args=[plan.code, objective.code]),
        "objective_remove": reverse("objective_remove", args=[plan.code, objective.code]),
        "objective_move": reverse("objective_move", args=[plan.code, objective.code]),
        "activity_new": reverse("activity_new", args=[plan.code, objective.code]),
        "activity_edit": reverse("activity_edit", args=[plan.code, activity.code]),
        "activity_remove": reverse("activity_remove", args=[plan.code, activity.code]),
    } | {name: url(name, plan) for name in DECISIONS}


DECISIONS = {
    "plan_submit",
    "plan_take_up",
    "plan_return",
    "plan_endorse",
    "plan_send",
    "plan_reject",
    "plan_withdraw",
    "plan_adopt",
    "plan_implement",
    "plan_review",
    "plan_resume",
    "plan_close",
    "plan_supersede",
    "endorsement_new",
    "amendment_open",
    "amendment_adopt",
    "amendment_drop",
}


def test_outsider_finds_nothing(urls, outsider, signed_in):
    client = signed_in(outsider)
    for address in urls.values():
        assert client.get(address).status_code in {404, 405}
        assert client.post(address, {"text": "x"}).status_code in {404, 405}
    assert Objective.objects.get().text == "Women decide too"


@pytest.mark.parametrize("who", ["administrator", "coordinator", "facilitator", "oversight"])
def test_who_sees_the_plan_may_not_write_it(who, urls, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(urls.pop("plan_detail")).status_code == 200
    for address in urls.values():
        assert client.post(address, {"text": "x"}).status_code == 403
    assert Objective.objects.get().text == "Women decide too"


def test_member_writes_but_does_not_decide(urls, member, signed_in):
    client = signed_in(member)
    for name, address in urls.items():
        reads = name not in DECISIONS or name == "plan_submit"  # the checklist is for all who write
        expected = 405 if name == "objective_move" else 200 if reads else 403
        assert client.get(address).status_code == expected, name
        if name in DECISIONS:
            assert client.post(address).status_code == 403


def test_secretary_of_another_committee_finds_nothing(urls, plan, secretary, signed_in):
    secretary.committee_access.all().delete()
    assert {signed_in(secretary).get(address).status_code for address in urls.values()} <= {404, 405}
