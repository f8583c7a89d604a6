"""plans.views.progress and plans.reports.progress: how far a plan came"""

import datetime

import pytest
from django.urls import reverse

from plans.lights import Light
from plans.models import Activity, PlanMove, UpdateState
from plans.reports.progress import PlanProgress
from plans.states import PlanState
from tests.factories.people import PositionFactory
from tests.factories.plans import (
    ActivityFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    ObjectiveFactory,
    ProgressUpdateFactory,
)

TODAY = datetime.date(2026, 4, 20)  # the first quarter is overdue since the 15th


@pytest.fixture
def url(running, today_is):
    today_is(2026, 4, 20)
    return reverse("plan_progress", args=[running.code])


def approved(activity, quarter, state="ongoing", **fields):
    Activity.objects.filter(pk=activity.pk).update(
        state=state, state_reason="funds" if state in {"blocked", "dropped"} else ""
    )
    return ProgressUpdateFactory(
        activity=activity, period=quarter, state=UpdateState.APPROVED, activity_state=state, **fields
    )


def begun(objective, **fields):
    """An activity that runs since January."""
    dates = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 12, 31)}
    return ActivityFactory(objective=objective, **(dates | fields))


def progress_of(plan, today=TODAY):
    return PlanProgress.from_plan(plan, today=today)


def test_plan_progress_says_what_a_percentage_leaves_out(
    url, objective, activity, quarter, member, signed_in
):
    activity.delete()
    for state in ("done", "done", "ongoing", "blocked", "dropped"):
        approved(begun(objective), quarter, state)
    begun(objective)  # nobody reported
    begun(objective, starts_on=datetime.date(2026, 9, 1))  # to come
    page = signed_in(member).get(url).content.decode()
    assert "2 of 4 activities done. Not counted: 1 dropped, 1 without a report, 1 not due yet." in page
    assert "50%" in page
    assert "3 of 4 activities done or on time." in page


def test_plan_progress_of_nothing_reported_shows_no_percentage(url, activity, member, signed_in):
    page = signed_in(member).get(url).content.decode()
    assert "No activity can be counted yet." in page
    assert "0%" not in page


def test_lights_come_from_dates_and_approved_updates(running, objective, activity, quarter):
    activity.delete()
    rows = {
        "on time": (begun(objective), Light.ON_TIME),
        "late": (begun(objective, ends_on=datetime.date(2026, 4, 19)), Light.LATE),
        "sent in, not approved": (begun(objective), Light.UPCOMING),
        "silent": (begun(objective), Light.NOT_REPORTED),
        "blocked": (begun(objective), Light.BLOCKED),
    }
    approved(rows["on time"][0], quarter)
    approved(rows["late"][0], quarter)
    approved(rows["blocked"][0], quarter, "blocked")
    ProgressUpdateFactory(activity=rows["sent in, not approved"][0], period=quarter, state="submitted")
    found = {row.activity.pk: row.light for row in progress_of(running).rows}
    assert found == {each.pk: light for each, light in rows.values()}
    # Before it is due, silence is nothing.
    early = {row.activity.pk: row.light for row in progress_of(running, datetime.date(2026, 4, 15)).rows}
    assert early[rows["silent"][0].pk] == Light.UPCOMING


def test_quarters_before_implementation_are_not_awaited(running, activity):
    Activity.objects.update(starts_on=datetime.date(2026, 1, 1))
    PlanMove.objects.create(
        plan=running, was="adopted", now=PlanState.IN_IMPLEMENTATION, on=datetime.date(2026, 4, 2)
    )
    found = progress_of(running)
    assert found.quarters[0].standing[0] == "Nothing to report"
    assert found.rows[0].light == Light.UPCOMING
    assert found.focus.period.number == 2


def test_done_activities_leave_the_next_quarter(running, activity, quarter):
    approved(activity, quarter, "done")
    quarters = progress_of(running).quarters
    assert [len(each.entries) for each in quarters[:3]] == [1, 0, 0]


