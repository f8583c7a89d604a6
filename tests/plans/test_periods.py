"""plans.quarters, plans.services.periods and the pages around a quarter"""

import datetime
import itertools
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from plans.models import LocalActionPlan
from plans.quarters import quarters_between
from plans.services.decisions import implement_plan
from plans.services.periods import create_missing_periods, create_periods
from plans.states import PlanState
from tests.factories.plans import LocalActionPlanFactory, ProgressUpdateFactory, ReportingPeriodFactory

DAY = datetime.timedelta(days=1)


def days(text):
    return tuple(datetime.date.fromisoformat(day) for day in text.split())


@pytest.mark.parametrize(
    ("period", "quarters"),
    [
        ("2026-01-01 2026-12-31", ["2026-01-01 2026-03-31", "2026-04-01 2026-06-30"]),
        ("2026-02-15 2026-05-10", ["2026-02-15 2026-03-31", "2026-04-01 2026-05-10"]),
        ("2026-12-31 2027-01-01", ["2026-12-31 2026-12-31", "2027-01-01 2027-01-01"]),
        ("2026-05-05 2026-05-05", ["2026-05-05 2026-05-05"]),
    ],
)
def test_quarters_between_are_cut_at_the_ends(period, quarters):
    found = [(each.start, each.end) for each in quarters_between(*days(period))]
    assert found[:2] == [days(each) for each in quarters]


def test_quarters_between_leave_no_gap():
    found = list(quarters_between(*days("2026-07-16 2030-07-15")))
    assert len(found) == 17
    for one, next_one in itertools.pairwise(found):
        assert next_one.start == one.end + DAY
    assert (found[0].label, found[-1].label) == ("Q3 2026", "Q3 2030")


@pytest.mark.django_db
def test_create_periods_of_a_plan_of_four_years():
    plan = LocalActionPlanFactory()
    assert len(create_periods(plan)) == 16
    first = plan.periods.get(number=1)
    assert (first.start, first.end) == days("2026-01-01 2026-03-31")
    assert (first.due_on, first.locks_on) == days("2026-04-15 2026-05-30")
    assert create_periods(plan) == []


@pytest.mark.django_db
def test_create_periods_of_a_plan_of_one_year():
    plan = LocalActionPlanFactory(period_end=datetime.date(2026, 12, 31))
    create_periods(plan)
    assert list(plan.periods.values_list("label", flat=True)) == ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"]


@pytest.mark.django_db
def test_create_periods_after_the_plan_was_made_longer():
    plan = LocalActionPlanFactory(
        period_start=datetime.date(2026, 2, 1), period_end=datetime.date(2026, 5, 10)
    )
    create_periods(plan)
    LocalActionPlan.objects.update(
        period_start=datetime.date(2025, 12, 1), period_end=datetime.date(2026, 7, 31)
    )
    assert [each.label for each in create_periods(plan)] == ["Q4 2025", "Q3 2026"]
    periods = list(plan.periods.all())
    assert [each.number for each in periods] == [3, 1, 2, 4]  # numbers stand in addresses and stay
    assert (periods[1].start, periods[2].end) == days("2026-01-01 2026-06-30")
    assert periods[2].due_on == datetime.date(2026, 7, 15)


@pytest.mark.django_db
def test_create_periods_never_removes_what_was_reported():
    plan = LocalActionPlanFactory(period_end=datetime.date(2026, 12, 31))
    create_periods(plan)
    ProgressUpdateFactory(period=plan.periods.get(number=4), activity__objective__plan=plan)
    LocalActionPlan.objects.update(period_end=datetime.date(2026, 6, 30))
    create_periods(plan)
    assert list(plan.periods.values_list("number", flat=True)) == [1, 2, 4]


@pytest.mark.django_db
def test_create_missing_periods_of_plans_that_came_before(plan, running):
    running.periods.all().delete()
    LocalActionPlanFactory(committee=plan.committee)  # drafted: no quarters
    assert create_missing_periods() == 16
    assert create_missing_periods() == 0


@pytest.mark.django_db
def test_remind_of_progress_makes_missing_quarters(running):
    running.periods.all().delete()
    said = StringIO()
    call_command("remind_of_progress", stdout=said)
    assert "Quarters made: 16." in said.getvalue()


def test_is_open_and_is_late_by_date(quarter):
    assert not quarter.is_open(datetime.date(2025, 12, 31))
    assert quarter.is_open(datetime.date(2026, 1, 1))
    assert quarter.is_open(datetime.date(2026, 5, 29))
    assert not quarter.is_open(datetime.date(2026, 5, 30))
    assert not quarter.is_late(datetime.date(2026, 4, 15))
    assert quarter.is_late(datetime.date(2026, 4, 16))


