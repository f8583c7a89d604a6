"""A plan that has something in every chapter, with texts that try to break the paper."""

import datetime

import pytest

from tests.factories.editions import EditionFactory
from tests.factories.plans import (
    ActivityFactory,
    BudgetLineFactory,
    PriorityIssueFactory,
    ThemeFactory,
)

TEXT = "We **want** to come home.\n\n## What we saw\n\n- no *light*\n- one post\n\n1. listen\n2. act\n\nSee [us](https://example.org)."


@pytest.fixture
def activity(activity):
    """The first of the plan: everything is said."""
    activity.text = "=cmd|' /C calc'!A0"
    activity.expected_output = "Two seats <b>taken</b>"
    activity.target_groups = "Women of both quarters"
    activity.no_cost, activity.cost = False, "12500.50"
    activity.engages_men_boys = True
    activity.save()
    activity.themes.add(ThemeFactory(name="Mediation", names={"fr": "Médiation"}))
    BudgetLineFactory(activity=activity, source="local", source_name="Mairie", planned="10000")
    BudgetLineFactory(activity=activity, source="donor", fiscal_year="2027", planned="2500.50")
    return activity


@pytest.fixture
def full(plan, activity):
    """The plan of the tests with all chapters; its second activity says nothing but what it is."""
    plan.sections.filter(kind="foreword").update(text=TEXT)
    plan.foreword_by = activity.responsible
    plan.save()
    ActivityFactory(objective=activity.objective, text="A thing nobody thought through", order=2)
    issue = PriorityIssueFactory(plan=plan, text="Nobody is heard", order=1)
    activity.issues.add(issue)
    PriorityIssueFactory(plan=plan, text="The road is not safe", order=2)
    return plan


@pytest.fixture
def adopted(full):
    """The plan, adopted by its council."""
    full.state, full.endorsed_on = "adopted", datetime.date(2026, 2, 1)
    full.adopting_body, full.act_kind, full.adopting_act = "City council", "resolution", "12/2026"
    full.adopted_on = datetime.date(2026, 3, 12)
    full.votes_for, full.votes_against, full.votes_abstained = 21, 3, 1
    full.save()
    return full


@pytest.fixture
def edition(adopted):
    return EditionFactory(plan=adopted)


@pytest.fixture
def media(settings, tmp_path):
    """Files of this test in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
