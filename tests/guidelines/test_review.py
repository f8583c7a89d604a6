"""The page that says where guidelines stand, and the rules behind it."""

import datetime
import itertools

import pytest
from django.urls import reverse

from accounts.roles import ROLES, Capability
from guidelines.edition_numbers import last_edition_number, next_edition_number
from guidelines.models import Guidelines, GuidelinesMove, GuidelinesState
from guidelines.reports.review import Review
from guidelines.rules import can_comment_guidelines, can_keep_signatories, can_read_draft
from guidelines.signatories import ensure
from tests.factories.guidelines import (
    EditionFactory,
    EndorsementFactory,
    FieldTestFactory,
    GuidelinesFactory,
    ReviewCommentFactory,
    SectionFactory,
)
from tests.factories.localities import LocalityFactory

S = GuidelinesState
TODAY = datetime.date(2026, 9, 1)


def url(guidelines):
    return reverse("guidelines_review", args=[guidelines.code])


def review_of(guidelines, state=None, today=TODAY):
    if state:
        Guidelines.objects.filter(pk=guidelines.pk).update(state=state)
        guidelines.refresh_from_db()
    return Review.from_guidelines(guidelines, today=today)


def moved(guidelines, *states):
    for day, (was, now) in enumerate(itertools.pairwise(states), start=1):
        GuidelinesMove.objects.create(
            guidelines=guidelines, was=was, now=now, on=datetime.date(2026, 8, day), reason=f"Reason {day}"
        )
    Guidelines.objects.filter(pk=guidelines.pk).update(state=states[-1])
    guidelines.refresh_from_db()


def test_next_edition_number_follows_the_last(guidelines):
    assert (last_edition_number(guidelines), next_edition_number(guidelines)) == (0, 1)
    EditionFactory(guidelines=guidelines, number=3)
    assert (last_edition_number(guidelines), next_edition_number(guidelines)) == (3, 4)


def test_stops_say_what_is_reached_and_what_was_left_out(guidelines):
    moved(guidelines, S.DRAFTING, S.VALIDATED, S.ENDORSED)
    stops = review_of(guidelines).stops
    assert [stop.label for stop in stops] == [
        "Drafting",
        "Field test",
        "Validated",
        "Endorsed",
        "Launched",
        "Rolled out",
    ]
    assert [stop.is_reached for stop in stops] == [True] * 4 + [False] * 2
    assert stops[1].is_left_out
    assert stops[3].is_current
    assert stops[2].on == datetime.date(2026, 8, 1)


def test_stops_begin_again_with_a_return_and_with_a_revision(guidelines):
    moved(guidelines, S.DRAFTING, S.FIELD_TEST, S.DRAFTING)
    assert [stop.is_reached for stop in review_of(guidelines).stops] == [True] + [False] * 5
    moved(guidelines, S.LAUNCHED, S.REVISION)
    assert review_of(guidelines).stops[0].label == "In revision"


@pytest.mark.parametrize("state", S)
def test_review_page_opens_in_every_state_with_one_primary_button_at_most(
    state, guidelines, section, coordinator, signed_in
):
    moved(guidelines, S.DRAFTING, state)
    page = signed_in(coordinator).get(url(guidelines)).content.decode()
    assert page.count("btn-primary") == (0 if state == S.RETIRED else 1)


def test_review_page_counts_signatures_and_comments(guidelines, section, coordinator, signed_in, country):
    country.ministries = {"nap": "Ministry of Gender", "local_government": "Ministry of Councils"}
    country.save()
    ensure(country)
    EndorsementFactory(
        guidelines=guidelines, signatory=country.signatories.first(), institution="Ministry of Gender"
    )
    ReviewCommentFactory(guidelines=guidelines, section=section)
    ReviewCommentFactory(guidelines=guidelines, section=section, state="accepted")
    ReviewCommentFactory(guidelines=guidelines, section=None, section_heading="Gone")
    page = signed_in(coordinator).get(url(guidelines)).content.decode()
    assert "<dd>1 of 2</dd>" in page
    assert "1 open, 1 decided" in page
    assert "Removed sections" in page
    assert "2 comments are open" in page


