"""plans.states as data, and every service over every state: a refused step changes nothing."""

from itertools import product

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from plans.models import Edition, LocalActionPlan, PlanMove
from plans.services import adoption, amendments, decisions, refusals
from plans.states import (
    ADOPTED_STATES,
    AMENDABLE_STATES,
    MOVES,
    OPEN_STATES,
    RETURNABLE_STATES,
    TAKEN_UP_STATES,
    TONES,
    PlanState,
    may_move,
)
from tests.factories.plans import LocalActionPlanFactory, ValidationRoundFactory

ALLOWED = {
    ("idea", "drafting"),
    ("idea", "withdrawn"),
    ("drafting", "validation"),
    ("drafting", "withdrawn"),
    ("validation", "endorsed"),
    ("validation", "drafting"),
    ("validation", "withdrawn"),
    ("endorsed", "submitted"),
    ("endorsed", "drafting"),
    ("endorsed", "withdrawn"),
    ("submitted", "adopted"),
    ("submitted", "rejected"),
    ("submitted", "drafting"),
    ("submitted", "withdrawn"),
    ("adopted", "in_implementation"),
    ("adopted", "superseded"),
    ("in_implementation", "under_review"),
    ("in_implementation", "closed"),
    ("in_implementation", "superseded"),
    ("under_review", "in_implementation"),
    ("under_review", "closed"),
    ("under_review", "superseded"),
    ("closed", "superseded"),
    ("rejected", "drafting"),
    ("rejected", "withdrawn"),
    ("withdrawn", "drafting"),
}
TODAY = timezone.localdate()
ADOPTION = {"adopting_body": "Council", "adopting_act": "1", "adopted_on": TODAY}


@pytest.mark.parametrize(("state", "to"), list(product(PlanState.values, repeat=2)))
def test_may_move_over_all_pairs(state, to):
    assert may_move(state, to) is ((state, to) in ALLOWED)


def test_every_state_has_its_moves_and_its_look():
    assert set(MOVES) == set(TONES) == set(PlanState)
    assert set(TONES.values()) <= {"", "going", "done", "warn", "stop"}
    assert {PlanState.IDEA, PlanState.DRAFTING} == OPEN_STATES
    assert AMENDABLE_STATES < ADOPTED_STATES
    to_drafting = {state for state in PlanState if may_move(state, PlanState.DRAFTING)}
    assert to_drafting == RETURNABLE_STATES | TAKEN_UP_STATES
    assert not RETURNABLE_STATES & TAKEN_UP_STATES


# --- The services, each from every state -----------------------------------------------------


def newer_plan(plan):
    return LocalActionPlanFactory(committee=plan.committee, state=PlanState.ADOPTED, **ADOPTION)


STEPS = {
    "submit": (PlanState.VALIDATION, lambda plan, by: decisions.submit_plan(plan, by=by)),
    "take up": (PlanState.DRAFTING, lambda plan, by: decisions.take_up_plan(plan, reason="R", by=by)),
    "return": (PlanState.DRAFTING, lambda plan, by: decisions.return_plan(plan, reason="R", by=by)),
    "endorse": (PlanState.ENDORSED, lambda plan, by: decisions.endorse_plan(plan, on=TODAY, by=by)),
    "send": (PlanState.SUBMITTED, lambda plan, by: decisions.send_plan(plan, by=by)),
    "adopt": (
        PlanState.ADOPTED,
        lambda plan, by: adoption.adopt_plan(plan, adoption.Act("Council", "1", TODAY), by=by),
    ),
    "reject": (
        PlanState.REJECTED,
        lambda plan, by: decisions.reject_plan(plan, body="Council", on=TODAY, reason="R", by=by),
    ),
    "withdraw": (
        PlanState.WITHDRAWN,
        lambda plan, by: decisions.withdraw_plan(plan, on=TODAY, reason="R", by=by),
    ),
    "implement": (
        PlanState.IN_IMPLEMENTATION,
        lambda plan, by: decisions.implement_plan(plan, on=TODAY, by=by),
    ),
    "review": (PlanState.UNDER_REVIEW, lambda plan, by: decisions.review_plan(plan, on=TODAY, by=by)),
    "close": (
        PlanState.CLOSED,
        lambda plan, by: decisions.close_plan(plan, how="completed", on=TODAY, reason="R", by=by),
    ),
    "supersede": (
        PlanState.SUPERSEDED,
        lambda plan, by: decisions.supersede_plan(plan, newer=newer_plan(plan), on=TODAY, by=by),
    ),
}


