import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from committees.models import Committee
from core.conflicts import EditConflict, RowRemoved
from plans.models import Activity, Alignment, Indicator, LocalActionPlan, Objective, Revision
from plans.services import activities, decisions, indicators, objectives, plans, refusals
from plans.services.adoption import Act, adopt_plan
from plans.states import ADOPTED_STATES, OPEN_STATES, PlanState
from tests.factories.committees import CommitteeFactory
from tests.factories.people import PositionFactory
from tests.factories.plans import (
    ActivityFactory,
    AttachmentFactory,
    IndicatorValueFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    ProgressUpdateFactory,
)

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
DAY = datetime.timedelta(days=1)


def test_start_plan_takes_place_and_currency_from_the_committee(committee, secretary):
    draft = LocalActionPlanFactory.build(committee=committee, locality=None, currency="", is_demo=False)
    plan = plans.start_plan(draft, by=secretary)
    assert (plan.locality, plan.currency, plan.state) == (committee.locality, "CDF", "drafting")
    assert AuditEvent.objects.get().detail == {"committee": committee.code}


def test_start_plan_of_a_demo_committee_is_demo(locality, items, secretary):
    committee = CommitteeFactory(locality=locality, is_demo=True)
    plan = plans.start_plan(LocalActionPlanFactory.build(committee=committee), by=secretary)
    objective = objectives.add_objective(Objective(plan=plan, text="O"), provisions=items[:1], by=secretary)
    activity = activities.add_activity(
        Activity(objective=objective, text="A"),
        activities.ActivityDetails(position_title="Mayor", indicator_text="I"),
        by=secretary,
    )
    assert plan.is_demo
    assert objective.is_demo
    assert activity.is_demo
    assert activity.responsible.is_demo
    assert Indicator.objects.get().is_demo
    assert Alignment.objects.get().is_demo


def test_start_objectives_copies_the_text_and_keeps_the_origin(plan, items, secretary):
    started = objectives.start_objectives(plan, items, by=secretary)
    assert [row.text for row in started] == [item.text for item in items]
    assert [row.pillar for row in started] == ["participation", "prevention", "protection"]
    assert [row.started_from for row in started] == items
    assert [row.order for row in started] == [1, 2, 3]
    assert Alignment.objects.count() == 3
    assert objectives.start_objectives(plan, items, by=secretary) == []


def test_save_objective_replaces_what_it_serves(objective, items, secretary):
    objective.text = "Women decide first"
    objectives.save_objective(objective, provisions=items[1:], opened_version=1, by=secretary)
    served = Alignment.objects.filter(objective=objective).values_list("provision", flat=True)
    assert set(served) == {items[1].pk, items[2].pk}


def test_save_objective_on_an_old_version_changes_nothing(objective, items, secretary, member):
    objectives.save_objective(Objective.objects.get(), provisions=items[:1], opened_version=1, by=member)
    objective.text = "Mine"
    with pytest.raises(EditConflict):
        objectives.save_objective(objective, provisions=items, opened_version=1, by=secretary)
    assert Objective.objects.get().text == "Women decide too"
    assert Alignment.objects.count() == 1


def test_move_objective(plan, secretary):
    rows = [ObjectiveFactory(plan=plan, order=0) for _ in range(3)]

    def order():
        return [rows.index(row) for row in plan.objectives.order_by("order", "pk")]

    objectives.move_objective(rows[2], up=True, by=secretary)
    assert order() == [0, 2, 1]
    objectives.move_objective(rows[0], up=False, by=secretary)
    assert order() == [2, 0, 1]
    objectives.move_objective(rows[2], up=True, by=secretary)
    assert order() == [2, 0, 1]


def test_remove_objective_takes_its_activities_along(objective, activity, secretary):
    code = objective.code
    objectives.remove_objective(objective, by=secretary)
    assert not Activity.objects.exists()
    assert AuditEvent.objects.get().detail == {"objective": code, "activities": 1}


def test_save_activity_writes_changes_and_adds_the_indicator_typed(activity, secretary):
    lamps = activities.ActivityDetails(indicator_text="Lamps that work", unit="lamps", baseline=0, target=20)
    activities.save_activity(activity, lamps, opened_version=1, by=secretary)
    assert {indicator.text for indicator in Indicator.objects.all()} == {
        "Share of women in ward committees",
        "Lamps that work",
    }
    assert Activity.objects.get().responsible is None
    activities.save_activity(activity, activities.ActivityDetails(), opened_version=2, by=secretary)
    assert Indicator.objects.count() == 2


