"""Who hears of a launch and of a retirement, and what is said."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.digests import send_digests
from accounts.models import Notice, NoticeKind
from accounts.roles import Role
from guidelines.services.launching import launch_guidelines
from guidelines.services.moving import retire_guidelines
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory
from tests.factories.guidelines import EditionFactory
from tests.guidelines.moving.scene import TODAY, S, at, url

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def colleague(country):
    """A second coordinator of the country."""
    return AssignmentFactory(
        role=Role.NATIONAL_COORDINATOR, country=country, user=UserFactory(display_name="Celia Colleague")
    ).user


@pytest.fixture
def far_secretary(elsewhere):
    """Keeps a committee of another country."""
    return CommitteeAccessFactory(
        committee__locality=elsewhere, role=Role.COMMITTEE_SECRETARY, user=UserFactory()
    ).user


def told():
    return {notice.user for notice in Notice.objects.filter(kind=NoticeKind.EDITION)}


def test_tell_of_launch_reaches_secretaries_and_coordinators_of_the_country(
    signed, coordinator, colleague, secretary, member, facilitator, oversight, outsider, far_secretary
):
    launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    assert told() == {colleague, secretary}
    notice = Notice.objects.get(user=secretary)
    assert (notice.subject, notice.address) == (signed.code, f"/guidelines/{signed.code}/")
    assert notice.text.startswith("Edition 1 of “Localization Guidelines: DRC” is launched")


def test_tell_of_launch_once_an_edition(signed, coordinator, secretary):
    launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    signed.endorsements.update(edition_number=2)
    launch_guidelines(at(signed, S.ENDORSED), on=TODAY, today=TODAY, by=coordinator)
    assert [notice.text.split(" of ")[0] for notice in Notice.objects.filter(user=secretary)] == [
        "Edition 2",
        "Edition 1",
    ]


def test_who_is_told_may_open_the_page(signed, coordinator, secretary, signed_in):
    launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    client = signed_in(secretary)
    opened = client.get(Notice.objects.get(user=secretary).get_absolute_url())
    assert client.get(opened.url).status_code == 200


def test_guidelines_launch_refused_tells_nobody(guidelines, text, gender, secretary, coordinator, signed_in):
    at(guidelines, S.VALIDATED)
    answer = signed_in(coordinator).post(url("guidelines_launch", guidelines), {"on": "2026-08-20"})
    assert answer.status_code == 422
    assert not Notice.objects.exists()


def test_tell_of_retirement_of_what_was_launched(guidelines, coordinator, colleague, secretary, member):
    EditionFactory(guidelines=at(guidelines, S.LAUNCHED))
    retire_guidelines(guidelines, reason="Out of date.", replaced_by=None, by=coordinator)
    assert told() == {colleague, secretary}
    assert "is retired" in Notice.objects.filter(user=secretary).get().text


def test_tell_of_retirement_of_a_draft_is_for_the_writers(guidelines, coordinator, colleague, secretary):
    """A committee never saw it, and would find no page."""
    retire_guidelines(guidelines, reason="Begun twice.", replaced_by=None, by=coordinator)
    assert told() == {colleague}


def test_digest_names_the_kind_the_code_and_the_link_only(signed, coordinator, secretary, mailoutbox):
    launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    send_digests(timezone.now() + datetime.timedelta(hours=1))
    (mail,) = [each for each in mailoutbox if each.to == [secretary.email]]
    assert str(NoticeKind.EDITION.label) in mail.body
    assert signed.code in mail.body
    assert signed.title not in mail.body


def test_notice_choices_has_a_line_for_it(secretary, signed_in):
    page = signed_in(secretary).get(reverse("notice_choices"))
    assert "Localization Guidelines that are launched or retired" in page.content.decode()