def test_focus_is_the_oldest_open_quarter_that_is_not_complete(running, activity, quarter):
    assert progress_of(running).focus.period == quarter
    assert progress_of(running, datetime.date(2026, 3, 15)).focus.period == quarter
    assert progress_of(running, datetime.date(2026, 6, 15)).focus.period.number == 2  # the first is locked
    approved(activity, quarter)
    assert progress_of(running).focus.period.number == 2
    assert progress_of(running, datetime.date(2031, 1, 1)).focus is None


def test_today_lies_on_the_timeline(running):
    found = progress_of(running, datetime.date(2028, 1, 1))
    assert 49 < found.today_at < 51
    assert progress_of(running, datetime.date(2031, 1, 1)).today_at is None
    assert len(found.quarter_starts) == 15


def test_plan_progress_filters(url, objective, activity, quarter, member, signed_in):
    other = ObjectiveFactory(plan=objective.plan, order=9)
    approved(
        begun(other, text="Blocked one", responsible=PositionFactory(title="Head of roads")),
        quarter,
        "blocked",
    )
    client = signed_in(member)

    def shown(**query):
        return [row.activity.text for row, _shown in client.get(url, query).context["rows"]]

    assert shown() == [activity.text, "Blocked one"]
    assert shown(light="blocked") == ["Blocked one"]
    assert shown(objective=objective.code) == [activity.text]
    assert shown(position=Activity.objects.get(text="Blocked one").responsible.code) == ["Blocked one"]
    assert shown(light="blocked", objective=objective.code) == []
    assert shown(light="nonsense", page="99") == [activity.text, "Blocked one"]


def test_plan_progress_numbers_activities_as_the_plan_does(running, objective, activity):
    ActivityFactory(objective=ObjectiveFactory(plan=running, order=9))
    ActivityFactory(objective=objective, order=5)
    assert [row.number for row in progress_of(running).rows] == ["1.1", "1.2", "2.1"]


@pytest.mark.parametrize("number", [1, 5])
def test_plan_progress_in_twelve_queries(
    number, url, objective, quarter, secretary, signed_in, django_assert_num_queries
):
    for _number in range(number):
        row = begun(objective)
        IndicatorValueFactory(update=approved(row, quarter), indicator__activity=row)
    client = signed_in(secretary)
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)


@pytest.mark.parametrize("number", [1, 5])
def test_period_detail_in_eleven_queries(
    number, url, running, objective, quarter, secretary, signed_in, django_assert_num_queries
):
    for _number in range(number):
        approved(begun(objective), quarter)
    client = signed_in(secretary)
    address = reverse("period_detail", args=[running.code, 1])
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)


@pytest.fixture
def women(objective, quarter):
    """3 women of 40 people: a number that points at people."""
    row = begun(objective, text="Training")
    indicator = IndicatorFactory(activity=row, text="People trained", split_by=["sex"], target=80, baseline=0)
    update = approved(row, quarter)
    return IndicatorValueFactory(
        update=update, indicator=indicator, value=40, breakdown={"sex": {"women": 3, "men": 37}}
    )


@pytest.mark.parametrize("who", ["oversight", "coordinator", "facilitator"])
def test_small_numbers_are_hidden_outside_the_committee(request, who, url, women, running, signed_in):
    """BR17, with the number that would give them away."""
    client = signed_in(request.getfixturevalue(who))
    update = reverse("progress_update", args=[running.code, 1, women.indicator.activity.code])
    for address in (url, update):
        page = client.get(address).content.decode()
        assert "Women and girls hidden, Men and boys hidden" in page
        assert "Men and boys 37" not in page
        assert "Numbers below 5 are hidden" in page
        assert "40" in page


def test_small_numbers_are_shown_to_the_committee(url, women, member, signed_in):
    page = signed_in(member).get(url).content.decode()
    assert "Women and girls 3, Men and boys 37" in page
    assert "(50% of the way)" in page


