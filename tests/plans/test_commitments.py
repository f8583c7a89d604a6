"""plans.views.commitments: from a promise to an activity (F10)"""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.models import Activity, LocalActionPlan, Objective
from plans.states import PlanState
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.results import CommitmentFactory
from tests.factories.workshops import WorkshopFactory


@pytest.fixture
def url(plan):
    return reverse("plan_commitments", args=[plan.code])


@pytest.fixture
def commitment(workshop):
    return CommitmentFactory(
        workshop=workshop,
        text="A desk for women at the police station",
        due_on=datetime.date(2027, 3, 1),
        pillar="protection",
    )


def test_plan_commitments_make_an_activity_in_one_step(url, plan, objective, commitment, member, signed_in):
    client = signed_in(member)
    assert "A desk for women" in client.get(url).content.decode()
    response = client.post(url, {"commitments": [commitment.pk], "objective": objective.code}, follow=True)
    activity = Activity.objects.get()
    assert (activity.text, activity.objective) == (commitment.text, objective)
    assert (activity.responsible, activity.ends_on) == (commitment.owner, commitment.due_on)
    assert activity.commitment == commitment
    page = response.content.decode()
    assert reverse("activity_edit", args=[plan.code, activity.code]) in page
    assert "1 activity is made" in page
    assert AuditEvent.objects.get(verb="made activity from commitment").detail == {
        "commitment": commitment.code,
        "plan": plan.code,
    }


def test_plan_commitments_are_taken_over_once(url, objective, commitment, member, signed_in):
    client, typed = signed_in(member), {"commitments": [commitment.pk], "objective": objective.code}
    client.post(url, typed)
    client.post(url, typed)
    assert Activity.objects.count() == 1


def test_plan_commitments_may_become_objectives(url, plan, commitment, workshop, member, signed_in):
    second = CommitmentFactory(workshop=workshop, text="Radio spots in Tshiluba", pillar="")
    signed_in(member).post(url, {"commitments": [commitment.pk, second.pk], "objective": "new"})
    made = Objective.objects.filter(plan=plan).order_by("order")
    assert [(row.text, row.pillar) for row in made] == [
        ("Radio spots in Tshiluba", "support"),
        ("A desk for women at the police station", "protection"),
    ]
    assert Activity.objects.count() == 2


def test_plan_commitments_outside_the_period_get_no_end(url, objective, workshop, member, signed_in):
    late = CommitmentFactory(workshop=workshop, due_on=datetime.date(2035, 1, 1))
    client = signed_in(member)
    assert "it gets no end" in client.get(url).content.decode()
    typed = {"commitments": [late.pk], "objective": objective.code}
    page = client.post(url, typed, follow=True).content.decode()
    assert "1 has no end" in page
    assert Activity.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"commitments": []}, "commitments"),
        ({"commitments": ["x"]}, "commitments"),
        ({"objective": ""}, "objective"),
        ({"objective": "O-NOBODY"}, "objective"),
    ],
)
def test_plan_commitments_say_what_is_wrong(change, field, url, objective, commitment, member, signed_in):
    typed = {"commitments": [commitment.pk], "objective": objective.code} | change
    response = signed_in(member).post(url, typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert ("checked" in response.content.decode()) is (field == "objective")


def test_plan_commitments_of_workshops_that_the_committee_may_not_know_stay_hidden(
    url, plan, locality, objective, member, signed_in
):
    hidden = CommitmentFactory(workshop=WorkshopFactory(locality=locality), text="Said behind closed doors")
    foreign = ObjectiveFactory(plan=LocalActionPlanFactory(committee=plan.committee))
    client = signed_in(member)
    assert "Said behind closed doors" not in client.get(url).content.decode()
    response = client.post(url, {"commitments": [hidden.pk], "objective": objective.code})
    assert set(response.context["form"].errors) == {"commitments"}
    response = client.post(url, {"commitments": [hidden.pk], "objective": foreign.code})
    assert set(response.context["form"].errors) == {"commitments", "objective"}


def test_plan_commitments_do_not_show_the_workshop(url, commitment, workshop, member, signed_in):
    page = signed_in(member).get(url).content.decode()
    assert workshop.code not in page
    assert workshop.title not in page


def test_plan_commitments_that_are_closed_are_not_offered(url, commitment, member, signed_in):
    commitment.state = "kept"
    commitment.save()
    page = signed_in(member).get(url).content.decode()
    assert "A desk for women" not in page
    assert "No commitment to take over" in page


def test_plan_commitments_of_a_closed_plan_lead_back(url, plan, commitment, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    assert signed_in(member).get(url).url == plan.get_absolute_url()


def test_plan_commitments_are_for_the_committee(url, commitment, coordinator, outsider, signed_in):
    assert signed_in(coordinator).get(url).status_code == 403
    assert signed_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_commitments_queries(
    rows, url, plan, objective, workshop, member, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        CommitmentFactory(workshop=workshop)
        ActivityFactory(objective=objective, commitment=CommitmentFactory(workshop=workshop))
    client = signed_in(member)
    with django_assert_num_queries(8):
        client.get(url)


def test_commitment_detail_shows_its_activity_to_who_may_see_the_plan(
    plan, objective, commitment, facilitator, outsider, signed_in
):
    ActivityFactory(objective=objective, commitment=commitment, text="Open the desk")
    page = signed_in(facilitator).get(commitment.get_absolute_url()).content.decode()
    assert "Open the desk" in page
    assert plan.title in page
    assert signed_in(outsider).get(commitment.get_absolute_url()).status_code == 404


def test_activity_edit_shows_its_commitment(plan, objective, commitment, member, signed_in):
    activity = ActivityFactory(objective=objective, commitment=commitment)
    page = signed_in(member).get(reverse("activity_edit", args=[plan.code, activity.code])).content.decode()
    assert "Promised at a workshop" in page
    assert commitment.text in page
