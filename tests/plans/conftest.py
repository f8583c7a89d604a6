"""A plan in Kasaï-Oriental that follows a National Action Plan of three items."""

import pytest

from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.plans import ActivityFactory, AlignmentFactory, LocalActionPlanFactory, ObjectiveFactory


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
