"""Two states of a document beside each other: editions, the text as it stands, the version before."""

import datetime

import pytest

from guidelines.document import document_of
from guidelines.models import Guidelines
from guidelines.reports.compared import Compared
from guidelines.services.versions import new_version
from tests.factories.guidelines import EditionFactory, GuidelinesFactory, SectionFactory

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def revised(guidelines, section, second_section):
    """Edition 1 is out, and a revision is open."""
    freeze(guidelines, 1)
    Guidelines.objects.update(state="revision")
    guidelines.refresh_from_db()
    return guidelines


def freeze(guidelines, number):
    content = document_of(guidelines, today=TODAY)
    return EditionFactory(guidelines=guidelines, number=number, content=content)


def write(section, body):
    section.body = body
    section.save()


def test_guidelines_changes_shows_what_a_revision_changed_so_far(revised, section, signed_in, oversight):
    write(section, "First words, and a new promise.")
    added = SectionFactory(guidelines=revised, heading="Money")
    page = signed_in(oversight).get(f"/guidelines/{revised.code}/changes/").content.decode()
    assert f"{added.heading}</span>" in page
    assert "and a new promise" in page
    assert ">Added</span>" in page
    assert ">Rewritten</span>" in page
    assert ">Newer data</span>" not in page  # of a draft data are of the day


def test_guidelines_changes_between_editions_that_are_not_neighbours(revised, section, signed_in, oversight):
    for number, body in ((2, "Second."), (3, "Third.")):
        write(section, body)
        freeze(revised, number)
    client, url = signed_in(oversight), f"/guidelines/{revised.code}/changes/"
    compared = client.get(f"{url}?from=1&to=3").context["compared"]
    assert (compared.before.key, compared.after.key) == ("1", "3")
    assert [change.kind for change in compared.changes] == ["rewritten"]
    assert "Choose two different states" in client.get(f"{url}?from=2&to=2").content.decode()
    odd = client.get(f"{url}?from=x&to=99").context["compared"]
    assert (odd.before.key, odd.after.key) == ("3", "now")


def test_guidelines_changes_of_a_version_since_the_one_before(revised, section, coordinator):
    made = new_version(revised, title="Version two", nap=None, by=coordinator)
    copied = made.sections.get(origin=section)
    write(copied, "Other words.")
    compared = Compared.of(made, {}, user=coordinator)
    assert compared.before.label == "Version 1"
    assert [(each.kind, each.code) for each in compared.changes] == [("rewritten", copied.code)]


def test_guidelines_changes_says_that_sections_changed_places(revised, section, second_section, coordinator):
    section.order, second_section.order = 9, 1
    section.save()
    second_section.save()
    compared = Compared.of(revised, {}, user=coordinator)
    assert compared.changes == []
    assert compared.is_in_other_order


def test_guidelines_changes_keeps_the_draft_from_who_reads_editions(revised, section, signed_in, secretary):
    write(section, "Secret draft.")
    client, url = signed_in(secretary), f"/guidelines/{revised.code}/changes/"
    page = client.get(f"{url}?from=1&to=now").content.decode()
    assert "Secret" not in page
    assert "Nothing to compare yet" in page


def test_guidelines_changes_is_hidden_with_the_guidelines(revised, signed_in, outsider):
    assert signed_in(outsider).get(f"/guidelines/{revised.code}/changes/").status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_guidelines_changes_asks_the_same_for_two_and_six_editions(
    revised, signed_in, coordinator, count, django_assert_num_queries
):
    for number in range(2, count + 2):
        freeze(revised, number)
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        client.get(f"/guidelines/{revised.code}/changes/")


@pytest.mark.parametrize("page", ["", "editions/", "rollout/", "versions/", "changes/"])
def test_tabs_lead_who_reads_editions_only_to_no_refusal(revised, signed_in, secretary, page):
    """The review is of the draft: a committee that cannot read it is not sent there."""
    text = signed_in(secretary).get(f"/guidelines/{revised.code}/{page}").content.decode()
    assert f'href="/guidelines/{revised.code}/review/"' not in text
    assert f'href="/guidelines/{revised.code}/editions/"' in text


def test_versions_leads_who_reads_editions_only_to_no_translation_under_way(
    revised, signed_in, secretary, oversight
):
    made = GuidelinesFactory(country=revised.country, language="fr", translation_of=revised)
    freeze(made, 1)
    link = f'href="/guidelines/{made.code}/translation/"'
    url = f"/guidelines/{revised.code}/versions/"
    assert link in signed_in(oversight).get(url).content.decode()
    page = signed_in(secretary).get(url).content.decode()
    assert made.title in page
    assert link not in page