def test_periods_new_by_the_secretary(running, secretary, member, oversight, signed_in):
    running.periods.all().delete()
    url = reverse("periods_new", args=[running.code])
    for user in (member, oversight):
        assert signed_in(user).post(url).status_code == 403
    assert not running.periods.exists()
    page = signed_in(secretary).get(reverse("plan_progress", args=[running.code]))
    assert url in page.content.decode()
    response = signed_in(secretary).post(url, follow=True)
    assert "16 quarters are added." in response.content.decode()


def test_periods_new_needs_implementation(running, secretary, signed_in):
    running.periods.all().delete()
    LocalActionPlan.objects.update(state=PlanState.ADOPTED)
    response = signed_in(secretary).post(reverse("periods_new", args=[running.code]), follow=True)
    assert "once the plan is in implementation" in response.content.decode()
    assert not running.periods.exists()


@pytest.fixture
def reopen_url(running, quarter, today_is):
    today_is(2026, 7, 1)
    return reverse("period_reopen", args=[running.code, 1])


def test_period_reopen_until_a_day_with_a_reason(reopen_url, quarter, secretary, signed_in):
    client = signed_in(secretary)
    response = client.post(reopen_url, {"until": "2026-07-10", "reason": "The road was closed."}, follow=True)
    assert "The quarter is open again." in response.content.decode()
    assert "The road was closed." in response.content.decode()
    quarter.refresh_from_db()
    assert quarter.is_open(datetime.date(2026, 7, 10))
    assert not quarter.is_open(datetime.date(2026, 7, 11))
    event = AuditEvent.objects.get(verb="reopened quarter")
    assert event.detail == {"quarter": "Q1 2026", "until": "2026-07-10"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"until": "2026-06-30", "reason": "Late"}, "This day is over"),
        ({"until": "2027-06-30", "reason": "Late"}, "That is too long"),
        ({"until": "2026-07-10", "reason": ""}, "fill this in."),
        ({"until": "2026-07-10", "reason": "x" * 100_000}, "at most 300"),
        ({"until": "never", "reason": "Late"}, "Enter a valid date"),
    ],
)
def test_period_reopen_refused_in_words(reopen_url, quarter, secretary, signed_in, typed, said):
    response = signed_in(secretary).post(reopen_url, typed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert typed["reason"] in response.content.decode()
    quarter.refresh_from_db()
    assert quarter.reopened_until is None


@pytest.mark.parametrize("who", ["member", "coordinator", "facilitator", "oversight", "administrator"])
def test_period_reopen_forbidden(request, who, reopen_url, quarter, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(reopen_url, {"until": "2026-07-10", "reason": "Mine"}).status_code == 403
    quarter.refresh_from_db()
    assert quarter.reopened_until is None


def test_period_reopen_of_an_open_quarter_says_so(running, secretary, signed_in):
    response = signed_in(secretary).get(reverse("period_reopen", args=[running.code, 1]), follow=True)
    assert "There is nothing to reopen here." in response.content.decode()


def test_implement_plan_makes_the_quarters(running, secretary, today_is):
    running.periods.all().delete()
    LocalActionPlan.objects.update(state=PlanState.ADOPTED)
    implement_plan(running, on=datetime.date(2026, 4, 1), by=secretary)
    assert running.periods.count() == 16


def test_create_missing_periods_waits_for_an_amendment(running):
    LocalActionPlan.objects.update(is_amending=True, period_end=datetime.date(2030, 12, 31))
    assert create_missing_periods() == 0
    LocalActionPlan.objects.update(is_amending=False)
    assert create_missing_periods() == 4


def test_periods_new_waits_while_an_amendment_is_open(running, secretary, signed_in):
    """The period that is being written does not hold yet: no quarter comes or goes by it."""
    LocalActionPlan.objects.update(is_amending=True, period_end=datetime.date(2026, 6, 30))
    before = running.periods.count()
    url = reverse("periods_new", args=[running.code])
    assert "amendment is open" in signed_in(secretary).post(url, follow=True).content.decode()
    assert running.periods.count() == before


@pytest.mark.parametrize(
    ("label", "language", "said"),
    [("Q1 2026", "en", "Q1 2026"), ("Q1 2026", "fr", "T1 2026"), ("Year two", "fr", "Year two")],
)
def test_a_quarter_is_said_in_the_language_of_a_paper(label, language, said):
    quarter = ReportingPeriodFactory.build(
        label=label, plan=None, start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31)
    )
    with translation.override(language):
        assert quarter.said == said