def test_small_totals_are_hidden_too(url, women, oversight, signed_in):
    women.value, women.breakdown = 3, {"sex": {"women": 3, "men": 0}}
    women.save()
    page = signed_in(oversight).get(url).content.decode()
    assert "Women and girls hidden, Men and boys hidden" in page
    assert "<strong>hidden" in page


def test_a_rest_that_can_be_worked_out_is_covered(url, women, oversight, signed_in):
    women.breakdown = {"sex": {"women": 20, "men": 18}}  # two are not told apart
    women.save()
    page = signed_in(oversight).get(url).content.decode()
    assert "Women and girls 20, Men and boys hidden" in page


def test_plan_progress_shows_the_latest_approved_value(url, women, running, member, signed_in):
    later = running.periods.get(number=2)
    update = ProgressUpdateFactory(activity=women.indicator.activity, period=later, state="submitted")
    IndicatorValueFactory(update=update, indicator=women.indicator, value=77)
    client = signed_in(member)
    assert "<strong>77" not in client.get(url).content.decode()
    update.state = UpdateState.APPROVED
    update.save()
    assert "<strong>77" in client.get(url).content.decode()


def test_plan_progress_before_implementation(plan, member, signed_in):
    page = signed_in(member).get(reverse("plan_progress", args=[plan.code])).content.decode()
    assert "Progress begins with implementation" in page


def test_plan_progress_lists_what_is_missing_with_links(url, running, activity, member, oversight, signed_in):
    link = reverse("progress_update", args=[running.code, 1, activity.code])
    page = signed_in(member).get(url).content.decode()
    assert "Q1 2026: 1 update is missing" in page
    assert link in page
    assert link not in signed_in(oversight).get(url).content.decode()


def test_period_detail_filters_by_update(url, running, objective, activity, quarter, member, signed_in):
    ProgressUpdateFactory(activity=begun(objective, text="Sent in"), period=quarter, state="submitted")
    Activity.objects.filter(pk=activity.pk).update(text="Silent")
    address = reverse("period_detail", args=[running.code, 1])
    client = signed_in(member)

    def shown(**query):
        return [entry.row.activity.text for entry in client.get(address, query).context["page"]]

    assert shown() == ["Silent", "Sent in"]
    assert shown(update="missing") == ["Silent"]
    assert shown(update="submitted") == ["Sent in"]
    assert shown(update="approved") == []


def test_progress_blank_has_a_form_for_each_activity(url, running, activity, objective, member, signed_in):
    IndicatorFactory(activity=activity, text="People trained", split_by=["sex", "age"])
    later = {"starts_on": datetime.date(2028, 1, 1), "ends_on": None}
    begun(objective, text="Much later", **later)
    page = signed_in(member).get(reverse("progress_blank", args=[running.code, 1])).content.decode()
    assert activity.text in page
    assert "Women and girls ______" in page
    assert "☐ Suspended" in page
    assert "Much later" not in page


@pytest.mark.parametrize("who", ["oversight", "coordinator", "facilitator", "administrator"])
def test_progress_blank_is_for_the_committee(request, who, url, running, signed_in):
    address = reverse("progress_blank", args=[running.code, 1])
    assert signed_in(request.getfixturevalue(who)).get(address).status_code == 403


@pytest.mark.parametrize("name", ["plan_progress", "period_detail", "progress_blank", "progress_update"])
def test_progress_is_hidden_from_outsiders(name, url, running, activity, outsider, signed_in):
    arguments = {
        "plan_progress": [running.code],
        "progress_update": [running.code, 1, activity.code],
    }.get(name, [running.code, 1])
    client = signed_in(outsider)
    assert client.get(reverse(name, args=arguments)).status_code == 404
    arguments[0] = "LAP-222222"
    assert client.get(reverse(name, args=arguments)).status_code == 404
