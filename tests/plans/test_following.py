"""What is decided after a plan was adopted, and what ends one before: each with its gate and its day."""

import datetime
import threading

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from plans.models import LocalActionPlan, PlanMove
from plans.services import decisions, refusals
from plans.states import PlanState
from tests.factories.plans import BudgetLineFactory, LocalActionPlanFactory
from tests.two_writers import needs_two_writers

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
ADOPTION = {"adopting_body": "Assembly", "adopting_act": "1", "adopted_on": TODAY - 10 * DAY}


@pytest.fixture
def adopted(plan, activity):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.ADOPTED, **ADOPTION)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def running(adopted):
    LocalActionPlan.objects.filter(pk=adopted.pk).update(state=PlanState.IN_IMPLEMENTATION)
    adopted.refresh_from_db()
    return adopted


@pytest.fixture
def newer(adopted):
    return LocalActionPlanFactory(
        committee=adopted.committee,
        title="Plan II",
        state=PlanState.ADOPTED,
        **ADOPTION | {"adopted_on": TODAY},
    )


def url(name, plan):
    return reverse(name, args=[plan.code])


def press(client, name, plan, **values):
    return client.post(url(name, plan), {"on": TODAY.isoformat(), **values})


def test_plan_implement_needs_money_or_none_at_all(adopted, activity, secretary, signed_in):
    client = signed_in(secretary)
    activity.no_cost, activity.cost = False, 500
    activity.save()
    assert "No money is planned yet" in client.get(url("plan_implement", adopted)).content.decode()
    response = press(client, "plan_implement", adopted, reason="It begins with the market street")
    assert response.status_code == 422
    assert "It begins with the market street" in response.content.decode()
    BudgetLineFactory(activity=activity, planned=0)
    assert press(client, "plan_implement", adopted).status_code == 422
    BudgetLineFactory(activity=activity, planned=500)
    assert press(client, "plan_implement", adopted).url == adopted.get_absolute_url()
    adopted.refresh_from_db()
    assert adopted.state == PlanState.IN_IMPLEMENTATION
    assert adopted.moves.get().actor == adopted.committee.name


def test_plan_implement_when_every_activity_is_without_cost(adopted, secretary, signed_in):
    assert press(signed_in(secretary), "plan_implement", adopted).status_code == 302


@pytest.mark.parametrize("day", [TODAY + 2 * DAY, TODAY - 11 * DAY])
def test_plan_implement_refuses_a_day_out_of_order(day, adopted, secretary, signed_in):
    response = press(signed_in(secretary), "plan_implement", adopted, on=day.isoformat())
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"on"}
    assert not PlanMove.objects.exists()


def test_plan_review_and_resume(running, secretary, signed_in):
    client = signed_in(secretary)
    press(client, "plan_review", running, reason="Mid-term", actor="Provincial assembly")
    running.refresh_from_db()
    assert running.state == PlanState.UNDER_REVIEW
    assert press(client, "plan_resume", running).status_code == 422  # what came of it
    early = (TODAY - 2 * DAY).isoformat()
    assert "on" in press(client, "plan_resume", running, reason="R", on=early).context["form"].errors
    press(client, "plan_resume", running, reason="Go on")
    running.refresh_from_db()
    assert running.state == PlanState.IN_IMPLEMENTATION
    assert list(running.moves.values_list("actor", "reason")) == [
        ("Provincial assembly", "Mid-term"),
        (running.committee.name, "Go on"),
    ]


def test_plan_close(running, secretary, signed_in):
    client = signed_in(secretary)
    response = press(client, "plan_close", running, how="expired", reason="Time is up")
    assert response.status_code == 422
    assert "has not expired" in str(response.context["form"].errors["how"])
    assert press(client, "plan_close", running, how="completed").status_code == 422
    press(client, "plan_close", running, how="completed", reason="All is done")
    running.refresh_from_db()
    assert (running.state, running.closed_how) == (PlanState.CLOSED, "completed")


def test_plan_close_as_expired_after_its_period(running, secretary, signed_in):
    LocalActionPlan.objects.update(period_start=TODAY - 400 * DAY, period_end=TODAY - DAY)
    press(signed_in(secretary), "plan_close", running, how="expired", reason="Time is up")
    running.refresh_from_db()
    assert running.closed_how == "expired"


def test_plan_supersede_by_a_plan_in_force_of_the_place(running, newer, elsewhere, secretary, signed_in):
    foreign = LocalActionPlanFactory(state=PlanState.ADOPTED, **ADOPTION)
    draft = LocalActionPlanFactory(committee=running.committee)
    client = signed_in(secretary)
    for wrong in (foreign, draft, running):
        response = press(client, "plan_supersede", running, newer=wrong.code)
        assert response.status_code == 422, wrong
    for wrong in (foreign, draft, running):
        with pytest.raises(refusals.FieldRefused):
            decisions.supersede_plan(running, newer=wrong, on=TODAY, by=secretary)
    assert press(client, "plan_supersede", running, newer=newer.code).status_code == 302
    running.refresh_from_db()
    assert running.state == PlanState.SUPERSEDED
    assert newer.code in running.moves.get().reason
    assert AuditEvent.objects.get(verb="superseded plan").detail["newer"] == newer.code


