"""A plan in Kasaï-Oriental that follows a National Action Plan of three items."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Framework, FrameworkKind
from plans.models import LocalActionPlan, UpdateState
from plans.services.periods import create_periods
from plans.states import PlanState
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    ProgressUpdateFactory,
)


@pytest.fixture
def nap(country):
    return NapFactory(country=country, title="National Action Plan of the tests")


@pytest.fixture
def items(nap):
    axis = ProvisionFactory(framework=nap, code="1", text="Inclusion", kind="axis", order=0)
    return [
        ProvisionFactory(framework=nap, parent=axis, code=f"1.{n}", order=n, pillars=pillars)
        for n, pillars in enumerate((["participation"], ["prevention", "support"], ["protection"]), start=1)
    ]


@pytest.fixture
def plan(committee, nap, items):
    return LocalActionPlanFactory(committee=committee, nap=nap, title="Plan of Kasaï-Oriental")


@pytest.fixture
def objective(plan, items):
    """The first objective; it serves the first item."""
    row = ObjectiveFactory(plan=plan, text="Women decide too", order=1)
    AlignmentFactory(objective=row, provision=items[0])
    return row


@pytest.fixture
def activity(objective):
    """Complete: with it the plan can be submitted."""
    return ActivityFactory(objective=objective, text="Two seats in the peace council", complete=True, order=1)


@pytest.fixture
def today_is(monkeypatch):
    """`today_is(2026, 4, 10)` sets the portal's calendar to that day."""

    def travel(*day):
        monkeypatch.setattr(timezone, "localdate", lambda moment=None: datetime.date(*day))

    return travel


@pytest.fixture
def running(plan, activity, today_is):
    """The plan is in implementation, with its quarters; the first one is over and due on 15 April 2026."""
    LocalActionPlan.objects.filter(pk=plan.pk).update(
        state=PlanState.IN_IMPLEMENTATION,
        adopted_on=datetime.date(2025, 12, 20),
        adopting_body="Provincial assembly",
        adopting_act="12/2025",
    )
    plan.refresh_from_db()
    create_periods(plan)
    today_is(2026, 4, 10)
    return plan


@pytest.fixture
def quarter(running):
    return running.periods.get(number=1)


@pytest.fixture
def resolution(db):
    return Framework.objects.create(
        code="UNSCR-1325", kind=FrameworkKind.WPS_RESOLUTION, number="1325", title="Resolution 1325"
    )


@pytest.fixture
def paragraph(resolution):
    return ProvisionFactory(
        framework=resolution, code="8b", text="Local women's peace initiatives are supported", order=1
    )


@pytest.fixture
def stated(objective, paragraph, member):
    """What the member stated of the first objective."""
    return AlignmentFactory(objective=objective, provision=paragraph, stated_by=member, justification="Why")


@pytest.fixture
def update_url(running, activity):
    return reverse("progress_update", args=[running.code, 1, activity.code])


@pytest.fixture
def update(quarter, activity, member):
    """Sent in by the member."""
    return ProgressUpdateFactory(
        period=quarter,
        activity=activity,
        state=UpdateState.SUBMITTED,
        submitted_by=member,
        submitted_at=datetime.datetime(2026, 4, 9, 12, tzinfo=datetime.UTC),
    )
