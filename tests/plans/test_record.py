"""plan_record: how a plan came to stand where it stands."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import LocalActionPlan
from plans.reports.record import PlanRecord
from plans.services import amendments, decisions, rounds
from plans.services.adoption import Act, adopt_plan
from plans.states import ADOPTED_STATES, PlanState

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def url(plan):
    return reverse("plan_record", args=[plan.code])


@pytest.fixture
def whole_way(plan, activity, secretary):
    """Returned once, endorsed by two, adopted, carried out, under amendment."""
    decisions.submit_plan(plan, asked="The women's council", by=secretary)
    decisions.return_plan(plan, reason="The budget was missing", by=secretary)
    decisions.submit_plan(plan, by=secretary)
    for title in ("Chair of the council", "Mayor"):
        rounds.add_endorsement(plan, title=title, organization="", on=TODAY, note="", by=secretary)
    decisions.endorse_plan(plan, on=TODAY - 3 * DAY, by=secretary)
    decisions.send_plan(plan, on=TODAY - 2 * DAY, by=secretary)
    adopt_plan(plan, Act("Assembly", "12/2026", TODAY - DAY, no_scan_reason="Lost"), by=secretary)
    decisions.implement_plan(plan, on=TODAY, by=secretary)
    amendments.open_amendment(plan, reason="The market burnt", by=secretary)
    return LocalActionPlan.objects.get()


@pytest.mark.parametrize(
    ("who", "sees_names"),
    [
        ("secretary", True),
        ("member", True),
        ("coordinator", True),
        ("facilitator", True),
        ("administrator", True),
        ("oversight", False),
    ],
)
def test_plan_record_names_who_recorded_to_those_who_may_comment(
    who, sees_names, whole_way, request, signed_in
):
    page = signed_in(request.getfixturevalue(who)).get(url(whole_way)).content.decode()
    for text in (
        "The women&#x27;s council",
        "The budget was missing",
        "Chair of the council",
        "Assembly",
        "12/2026",
        "none: Lost",
        "The market burnt",
        "Edition 1",
        "Round 2",
    ):
        assert text in page
    assert ("Safi Secretary" in page) is sees_names
    assert ("Adopt the amendment" in page) is (who == "secretary")


def test_plan_record_is_hidden_from_others(whole_way, outsider, signed_in):
    assert signed_in(outsider).get(url(whole_way)).status_code == 404


def test_plan_record_costs_the_same_however_long_the_way_was(
    whole_way, secretary, signed_in, django_assert_num_queries
):
    client = signed_in(secretary)
    client.get(url(whole_way))
    with django_assert_num_queries(13):
        client.get(url(whole_way))
    for number in range(5):
        amendments.drop_amendment(whole_way, by=secretary)
        amendments.open_amendment(whole_way, reason=f"Reason {number}", by=secretary)
        decisions.review_plan(whole_way, on=TODAY, by=secretary)
        decisions.implement_plan(whole_way, on=TODAY, by=secretary)
    with django_assert_num_queries(13):
        client.get(url(whole_way))


def test_plan_record_of_a_plan_that_was_just_begun(plan, secretary, signed_in):
    page = signed_in(secretary).get(url(plan)).content.decode()
    assert "No step is recorded yet" in page
    assert "Submit for validation" in page


@pytest.mark.parametrize("state", list(PlanState))
def test_plan_record_in_every_state(state, plan, activity, secretary, signed_in):
    adopted = {"adopting_body": "Assembly", "adopting_act": "1", "adopted_on": TODAY}
    LocalActionPlan.objects.filter(pk=plan.pk).update(
        state=state, **(adopted if state in ADOPTED_STATES else {})
    )
    response = signed_in(secretary).get(url(plan))
    assert response.status_code == 200
    steps = response.context["record"].steps
    assert [step.label for step in steps if step.is_current] == [state.label]
    assert response.content.decode().count("btn-primary") <= 1


def test_steps_begin_again_after_a_return(plan, activity, secretary):
    decisions.submit_plan(plan, by=secretary)
    decisions.endorse_plan(plan, on=TODAY, by=secretary)
    decisions.return_plan(plan, reason="R", by=secretary)
    record = PlanRecord.from_plan(LocalActionPlan.objects.get(), with_names=False)
    assert [(step.is_reached, step.is_current) for step in record.steps[:3]] == [
        (True, True),
        (False, False),
        (False, False),
    ]
    assert [line.label for line in record.moves][-1] == "Returned to drafting"
    assert record.steps[2].on is None
