import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from committees.models import Committee
from core.conflicts import EditConflict
from plans import services
from plans.models import Activity, Alignment, Indicator, LocalActionPlan, Objective
from plans.states import PlanState
from tests.factories.committees import CommitteeFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
DAY = datetime.timedelta(days=1)


def test_start_plan_takes_place_and_currency_from_the_committee(committee, secretary):
    draft = LocalActionPlanFactory.build(committee=committee, locality=None, currency="", is_demo=False)
    plan = services.start_plan(draft, by=secretary)
    assert (plan.locality, plan.currency, plan.state) == (committee.locality, "CDF", "drafting")
    assert AuditEvent.objects.get().detail == {"committee": committee.code}


def test_start_plan_of_a_demo_committee_is_demo(locality, items, secretary):
    committee = CommitteeFactory(locality=locality, is_demo=True)
    plan = services.start_plan(LocalActionPlanFactory.build(committee=committee), by=secretary)
    objective = services.add_objective(Objective(plan=plan, text="O"), provisions=items[:1], by=secretary)
    activity = services.add_activity(
        Activity(objective=objective, text="A"),
        services.ActivityDetails(position_title="Mayor", indicator_text="I"),
        by=secretary,
    )
    assert plan.is_demo
    assert objective.is_demo
    assert activity.is_demo
    assert activity.responsible.is_demo
    assert Indicator.objects.get().is_demo
    assert Alignment.objects.get().is_demo


def test_start_objectives_copies_the_text_and_keeps_the_origin(plan, items, secretary):
    started = services.start_objectives(plan, items, by=secretary)
    assert [row.text for row in started] == [item.text for item in items]
    assert [row.pillar for row in started] == ["participation", "prevention", "protection"]
    assert [row.started_from for row in started] == items
    assert [row.order for row in started] == [1, 2, 3]
    assert Alignment.objects.count() == 3
    assert services.start_objectives(plan, items, by=secretary) == []


def test_save_objective_replaces_what_it_serves(objective, items, secretary):
    objective.text = "Women decide first"
    services.save_objective(objective, provisions=items[1:], opened_version=1, by=secretary)
    served = Alignment.objects.filter(objective=objective).values_list("provision", flat=True)
    assert set(served) == {items[1].pk, items[2].pk}


def test_save_objective_on_an_old_version_changes_nothing(objective, items, secretary, member):
    services.save_objective(Objective.objects.get(), provisions=items[:1], opened_version=1, by=member)
    objective.text = "Mine"
    with pytest.raises(EditConflict):
        services.save_objective(objective, provisions=items, opened_version=1, by=secretary)
    assert Objective.objects.get().text == "Women decide too"
    assert Alignment.objects.count() == 1


def test_move_objective(plan, secretary):
    rows = [ObjectiveFactory(plan=plan, order=0) for _ in range(3)]

    def order():
        return [rows.index(row) for row in plan.objectives.order_by("order", "pk")]

    services.move_objective(rows[2], up=True, by=secretary)
    assert order() == [0, 2, 1]
    services.move_objective(rows[0], up=False, by=secretary)
    assert order() == [2, 0, 1]
    services.move_objective(rows[2], up=True, by=secretary)
    assert order() == [2, 0, 1]


def test_remove_objective_takes_its_activities_along(objective, activity, secretary):
    code = objective.code
    services.remove_objective(objective, by=secretary)
    assert not Activity.objects.exists()
    assert AuditEvent.objects.get().detail == {"objective": code, "activities": 1}


def test_save_activity_writes_changes_and_takes_away_the_indicator(activity, secretary):
    details = services.ActivityDetails(indicator_text="Lamps that work", unit="lamps", baseline=0, target=20)
    services.save_activity(activity, details, opened_version=1, by=secretary)
    assert Indicator.objects.get().text == "Lamps that work"
    assert Activity.objects.get().responsible is None
    services.save_activity(activity, services.ActivityDetails(), opened_version=2, by=secretary)
    assert not Indicator.objects.exists()


