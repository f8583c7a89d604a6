"""A form that a weak link sends twice makes one thing, and both answers lead to it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import SentForm
from committees.models import Committee
from guidelines.models import Section
from plans.models import Activity, LocalActionPlan, Objective
from tests.factories.guidelines import GuidelinesFactory
from tests.factories.plans import LocalActionPlanFactory, ObjectiveFactory
from workshops.models import Workshop


def workshop_form(locality):
    return {
        "kind": "localization",
        "locality": locality.code,
        "starts_on": "2026-12-01",
        "expected": "40",
        "target": "60",
    }


@pytest.fixture
def forms(locality, committee, facilitator, member, coordinator):
    """Each form that makes something: who sends it, where to, what, and what it makes."""
    plan = LocalActionPlanFactory(committee=committee)
    objective = ObjectiveFactory(plan=plan)
    guidelines = GuidelinesFactory(country=locality.country)
    period = {"period_start": "2026-01-01", "period_end": "2027-12-31", "language": "fr"}
    return [
        (facilitator, reverse("workshop_new"), workshop_form(locality), Workshop),
        (
            facilitator,
            reverse("committee_new"),
            {"kind": "steering", "locality": locality.code, "established_on": "2026-03-03"},
            Committee,
        ),
        (
            member,
            reverse("plan_new", args=[committee.code]),
            period | {"title": "A second plan"},
            LocalActionPlan,
        ),
        (
            member,
            reverse("objective_new", args=[plan.code]),
            {"text": "Safer roads", "pillar": "protection"},
            Objective,
        ),
        (member, reverse("activity_new", args=[plan.code, objective.code]), {"text": "Lamps"}, Activity),
        (
            coordinator,
            reverse("section_new", args=[guidelines.code]),
            {"heading": "Annex", "body": "Text"},
            Section,
        ),
    ]


def test_made_once_when_the_same_form_comes_twice(forms, signed_in):
    for user, url, data, model in forms:
        before = model.objects.count()
        data = data | {"sent_form": str(uuid4())}
        answers = [signed_in(user).post(url, data) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], url
        assert answers[0].url == answers[1].url
        assert model.objects.count() == before + 1, url


def test_made_once_makes_two_of_two_forms(signed_in, facilitator, locality):
    for _ in range(2):
        signed_in(facilitator).post(
            reverse("workshop_new"), workshop_form(locality) | {"sent_form": str(uuid4())}
        )
    assert Workshop.objects.count() == 2


@pytest.mark.parametrize("key", ["", "not a key", "x" * 500])
def test_made_once_without_a_key_still_makes(key, signed_in, facilitator, locality):
    answer = signed_in(facilitator).post(
        reverse("workshop_new"), workshop_form(locality) | {"sent_form": key}
    )
    assert answer.status_code == 302
    assert not SentForm.objects.exists()


def test_made_once_does_not_lead_to_what_another_made(signed_in, facilitator, coordinator, locality):
    data = workshop_form(locality) | {"sent_form": str(uuid4())}
    answers = [signed_in(user).post(reverse("workshop_new"), data) for user in (facilitator, coordinator)]
    assert answers[0].url != answers[1].url