def test_save_activity_keeps_a_position_of_another_place(activity, elsewhere, secretary):
    governor = PositionFactory(title="Governor", locality=elsewhere)
    helper = PositionFactory(title="Judge", locality=elsewhere)
    Activity.objects.filter(pk=activity.pk).update(responsible=governor)
    activity.refresh_from_db()
    activity.supporting.set([helper])
    typed = activities.ActivityDetails(
        position_title="governor",
        supporting=[activities.TypedPosition("Judge"), activities.TypedPosition("Nurse", "Health centre")],
    )
    saved = activities.save_activity(activity, typed, opened_version=1, by=secretary)
    assert saved.responsible == governor
    assert helper in saved.supporting.all()
    nurse = saved.supporting.get(title="Nurse")
    assert (str(nurse), nurse.locality) == ("Nurse, Health centre", activity.plan.locality)


def test_move_activity_stops_at_the_ends(objective, secretary):
    rows = [ActivityFactory(objective=objective, order=0) for _ in range(3)]

    def order():
        return [rows.index(row) for row in objective.activities.order_by("order", "pk")]

    activities.move_activity(rows[2], up=True, by=secretary)
    assert order() == [0, 2, 1]
    activities.move_activity(rows[1], up=False, by=secretary)
    assert order() == [0, 2, 1]


def test_move_to_objective_stays_in_the_plan(plan, activity, secretary):
    other = ObjectiveFactory(plan=plan, order=2)
    ActivityFactory(objective=other, order=5)
    moved = activities.move_to_objective(activity, objective=other, by=secretary)
    assert (moved.objective, moved.order, moved.row_version) == (other, 6, 2)
    with pytest.raises(ValueError, match="stays in its plan"):
        activities.move_to_objective(activity, objective=ObjectiveFactory(), by=secretary)


def test_remove_activity_remembers_what_went_with_it(activity, secretary):
    indicator = activity.indicators.get()
    activities.remove_activity(activity, by=secretary)
    gone = Revision.objects.filter(removed=True).values_list("subject", "subject_code")
    assert set(gone) == {("activity", activity.code), ("indicator", indicator.code)}


@pytest.mark.parametrize("state", sorted(set(PlanState) - OPEN_STATES))
def test_closed_plan_takes_no_text(state, plan, objective, activity, items, secretary):
    adopted = {"adopting_body": "Council", "adopting_act": "1", "adopted_on": YESTERDAY}
    LocalActionPlan.objects.filter(pk=plan.pk).update(
        state=state, **(adopted if state in ADOPTED_STATES else {})
    )
    details = activities.ActivityDetails()
    for write in (
        lambda: plans.save_plan(plan, opened_version=1, by=secretary),
        lambda: objectives.start_objectives(plan, items, by=secretary),
        lambda: objectives.add_objective(Objective(plan=plan), provisions=[], by=secretary),
        lambda: objectives.save_objective(objective, provisions=[], opened_version=1, by=secretary),
        lambda: objectives.move_objective(objective, up=True, by=secretary),
        lambda: objectives.remove_objective(objective, by=secretary),
        lambda: activities.add_activity(Activity(objective=objective), details, by=secretary),
        lambda: activities.save_activity(activity, details, opened_version=1, by=secretary),
        lambda: activities.remove_activity(activity, by=secretary),
    ):
        with pytest.raises(refusals.PlanClosed):
            write()
    assert Objective.objects.count() == Activity.objects.count() == Indicator.objects.count() == 1
    assert not AuditEvent.objects.exists()


# --- Decisions -------------------------------------------------------------------------------


def test_whole_way_leaves_a_line_for_each_step(plan, activity, secretary):
    decisions.submit_plan(plan, by=secretary)
    decisions.endorse_plan(plan, on=YESTERDAY, by=secretary)
    decisions.send_plan(plan, on=YESTERDAY, by=secretary)
    adopt_plan(plan, Act("Provincial assembly", "12/2026", YESTERDAY), by=secretary)
    plan.refresh_from_db()
    assert (plan.state, plan.endorsed_on, plan.adopted_on) == ("adopted", YESTERDAY, YESTERDAY)
    assert (plan.adopting_body, plan.adopting_act) == ("Provincial assembly", "12/2026")
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", "detail")) == [
        ("submitted plan", {"was": "drafting", "now": "validation"}),
        ("endorsed plan", {"was": "validation", "now": "endorsed"}),
        ("sent plan to the council", {"was": "endorsed", "now": "submitted"}),
        ("adopted plan", {"was": "submitted", "now": "adopted"}),
    ]


def test_submit_plan_is_refused_while_something_is_missing(plan, objective, secretary):
    ActivityFactory(objective=objective)
    with pytest.raises(refusals.PlanNotReady) as refused:
        decisions.submit_plan(plan, by=secretary)
    assert [shortcoming.subject for shortcoming in refused.value.shortcomings] == ["Activity 1.1"]
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFTING
    assert not AuditEvent.objects.exists()