@pytest.mark.parametrize("state", [state for state in PlanState if state != PlanState.DRAFTING])
def test_closed_plan_takes_no_text(state, plan, objective, activity, items, secretary):
    adopted = {"adopting_body": "Council", "adopting_act": "1", "adopted_on": YESTERDAY}
    LocalActionPlan.objects.filter(pk=plan.pk).update(
        state=state, **(adopted if state == PlanState.ADOPTED else {})
    )
    details = services.ActivityDetails()
    for write in (
        lambda: services.save_plan(plan, opened_version=1, by=secretary),
        lambda: services.start_objectives(plan, items, by=secretary),
        lambda: services.add_objective(Objective(plan=plan), provisions=[], by=secretary),
        lambda: services.save_objective(objective, provisions=[], opened_version=1, by=secretary),
        lambda: services.move_objective(objective, up=True, by=secretary),
        lambda: services.remove_objective(objective, by=secretary),
        lambda: services.add_activity(Activity(objective=objective), details, by=secretary),
        lambda: services.save_activity(activity, details, opened_version=1, by=secretary),
        lambda: services.remove_activity(activity, by=secretary),
    ):
        with pytest.raises(services.PlanClosed):
            write()
    assert Objective.objects.count() == Activity.objects.count() == Indicator.objects.count() == 1
    assert not AuditEvent.objects.exists()


# --- Decisions -------------------------------------------------------------------------------


def test_whole_way_leaves_a_line_for_each_step(plan, activity, secretary):
    services.submit_plan(plan, by=secretary)
    services.endorse_plan(plan, on=YESTERDAY, by=secretary)
    services.send_plan(plan, by=secretary)
    services.adopt_plan(plan, body="Provincial assembly", act="12/2026", on=YESTERDAY, by=secretary)
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
    with pytest.raises(services.PlanNotReady) as refused:
        services.submit_plan(plan, by=secretary)
    assert [shortcoming.subject for shortcoming in refused.value.shortcomings] == ["Activity 1.1"]
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFTING
    assert not AuditEvent.objects.exists()


def test_return_plan_takes_the_endorsement_back(plan, activity, secretary):
    services.submit_plan(plan, by=secretary)
    services.endorse_plan(plan, on=YESTERDAY, by=secretary)
    services.return_plan(plan, reason="The budget changed.", by=secretary)
    plan.refresh_from_db()
    assert (plan.state, plan.endorsed_on) == ("drafting", None)
    assert plan.returned_reason == "The budget changed."
    assert "budget" not in str(list(AuditEvent.objects.values_list("detail")))
    services.submit_plan(plan, by=secretary)
    plan.refresh_from_db()
    assert plan.returned_reason == ""


def test_a_move_makes_an_open_form_out_of_date(plan, activity, secretary):
    opened = LocalActionPlan.objects.get()
    services.submit_plan(plan, by=secretary)
    services.return_plan(plan, reason="Again", by=secretary)
    with pytest.raises(EditConflict):
        services.save_plan(opened, opened_version=opened.row_version, by=secretary)


@pytest.mark.parametrize(
    "step",
    [
        lambda plan, by: services.endorse_plan(plan, on=YESTERDAY, by=by),
        lambda plan, by: services.send_plan(plan, by=by),
        lambda plan, by: services.adopt_plan(plan, body="B", act="A", on=YESTERDAY, by=by),
        lambda plan, by: services.return_plan(plan, reason="R", by=by),
    ],
)
def test_steps_do_not_jump(step, plan, activity, secretary):
    with pytest.raises(services.MoveRefused):
        step(plan, secretary)
    assert not AuditEvent.objects.exists()


def test_submit_plan_twice_is_refused(plan, activity, secretary):
    services.submit_plan(plan, by=secretary)
    with pytest.raises(services.MoveRefused):
        services.submit_plan(plan, by=secretary)
    assert AuditEvent.objects.count() == 1


def test_decisions_refuse_dates_that_cannot_be(plan, activity, secretary):
    today = timezone.localdate()
    Committee.objects.update(established_on=today - 10 * DAY)
    services.submit_plan(plan, by=secretary)
    for day in (today + 2 * DAY, today - 11 * DAY):
        with pytest.raises(services.DateRefused) as refused:
            services.endorse_plan(plan, on=day, by=secretary)
        assert refused.value.field == "endorsed_on"
    services.endorse_plan(plan, on=today - 5 * DAY, by=secretary)
    services.send_plan(plan, by=secretary)
    for day in (today + 2 * DAY, today - 6 * DAY):
        with pytest.raises(services.DateRefused) as refused:
            services.adopt_plan(plan, body="B", act="A", on=day, by=secretary)
        assert refused.value.field == "adopted_on"
    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED
