"""plans.services.rounds: a plan is read, commented on and stood behind (F45)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Position
from plans.models import Comment, CommentState, Endorsement, LocalActionPlan
from plans.services import decisions, refusals, rounds
from plans.states import PlanState
from tests.factories.plans import EndorsementFactory, ValidationRoundFactory

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def submitted(plan, activity, secretary):
    """In its first round."""
    return decisions.submit_plan(plan, closes_on=TODAY + 14 * DAY, asked="The women's council", by=secretary)


def comment(plan, state=CommentState.OPEN, **values):
    reason = "No" if state == CommentState.DECLINED else ""
    return Comment.objects.create(
        plan=plan,
        subject="plan",
        subject_code=plan.code,
        round=plan.rounds.last(),
        text="Too vague",
        state=state,
        decision_reason=reason,
        **values,
    )


def url(name, plan, *parts):
    return reverse(name, args=[plan.code, *parts])


def test_submit_plan_opens_a_round(submitted):
    current = submitted.rounds.get()
    assert (current.number, current.opened_on, current.closes_on) == (1, TODAY, TODAY + 14 * DAY)
    assert current.asked == "The women's council"
    assert current.closed_on is None


def test_submit_plan_refuses_a_day_that_has_passed(plan, activity, secretary, signed_in):
    with pytest.raises(refusals.DateRefused):
        decisions.submit_plan(plan, closes_on=TODAY - DAY, by=secretary)
    assert not plan.rounds.exists()
    typed = {"closes_on": (TODAY - DAY).isoformat(), "asked": "The women's council of the market"}
    response = signed_in(secretary).post(url("plan_submit", plan), typed)
    assert response.status_code == 422
    assert "closes_on" in response.context["form"].errors
    assert "The women&#x27;s council of the market" in response.content.decode()


def test_return_plan_closes_the_round_and_the_next_has_the_next_number(submitted, secretary):
    decisions.return_plan(submitted, reason="The budget", by=secretary)
    assert submitted.rounds.get().closed_on == TODAY
    decisions.submit_plan(submitted, by=secretary)
    assert list(submitted.rounds.values_list("number", "closed_on")) == [(1, TODAY), (2, None)]


def test_endorse_plan_waits_for_every_comment(submitted, secretary, signed_in):
    waiting = comment(submitted)
    comment(submitted, CommentState.ACCEPTED)
    comment(submitted, CommentState.DECLINED)
    comment(submitted, parent=waiting)  # an answer is no thread of its own
    with pytest.raises(refusals.GateClosed, match="1 comment is neither"):
        decisions.endorse_plan(submitted, on=TODAY, by=secretary)
    response = signed_in(secretary).post(url("plan_endorse", submitted), {"endorsed_on": TODAY.isoformat()})
    assert response.status_code == 422
    assert "neither accepted nor declined" in response.content.decode()
    submitted.refresh_from_db()
    assert submitted.state == PlanState.VALIDATION
    assert submitted.rounds.get().closed_on is None
    Comment.objects.filter(pk=waiting.pk).update(state=CommentState.ACCEPTED)
    decisions.endorse_plan(submitted, on=TODAY, by=secretary)
    assert submitted.rounds.get().closed_on == TODAY


def test_plan_endorse_says_that_accepted_wordings_are_not_in_the_text(submitted, secretary, signed_in):
    accepted = comment(submitted, CommentState.ACCEPTED, field="title", suggestion="Another title")
    page = signed_in(secretary).get(url("plan_endorse", submitted)).content.decode()
    assert "1 suggested wording was accepted in this round" in page
    Comment.objects.filter(pk=accepted.pk).update(state=CommentState.DECLINED, decision_reason="No")
    page = signed_in(secretary).get(url("plan_endorse", submitted)).content.decode()
    assert "was accepted in this round" not in page


def test_endorse_plan_does_not_wait_for_comments_outside_of_rounds(submitted, secretary):
    Comment.objects.create(plan=submitted, subject="plan", subject_code=submitted.code, text="While drafting")
    decisions.endorse_plan(submitted, on=TODAY, by=secretary)


def test_endorsement_new_makes_the_position(submitted, secretary, signed_in):
    client = signed_in(secretary)
    typed = {"position_title": "Chair", "organization": "Women's council", "on": TODAY.isoformat()}
    assert client.get(url("endorsement_new", submitted)).status_code == 200
    response = client.post(url("endorsement_new", submitted), typed | {"note": "Letter 4"})
    assert response.url == url("plan_record", submitted)
    row = Endorsement.objects.get()
    assert (str(row.position), row.note, row.round.number) == ("Chair, Women's council", "Letter 4", 1)
    assert AuditEvent.objects.filter(verb="recorded endorser").get().detail == {
        "position": row.position.code,
        "round": 1,
    }
    page = client.get(url("plan_record", submitted)).content.decode()
    assert "Chair, Women&#x27;s council" in page
    again = client.post(url("endorsement_new", submitted), typed)
    assert again.status_code == 422
    assert "has endorsed the plan" in str(again.context["form"].errors["position_title"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"position_title": ""}, "position_title"),
        ({"position_title": "x" * 100_000}, "position_title"),
        ({"on": (TODAY + 2 * DAY).isoformat()}, "on"),
        ({"on": (TODAY - DAY).isoformat()}, "on"),  # before the round
        ({"note": "x" * 100_000}, "note"),
    ],
)
def test_endorsement_new_says_what_is_wrong_at_the_field(change, field, submitted, secretary, signed_in):
    positions = Position.objects.count()
    typed = {"position_title": "Chair", "on": TODAY.isoformat()} | change
    response = signed_in(secretary).post(url("endorsement_new", submitted), typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Endorsement.objects.exists()
    assert Position.objects.count() == positions


def test_endorsement_new_from_an_old_tab_keeps_what_was_typed(submitted, secretary, signed_in):
    decisions.endorse_plan(submitted, on=TODAY, by=secretary)
    typed = {"position_title": "Chair of the council", "on": TODAY.isoformat()}
    response = signed_in(secretary).post(url("endorsement_new", submitted), typed)
    assert response.status_code == 409
    assert "does not fit any more" in response.content.decode()
    assert "Chair of the council" in response.content.decode()
    assert not Endorsement.objects.exists()


def test_endorsement_remove_asks_first(submitted, secretary, signed_in):
    row = EndorsementFactory(round=submitted.rounds.get(), on=TODAY)
    client = signed_in(secretary)
    address = url("endorsement_remove", submitted, row.position.code)
    assert str(row.position) in client.get(address).content.decode()
    assert Endorsement.objects.exists()
    assert client.post(address).url == url("plan_record", submitted)
    assert not Endorsement.objects.exists()


def test_endorsement_of_a_closed_round_stays(submitted, secretary, signed_in):
    row = EndorsementFactory(round=submitted.rounds.get(), on=TODAY)
    decisions.return_plan(submitted, reason="R", by=secretary)
    address = url("endorsement_remove", submitted, row.position.code)
    assert signed_in(secretary).post(address).status_code == 404
    with pytest.raises(refusals.MoveRefused):
        rounds.remove_endorsement(row, by=secretary)
    decisions.submit_plan(submitted, by=secretary)
    with pytest.raises(refusals.MoveRefused):
        rounds.remove_endorsement(row, by=secretary)
    assert Endorsement.objects.exists()


def test_endorsement_of_a_plan_that_was_submitted_before_there_were_rounds(plan, secretary):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    rounds.add_endorsement(plan, title="Chair", organization="", on=TODAY, note="", by=secretary)
    assert plan.rounds.get().endorsements.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "facilitator", "member", "oversight"])
def test_endorsement_is_recorded_by_the_secretary_only(who, submitted, request, signed_in):
    row = EndorsementFactory(round=submitted.rounds.get(), on=TODAY)
    client = signed_in(request.getfixturevalue(who))
    typed = {"position_title": "Chair", "on": TODAY.isoformat()}
    assert client.post(url("endorsement_new", submitted), typed).status_code == 403
    assert client.post(url("endorsement_remove", submitted, row.position.code)).status_code == 403
    assert Endorsement.objects.get() == row


def test_round_of_another_plan_cannot_be_reached(submitted, secretary, signed_in):
    foreign = EndorsementFactory(round=ValidationRoundFactory())
    address = url("endorsement_remove", submitted, foreign.position.code)
    assert signed_in(secretary).post(address).status_code == 404
    assert Endorsement.objects.exists()
