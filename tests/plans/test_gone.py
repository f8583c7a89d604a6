"""Somebody removes what another is writing: the text that was typed is shown, nothing is saved."""

import pytest
from django.urls import reverse

from core.conflicts import RowRemoved, save_unless_changed
from plans.models import Activity, Objective
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory

TYPED = {"text": "An hour of careful words", "pillar": "participation", "row_version": "1"}


@pytest.fixture
def plan(committee):
    return LocalActionPlanFactory(committee=committee)


@pytest.fixture
def addresses(plan):
    """Addresses of an objective and an activity that are no more."""
    objective = ObjectiveFactory(plan=plan)
    activity = ActivityFactory(objective=objective)
    urls = [
        reverse("objective_edit", args=[plan.code, objective.code]),
        reverse("activity_edit", args=[plan.code, activity.code]),
        reverse("activity_new", args=[plan.code, objective.code]),
    ]
    objective.delete()
    return urls


def test_typed_for_removed_shows_the_text(signed_in, member, addresses):
    for url in addresses:
        response = signed_in(member).post(url, TYPED)
        assert response.status_code == 409
        assert "An hour of careful words" in response.content.decode()
    assert not Objective.objects.exists()
    assert not Activity.objects.exists()


def test_typed_for_removed_is_a_404_for_a_link_and_for_outsiders(signed_in, member, outsider, addresses):
    for url in addresses:
        assert signed_in(member).get(url).status_code == 404
        assert signed_in(outsider).post(url, TYPED).status_code == 404


def test_typed_for_removed_is_refused_to_readers(signed_in, coordinator, addresses):
    for url in addresses:
        assert signed_in(coordinator).post(url, TYPED).status_code == 403


def test_save_unless_changed_says_when_the_row_is_gone(plan, member):
    objective = ObjectiveFactory(plan=plan)
    Objective.objects.filter(pk=objective.pk).delete()
    with pytest.raises(RowRemoved):
        save_unless_changed(objective, opened_version=1, by=member)