def fits(step, state):
    """Both steps that lead to drafting begin where they belong."""
    begins = {"take up": TAKEN_UP_STATES, "return": RETURNABLE_STATES}.get(step, frozenset(PlanState))
    return state in begins and may_move(state, STEPS[step][0])


@pytest.mark.parametrize("step", STEPS)
def test_services_over_all_states(step, plan, activity, secretary):
    """From each state in turn: it goes where the table says, or it is refused and nothing is written."""
    to, take = STEPS[step]
    for state in PlanState:
        PlanMove.objects.all().delete()
        AuditEvent.objects.all().delete()
        Edition.objects.all().delete()
        plan.rounds.all().delete()
        if state == PlanState.VALIDATION:
            ValidationRoundFactory(plan=plan, opened_on=TODAY)
        adopted = ADOPTION if state in ADOPTED_STATES else dict.fromkeys(ADOPTION, "") | {"adopted_on": None}
        LocalActionPlan.objects.filter(pk=plan.pk).update(
            state=state, endorsed_on=None, submitted_on=None, closed_how="", **adopted
        )
        before = LocalActionPlan.objects.filter(pk=plan.pk).values().get()
        if fits(step, state):
            take(plan, secretary)
            move = PlanMove.objects.get(plan=plan)
            assert (move.was, move.now, move.by) == (state, to, secretary)
            assert move.actor
            assert AuditEvent.objects.filter(subject=plan.code).count() == 1
            assert LocalActionPlan.objects.get(pk=plan.pk).state == to
        else:
            with pytest.raises(refusals.MoveRefused):
                take(plan, secretary)
            assert LocalActionPlan.objects.filter(pk=plan.pk).values().get() == before
            assert not PlanMove.objects.exists()
            assert not AuditEvent.objects.exists()
            assert not Edition.objects.filter(plan=plan).exists()


@pytest.mark.parametrize("state", list(PlanState))
def test_open_amendment_over_all_states(state, plan, activity, secretary):
    LocalActionPlan.objects.filter(pk=plan.pk).update(
        state=state, **(ADOPTION if state in ADOPTED_STATES else {})
    )
    if state in AMENDABLE_STATES:
        amendments.open_amendment(plan, reason="R", by=secretary)
        plan.refresh_from_db()
        assert plan.is_open
    else:
        with pytest.raises(refusals.MoveRefused):
            amendments.open_amendment(plan, reason="R", by=secretary)
        plan.refresh_from_db()
        assert not plan.is_amending
        assert not AuditEvent.objects.exists()


def test_every_move_has_its_service():
    """No move of the table that nobody can make."""
    made = {(state, STEPS[step][0]) for step in STEPS for state in PlanState if fits(step, state)}
    assert made == {(state, to) for state in PlanState for to in MOVES[state]}


def test_two_who_press_at_once_read_the_same_page(plan, activity, secretary, member):
    """The second holds a plan that was read before the first moved it."""
    first, second = LocalActionPlan.objects.get(), LocalActionPlan.objects.get()
    decisions.submit_plan(first, by=secretary)
    with pytest.raises(refusals.MoveRefused):
        decisions.submit_plan(second, by=secretary)
    assert plan.rounds.count() == 1
    assert plan.moves.get().on == TODAY
