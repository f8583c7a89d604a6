"""Guidelines that nobody is to follow any more: since when, why, and what is read instead."""

import datetime
import importlib

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from guidelines.models import Guidelines, GuidelinesMove, GuidelinesState
from guidelines.reports.retirement import Retirement
from guidelines.services.moving import retire_guidelines
from tests.factories.guidelines import EditionFactory, GuidelinesFactory

REASON = "The law on councils changed."


@pytest.fixture
def launched(guidelines):
    EditionFactory(guidelines=guidelines)
    Guidelines.objects.filter(pk=guidelines.pk).update(state=GuidelinesState.LAUNCHED)
    guidelines.refresh_from_db()
    return guidelines


@pytest.fixture
def newer(country):
    newer = GuidelinesFactory(country=country, title="Guidelines of 2026", state="launched")
    EditionFactory(guidelines=newer)
    return newer


def public(guidelines, tail=""):
    return Client().get(f"/published-guidelines/{guidelines.code}/{tail}").content.decode()


def page_of(client, guidelines):
    return client.get(guidelines.get_absolute_url()).content.decode()


def test_guidelines_retire_asks_for_a_public_reason(launched, newer, coordinator, signed_in):
    client, url = signed_in(coordinator), reverse("guidelines_retire", args=[launched.code])
    assert "Everybody can read this" in client.get(url).content.decode()
    answer = client.post(url, {"reason": " ", "replaced_by": newer.code})
    assert answer.status_code == 422
    assert "whoever holds a copy has to know" in answer.content.decode()
    answer = client.post(url, {"reason": "<b>Old</b>", "replaced_by": ""})
    assert answer.status_code == 422
    assert "HTML is not used here" in answer.content.decode()
    assert client.post(url, {"reason": REASON, "replaced_by": newer.code}).status_code == 302
    launched.refresh_from_db()
    assert (launched.state, launched.replaced_by) == (GuidelinesState.RETIRED, newer)
    assert REASON not in str(AuditEvent.objects.get(verb="retired guidelines").detail)


@pytest.mark.parametrize("tail", ["", "editions/1/"])
def test_public_pages_say_since_when_why_and_what_instead(tail, launched, newer, coordinator, monkeypatch):
    long_ago = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: long_ago)
    retire_guidelines(launched, reason=REASON, replaced_by=newer, by=coordinator)
    page = public(launched, tail)
    assert "Retired on 29 February 2024: these guidelines are no longer to be followed." in page
    assert REASON in page
    assert f'href="/published-guidelines/{newer.code}/"' in page
    assert page.count("Guidelines of 2026") == 1
    # The same document is not named twice; where a copy is checked its version is the question.
    assert page.count("A newer version of these guidelines") == (1 if tail else 0)


def test_public_page_names_no_replacement_that_is_held_back(launched, newer, coordinator):
    retire_guidelines(launched, reason=REASON, replaced_by=newer, by=coordinator)
    Guidelines.objects.filter(pk=newer.pk).update(is_public=False)
    page = public(launched)
    assert REASON in page
    assert "Guidelines of 2026" not in page
    assert newer.code not in page


def test_public_page_names_the_replacement_as_its_edition_does(launched, newer, coordinator, signed_in):
    """Its title is written anew in a revision, which is no matter of the public."""
    retire_guidelines(launched, reason=REASON, replaced_by=newer, by=coordinator)
    Guidelines.objects.filter(pk=newer.pk).update(title="Words of a draft", state="revision")
    page = public(launched)
    assert f'href="/published-guidelines/{newer.code}/" lang="en">Guidelines of 2026</a>' in page
    assert "Words of a draft" not in page
    assert "Words of a draft" in page_of(signed_in(coordinator), launched)


def test_guidelines_detail_says_it_to_each_reader(launched, newer, coordinator, secretary, signed_in):
    retire_guidelines(launched, reason=REASON, replaced_by=newer, by=coordinator)
    for user in (coordinator, secretary):
        page = page_of(signed_in(user), launched)
        assert REASON in page
        assert f'href="/guidelines/{newer.code}/" lang="en">Guidelines of 2026' in page
        assert "what holds today" not in page
        assert "it can be written again" not in page


def test_guidelines_detail_names_no_replacement_that_the_reader_may_not_see(
    launched, country, coordinator, secretary, signed_in
):
    """Its edition went (never through the pages): a committee reads editions only."""
    draft = GuidelinesFactory(country=country, title="Words of a draft")
    retire_guidelines(launched, reason=REASON, replaced_by=draft, by=coordinator)
    assert "Words of a draft" not in page_of(signed_in(secretary), launched)
    assert "Words of a draft" in page_of(signed_in(coordinator), launched)


def test_retirement_of_what_is_in_force_is_none(launched):
    assert Retirement.told_to_all(launched) is None


def test_published_guidelines_marks_the_retired(launched, coordinator):
    retire_guidelines(launched, reason=REASON, replaced_by=None, by=coordinator)
    assert '<span class="state state-stop">Retired</span>' in Client().get("/published-guidelines/").text


def test_migration_tells_the_day_and_the_replacement_of_what_was_retired_before(launched, newer, coordinator):
    """The reason is not made public: nobody who wrote it knew that it would be."""
    retire_guidelines(launched, reason=REASON, replaced_by=newer, by=coordinator)
    Guidelines.objects.update(retired_on=None, retired_reason="", replaced_by=None)
    GuidelinesMove.objects.update(on="2025-01-31")
    importlib.import_module("guidelines.migrations.0005_links_risk_and_retirement").tell_retirement(
        apps, None
    )
    launched.refresh_from_db()
    assert (launched.retired_on, launched.replaced_by) == (datetime.date(2025, 1, 31), newer)
    assert launched.retired_reason == ""
    assert REASON not in public(launched)
