"""From a decision of a committee to a part of a plan, and back."""

import pytest
from django.urls import reverse

from core.refusals import FieldRefused
from plans.models import PlanDecision
from plans.services.decision_links import link_decision
from tests.factories.committees import DecisionFactory, MeetingFactory
from tests.factories.plans import LocalActionPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(committee):
    return DecisionFactory(meeting=MeetingFactory(committee=committee, held=True), text="Two seats for women")


def new(decision):
    return reverse("plan_decision_new", args=[decision.code])


def test_plan_decision_new_finds_and_links(decision, plan, objective, activity, member, signed_in):
    client = signed_in(member)
    page = client.get(new(decision), {"q": "peace council"}).content.decode()
    assert activity.code in page
    assert f'value="{objective.code}"' not in page
    assert client.post(new(decision), {"part": activity.code}).status_code == 302
    assert client.post(new(decision), {"part": objective.code}).status_code == 302
    assert client.post(new(decision), {"part": plan.code}).status_code == 302
    assert PlanDecision.objects.filter(decision=decision).count() == 3
    shown = client.get(decision.get_absolute_url()).content.decode()
    assert "Two seats in the peace council" in shown
    for name, part in (("activity_edit", activity), ("objective_edit", objective)):
        page = client.get(reverse(name, args=[plan.code, part.code])).content.decode()
        assert "Two seats for women" in page, name
    assert "Two seats for women" in client.get(reverse("plan_record", args=[plan.code])).content.decode()


@pytest.mark.parametrize("part", ["plan", "objective", "activity"])
def test_link_decision_only_once(request, decision, plan, objective, activity, member, signed_in, part):
    row = request.getfixturevalue(part)
    where = {"plan": plan} | ({} if part == "plan" else {part: row})
    link_decision(decision, **where, by=member)
    with pytest.raises(FieldRefused, match="already"):
        link_decision(decision, **where, by=member)
    answer = signed_in(member).post(new(decision), {"part": row.code})
    assert answer.status_code == 422
    assert "points to this part already" in answer.content.decode()


def test_plan_decision_new_refuses_plans_of_others(decision, member, signed_in):
    other = LocalActionPlanFactory(title="Of another committee")
    answer = signed_in(member).post(new(decision), {"part": other.code})
    assert answer.status_code == 422
    assert "not in a plan that you write" in answer.content.decode()
    assert "Of another committee" not in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("oversight", 404), ("outsider", 404)])
def test_plan_decision_new_is_for_who_writes_plans(request, decision, plan, signed_in, who, status):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(new(decision)).status_code == status
    assert client.get(reverse("plan_decision_remove", args=[decision.code])).status_code == status


def test_plan_decision_remove(decision, plan, activity, member, signed_in):
    link_decision(decision, plan=plan, activity=activity, by=member)
    url = reverse("plan_decision_remove", args=[decision.code]) + f"?item={activity.code}"
    client = signed_in(member)
    assert "Does the decision not concern this?" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert not PlanDecision.objects.exists()
    assert client.post(url, follow=True).status_code == 200