def test_review_page_says_what_is_missing_to_readers_without_buttons(
    guidelines, section, oversight, signed_in
):
    page = signed_in(oversight).get(url(guidelines)).content.decode()
    assert "Name the locality where the draft is tried out." in page
    assert reverse("guidelines_validate", args=[guidelines.code]) not in page
    assert reverse("field_test_new", args=[guidelines.code]) not in page


def test_review_shows_every_step_with_its_reason_the_last_first(guidelines, section, oversight, signed_in):
    moved(guidelines, S.DRAFTING, S.VALIDATED, S.DRAFTING)
    page = signed_in(oversight).get(url(guidelines)).content.decode()
    assert page.index("Reason 2") < page.index("Reason 1")
    assert "Sent back to be written" in page


def test_review_of_an_edition_that_is_out_shows_its_signatures(guidelines, section):
    EndorsementFactory(guidelines=guidelines, institution="UN Women")
    EditionFactory(guidelines=guidelines)
    review = review_of(guidelines, state=S.LAUNCHED)
    assert (review.number, [row.institution for row in review.signatures.others]) == (1, ["UN Women"])
    assert review_of(guidelines, state=S.REVISION).signatures.others == []


@pytest.mark.parametrize("rows", [1, 5])
def test_review_page_takes_the_same_number_of_queries(
    rows, guidelines, coordinator, signed_in, django_assert_num_queries
):
    ensure(guidelines.country)
    for row in range(rows):
        section = SectionFactory(guidelines=guidelines)
        place = LocalityFactory(code=f"CD-T{row}", name=f"Place {row}", country=guidelines.country)
        test = FieldTestFactory(guidelines=guidelines, locality=place)
        ReviewCommentFactory(guidelines=guidelines, section=section, field_test=test)
        EndorsementFactory(guidelines=guidelines)
    moved(guidelines, *([S.DRAFTING, S.FIELD_TEST] * rows))
    client = signed_in(coordinator)
    with django_assert_num_queries(20):
        client.get(url(guidelines))


# Rules


@pytest.mark.parametrize(
    ("who", "reads", "keeps"),
    [
        ("administrator", True, True),
        ("coordinator", True, True),
        ("facilitator", True, False),
        ("local_facilitator", True, False),
        ("oversight", True, False),
        ("secretary", False, False),
        ("member", False, False),
        ("outsider", False, False),
    ],
)
def test_rules_of_drafts_and_signatories(request, who, reads, keeps, guidelines, country, locality):
    user = request.getfixturevalue(who)
    assert can_read_draft(user, guidelines) == reads
    assert can_comment_guidelines(user, guidelines) == reads
    assert can_keep_signatories(user, country) == keeps
    guidelines.state = S.RETIRED
    assert not can_comment_guidelines(user, guidelines)


def test_every_role_that_reads_drafts_may_comment():
    for role, description in ROLES.items():
        if Capability.READ_GUIDELINES in description.capabilities:
            assert Capability.COMMENT_GUIDELINES in description.capabilities, role


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_committees_see_guidelines_of_their_country_with_an_edition(
    request, who, guidelines, country, elsewhere
):
    user = request.getfixturevalue(who)
    EditionFactory(guidelines=GuidelinesFactory(country=elsewhere.country))
    assert not Guidelines.objects.visible_to(user).exists()
    EditionFactory(guidelines=guidelines)
    assert list(Guidelines.objects.visible_to(user)) == [guidelines]
    assert not can_read_draft(user, guidelines)


def test_committee_of_a_ward_reads_what_is_tested_in_its_district(guidelines, locality, secretary, committee):
    ward = LocalityFactory(code="CD-KE-W", name="Ward", parent=locality, country=guidelines.country)
    committee.locality = ward
    committee.save()
    FieldTestFactory(guidelines=guidelines, locality=locality)
    assert not Guidelines.objects.visible_to(secretary).exists()
    Guidelines.objects.update(state=S.FIELD_TEST)
    assert list(Guidelines.objects.visible_to(secretary)) == [guidelines]


@pytest.mark.parametrize("who", ["secretary", "outsider"])
def test_review_page_is_hidden_from_who_does_not_read_drafts(request, who, guidelines, signed_in):
    ReviewCommentFactory(guidelines=guidelines, text="Words that could leak")
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url(guidelines)).status_code == 404
    if who == "secretary":
        EditionFactory(guidelines=guidelines)
        assert client.get(url(guidelines)).status_code == 403
