"""Closed, opened again, removed."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.models import Assessment
from plans.services.assessments import close_assessment
from tests.factories.results import CommitmentFactory
from tests.plans.assessments.scene import TODAY, D, give, text

pytestmark = pytest.mark.django_db


def test_assessment_close_freezes_what_was_counted(assessment, mayor, workshop, secretary, signed_in):
    kept = CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 5, 1))
    client = signed_in(secretary)
    url = reverse("assessment_close", args=[assessment.code])
    page = text(client.get(url))
    assert page.count("this side stays without a voice") == 2
    assert client.post(url).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.state, assessment.closed_on, assessment.closed_by) == ("closed", TODAY, secretary)
    assert assessment.facts["parts"]["commitments"] == {"open": [kept.code]}
    kept.state, kept.closed_on = "kept", TODAY
    kept.save()
    assert "kept: none" in text(client.get(assessment.get_absolute_url()))
    assert "0 of 1" in text(client.get(assessment.get_absolute_url()))


def test_assessment_close_waits_for_the_end_of_the_period(assessment, secretary, signed_in, today):
    today(2026, 6, 30)
    url = reverse("assessment_close", args=[assessment.code])
    client = signed_in(secretary)
    assert "The period runs until" in text(client.get(url))
    assert client.post(url).status_code == 409
    assert Assessment.objects.get().is_open
    today(2026, 7, 1)
    assert signed_in(secretary).post(url).status_code == 302
    assert not Assessment.objects.get().is_open


def test_assessment_reopen_needs_a_reason(assessment, secretary, signed_in):
    close_assessment(assessment, today=TODAY, by=secretary)
    url = reverse("assessment_reopen", args=[assessment.code])
    client = signed_in(secretary)
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "y" * 301}).status_code == 422
    assert not Assessment.objects.get().is_open
    assert client.post(url, {"reason": "A report came late."}).status_code == 302
    row = Assessment.objects.get()
    assert (row.state, row.facts, row.closed_on) == ("open", {}, None)
    event = AuditEvent.objects.get(verb="reopened assessment")
    assert (event.subject, event.detail) == (row.code, {"reason": "A report came late."})
    assert "It was opened again: A report came late." in text(client.get(row.get_absolute_url()))


def test_assessment_remove_only_while_it_is_open(assessment, secretary, signed_in):
    give(assessment, "government")
    client = signed_in(secretary)
    url = reverse("assessment_remove", args=[assessment.code])
    assert "The marks that were given are deleted" in text(client.get(url))
    close_assessment(assessment, today=TODAY, by=secretary)
    assert "is not removed" in text(client.post(url, follow=True))
    assert Assessment.objects.exists()
    Assessment.objects.update(state="open", closed_on=None)
    assert client.post(url).status_code == 302
    assert not Assessment.objects.exists()
