"""plans.views.plans.plan_detail: the plan as its page shows it"""

import datetime

import pytest
from django.urls import reverse

from frameworks.models import NapState
from plans.models import LocalActionPlan
from plans.states import PlanState
from tests.factories.plans import (
    ActivityFactory,
    IndicatorFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    PriorityIssueFactory,
)

ADOPTED = {
    "state": PlanState.IN_IMPLEMENTATION,
    "adopting_body": "Assembly",
    "adopting_act": "4/2021",
    "adopted_on": datetime.date(2021, 12, 1),
}


def close(plan, state=PlanState.VALIDATION):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=state)


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


def test_plan_detail_leads_who_may_comment_to_each_part(
    plan, objective, activity, coordinator, oversight, member, signed_in, django_assert_max_num_queries
):
    """National staff comment on a part and never open its form (F47); once the plan is closed the
    committee comments from here, too."""
    about = f"comments/new/?subject=activity&amp;part={activity.code}"
    url = plan.get_absolute_url()
    read = signed_in(coordinator).get(url).content.decode()
    assert about in read
    assert f"comments/new/?subject=objective&amp;part={objective.code}" in read
    assert signed_in(coordinator).get(url + about.replace("&amp;", "&")).status_code == 200
    assert about not in signed_in(member).get(url).content.decode()  # its form has the comments beside it
    client = signed_in(oversight)
    with django_assert_max_num_queries(12):
        assert about not in client.get(url).content.decode()
    close(plan)
    assert about in signed_in(member).get(url).content.decode()


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
    with django_assert_num_queries(12):
        client.get(plan.get_absolute_url())


def test_plan_detail_of_200_activities_is_light(plan, items, secretary, signed_in):
    for _ in range(20):
        objective = ObjectiveFactory(plan=plan)
        for _ in range(10):
            ActivityFactory(
                objective=objective, text="Light the market street with the traders " * 3, complete=True
            )
    page = signed_in(secretary).get(plan.get_absolute_url())
    assert len(page.content) < 120_000


def test_plan_detail_shows_texts_issues_and_what_has_no_action_yet(
    committee, secretary, coordinator, signed_in
):
    plan = LocalActionPlanFactory(
        committee=committee, sections={"vision": "Peace **for all**\n\n<b>not bold</b>"}
    )
    answered = PriorityIssueFactory(plan=plan, text="Dark streets", order=1)
    PriorityIssueFactory(plan=plan, text="Land disputes", order=2)
    ActivityFactory(objective__plan=plan).issues.add(answered)
    page = signed_in(coordinator).get(plan.get_absolute_url()).content.decode()
    assert "Peace <strong>for all</strong>" in page
    assert "&lt;b&gt;not bold" in page
    assert page.count("no action yet") == 1
    assert "Write an activity for issue 2" not in page
    written = signed_in(secretary).get(plan.get_absolute_url()).content.decode()
    assert "Write an activity for issue 2" in written
    assert reverse("plan_write", args=[plan.code]) in written


def test_plan_detail_of_an_adopted_plan_says_how_far_each_activity_is(committee, member, signed_in):
    plan = LocalActionPlanFactory(committee=committee, **ADOPTED)
    ActivityFactory(objective__plan=plan, state="ongoing")
    page = signed_in(member).get(plan.get_absolute_url()).content.decode()
    assert '<span class="state state-going">Under way</span>' in page
    LocalActionPlan.objects.filter(pk=plan.pk).update(is_amending=True)
    amended = signed_in(member).get(plan.get_absolute_url()).content.decode()
    assert "An amendment is being written" in amended


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_detail_queries_while_an_amendment_is_written(
    rows, committee, nap, items, secretary, signed_in, django_assert_num_queries
):
    plan = LocalActionPlanFactory(committee=committee, nap=nap, is_amending=True, **ADOPTED)
    for _ in range(rows):
        activity = ActivityFactory(objective__plan=plan, complete=True)
        activity.issues.add(PriorityIssueFactory(plan=plan))
    client = signed_in(secretary)
    with django_assert_num_queries(12):
        client.get(plan.get_absolute_url())


@pytest.mark.parametrize(("who", "is_shown"), [("member", True), ("secretary", False)])
def test_plan_edit_lets_the_secretary_alone_hold_an_adopted_plan_back(
    who, is_shown, request, plan, signed_in
):
    adopted = {"adopting_body": "Assembly", "adopting_act": "4", "adopted_on": datetime.date(2026, 2, 1)}
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.ADOPTED, is_amending=True, **adopted)
    client, url = signed_in(request.getfixturevalue(who)), reverse("plan_edit", args=[plan.code])
    form = client.get(url).context["form"]
    assert ("is_public" in form.fields) is not is_shown
    typed = {name: form[name].value() or "" for name in form.fields if name != "is_public"}
    typed |= {"period_start": plan.period_start.isoformat(), "period_end": plan.period_end.isoformat()}
    assert client.post(url, typed).status_code == 302
    plan.refresh_from_db()
    assert plan.is_public is is_shown


def test_plan_detail_of_many_activities_shows_their_beginning_until_asked_for_the_whole(
    plan, member, signed_in
):
    objective = ObjectiveFactory(plan=plan)
    for number in range(61):
        ActivityFactory(objective=objective, text=f"{number} " + "words of an activity " * 10 + "and its end")
    client = signed_in(member)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "and its end" not in page
    assert "?whole=1" in page
    whole = client.get(plan.get_absolute_url(), {"whole": "1"}).content.decode()
    assert whole.count("and its end") == 61
    assert "?whole=1" not in whole