def test_return_plan_takes_the_endorsement_back(plan, activity, secretary):
    decisions.submit_plan(plan, by=secretary)
    decisions.endorse_plan(plan, on=YESTERDAY, by=secretary)
    decisions.return_plan(plan, reason="The budget changed.", by=secretary)
    plan.refresh_from_db()
    assert (plan.state, plan.endorsed_on) == ("drafting", None)
    assert plan.returned_reason == "The budget changed."
    assert "budget" not in str(list(AuditEvent.objects.values_list("detail")))
    decisions.submit_plan(plan, by=secretary)
    plan.refresh_from_db()
    assert plan.returned_reason == ""


def test_a_move_makes_an_open_form_out_of_date(plan, activity, secretary):
    opened = LocalActionPlan.objects.get()
    decisions.submit_plan(plan, by=secretary)
    decisions.return_plan(plan, reason="Again", by=secretary)
    with pytest.raises(EditConflict):
        plans.save_plan(opened, opened_version=opened.row_version, by=secretary)


@pytest.mark.parametrize(
    "step",
    [
        lambda plan, by: decisions.endorse_plan(plan, on=YESTERDAY, by=by),
        lambda plan, by: decisions.send_plan(plan, by=by),
        lambda plan, by: adopt_plan(plan, Act("B", "A", YESTERDAY), by=by),
        lambda plan, by: decisions.return_plan(plan, reason="R", by=by),
    ],
)
def test_steps_do_not_jump(step, plan, activity, secretary):
    with pytest.raises(refusals.MoveRefused):
        step(plan, secretary)
    assert not AuditEvent.objects.exists()


def test_submit_plan_twice_is_refused(plan, activity, secretary):
    decisions.submit_plan(plan, by=secretary)
    with pytest.raises(refusals.MoveRefused):
        decisions.submit_plan(plan, by=secretary)
    assert AuditEvent.objects.count() == 1


def test_decisions_refuse_dates_that_cannot_be(plan, activity, secretary):
    today = timezone.localdate()
    Committee.objects.update(established_on=today - 10 * DAY)
    decisions.submit_plan(plan, by=secretary)
    for day in (today + 2 * DAY, today - 11 * DAY):
        with pytest.raises(refusals.DateRefused) as refused:
            decisions.endorse_plan(plan, on=day, by=secretary)
        assert refused.value.field == "endorsed_on"
    decisions.endorse_plan(plan, on=today - 5 * DAY, by=secretary)
    for day in (today + 2 * DAY, today - 6 * DAY):
        with pytest.raises(refusals.DateRefused) as refused:
            decisions.send_plan(plan, on=day, by=secretary)
        assert refused.value.field == "submitted_on"
    decisions.send_plan(plan, on=today - 4 * DAY, by=secretary)
    for day in (today + 2 * DAY, today - 5 * DAY):
        with pytest.raises(refusals.DateRefused) as refused:
            adopt_plan(plan, Act("B", "A", day), by=secretary)
        assert refused.value.field == "adopted_on"
    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED


# --- What was reported stays -----------------------------------------------------------------


def test_nothing_that_was_reported_about_is_removed(plan, objective, activity, member):
    """An amendment is no way to lose what was reported: the plan is open, the reports are not its text."""
    indicator = activity.indicators.get()
    update = ProgressUpdateFactory(activity=activity, state="approved")
    IndicatorValueFactory(update=update, indicator=indicator)
    for remove in (
        lambda: indicators.remove_indicator(indicator, by=member),
        lambda: activities.remove_activity(activity, by=member),
        lambda: objectives.remove_objective(objective, by=member),
    ):
        with pytest.raises(refusals.Reported):
            remove()
    assert update.values.count() == 1
    assert not Revision.objects.filter(removed=True).exists()


def test_a_draft_of_an_update_goes_with_its_activity(activity, member, django_capture_on_commit_callbacks):
    update = ProgressUpdateFactory(activity=activity)
    kept = AttachmentFactory(plan=activity.plan, update=update, kind="evidence")
    with django_capture_on_commit_callbacks(execute=True):
        activities.remove_activity(activity, by=member)
    assert not Activity.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)


def test_removed_twice_at_the_same_moment_is_told(activity, objective, secretary, member):
    twin = Activity.objects.get(pk=activity.pk)
    activities.remove_activity(activity, by=secretary)
    with pytest.raises(RowRemoved):
        activities.remove_activity(twin, by=member)
    assert Revision.objects.filter(subject="activity", removed=True).count() == 1