def test_plan_supersede_without_another_plan_says_what_to_do(running, secretary, signed_in):
    assert (
        "No other plan is in force here"
        in signed_in(secretary).get(url("plan_supersede", running)).content.decode()
    )


def test_plan_reject_and_take_up_again(plan, activity, secretary, signed_in):
    client = signed_in(secretary)
    LocalActionPlan.objects.update(state=PlanState.SUBMITTED, submitted_on=TODAY - 3 * DAY)
    early = (TODAY - 4 * DAY).isoformat()
    typed = {"body": "Municipal council", "reason": "No money this year"}
    assert "on" in press(client, "plan_reject", plan, **typed, on=early).context["form"].errors
    press(client, "plan_reject", plan, **typed)
    plan.refresh_from_db()
    assert plan.state == PlanState.REJECTED
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Municipal council" in page
    assert "No money this year" in page
    assert client.post(url("plan_take_up", plan), {"reason": ""}).status_code == 422
    client.post(url("plan_take_up", plan), {"reason": "There is a donor"})
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_on, plan.returned_reason) == (PlanState.DRAFTING, None, "")


def test_plan_take_up_of_an_idea_needs_no_reason(plan, secretary, signed_in):
    LocalActionPlan.objects.update(state=PlanState.IDEA)
    client = signed_in(secretary)
    assert "Begin drafting" in client.get(url("plan_take_up", plan)).content.decode()
    client.post(url("plan_take_up", plan))
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFTING


def test_plan_withdraw_asks_for_a_reason_and_can_be_taken_back(plan, secretary, signed_in):
    client = signed_in(secretary)
    assert client.get(url("plan_withdraw", plan)).status_code == 200
    assert press(client, "plan_withdraw", plan).status_code == 422
    assert press(client, "plan_withdraw", plan, reason="<script>x</script>").status_code == 422
    press(client, "plan_withdraw", plan, reason="Two places write one plan together")
    plan.refresh_from_db()
    assert plan.state == PlanState.WITHDRAWN
    decisions.take_up_plan(plan, reason="Alone after all", by=secretary)


def test_decision_from_an_old_tab_keeps_what_was_typed(running, secretary, signed_in):
    LocalActionPlan.objects.update(state=PlanState.CLOSED)
    response = press(signed_in(secretary), "plan_review", running, reason="The budget of next year")
    assert response.status_code == 409
    page = response.content.decode()
    assert "does not fit any more" in page
    assert "The budget of next year" in page
    assert not PlanMove.objects.exists()


def test_moves_name_no_person_and_no_reason_in_the_audit(running, secretary):
    decisions.review_plan(running, on=TODAY, reason="Because of Amina", by=secretary)
    assert AuditEvent.objects.get().detail == {"was": "in_implementation", "now": "under_review"}


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_two_secretaries_press_at_the_same_moment(plan, activity, secretary):
    start, answers = threading.Barrier(2), []

    def submit():
        row, by = LocalActionPlan.objects.get(pk=plan.pk), User.objects.get(pk=secretary.pk)
        start.wait()
        try:
            decisions.submit_plan(row, by=by)
            answers.append("done")
        except refusals.MoveRefused:
            answers.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    assert sorted(answers) == ["done", "told"]
    assert plan.rounds.count() == PlanMove.objects.count() == 1


def test_plan_implement_waits_for_an_open_amendment(adopted, activity, secretary, signed_in):
    """Money that only the draft of an amendment plans opens no gate."""
    LocalActionPlan.objects.update(is_amending=True)
    BudgetLineFactory(activity=activity, planned=500)
    client = signed_in(secretary)
    assert "amendment of this plan is open" in client.get(url("plan_implement", adopted)).content.decode()
    assert press(client, "plan_implement", adopted).status_code == 422
    adopted.refresh_from_db()
    assert adopted.state == PlanState.ADOPTED


def test_plan_resume_makes_no_quarters_of_an_amended_period(running, secretary):
    LocalActionPlan.objects.update(state=PlanState.UNDER_REVIEW, is_amending=True)
    decisions.implement_plan(running, on=TODAY, by=secretary)
    assert not running.periods.exists()


def test_two_plans_do_not_replace_each_other(adopted, newer, secretary):
    stale = LocalActionPlan.objects.get(pk=adopted.pk)
    decisions.supersede_plan(adopted, newer=newer, on=TODAY, by=secretary)
    with pytest.raises(refusals.FieldRefused):
        decisions.supersede_plan(newer, newer=stale, on=TODAY, by=secretary)
