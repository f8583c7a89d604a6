import threading

import pytest
from django.db import connections
from django.urls import reverse

from accounts.models import AuditEvent, Notice, User
from accounts.roles import Role
from guidelines.models import Guidelines, ReviewComment, Section
from guidelines.quotes import is_outdated, plain_words, stands_in
from guidelines.services import comments as services
from guidelines.services.sections import remove_section
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory
from tests.factories.guidelines import (
    EditionFactory,
    FieldTestFactory,
    ReviewCommentFactory,
)
from tests.factories.localities import LocalityFactory
from tests.two_writers import needs_two_writers


def new(section):
    return reverse("review_comment_new", args=[section.guidelines.code, section.code])


def one(name, comment):
    return reverse(name, args=[comment.guidelines.code, comment.code])


@pytest.fixture
def tested(guidelines, section, locality):
    """In a field test in the locality of the committee."""
    Guidelines.objects.filter(pk=guidelines.pk).update(state="field_test")
    guidelines.refresh_from_db()
    return FieldTestFactory(guidelines=guidelines, locality=locality)


@pytest.fixture
def comment(guidelines, section, facilitator):
    return ReviewCommentFactory(guidelines=guidelines, section=section, author=facilitator)


# The words that a comment is about


def test_stands_in_finds_what_a_reader_marks():
    section = Section(
        body="First **words** of a [link](https://example.org).\n\n- one\n- two &amp; three\n\n{{plans}}"
    )
    assert plain_words(section.body) == "First words of a link . one two & three"
    for quote in ("First words of a link.", "one two & three", "**words** of", "link. one"):
        assert stands_in(quote, section), quote
    assert not stands_in("First words of another", section)


def test_is_outdated_when_the_words_or_the_section_are_gone(section):
    comment = ReviewCommentFactory(guidelines=section.guidelines, section=section, quote="First words.")
    assert not is_outdated(comment)
    section.body = "Other words."
    comment.section = section
    assert is_outdated(comment)
    comment.section = None
    assert is_outdated(comment)


# Who sees the draft and speaks


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "drafting", "tested_here"),
    [
        ("administrator", 200, 200),
        ("coordinator", 200, 200),
        ("facilitator", 200, 200),
        ("local_facilitator", 200, 200),
        ("oversight", 200, 200),
        ("secretary", 404, 200),
        ("member", 404, 200),
        ("outsider", 404, 404),
    ],
)
def test_review_comment_new_is_for_readers_and_in_a_field_test_for_committees(
    request, who, drafting, tested_here, guidelines, section, locality, signed_in
):
    client = signed_in(request.getfixturevalue(who))
    test = FieldTestFactory(guidelines=guidelines, locality=locality)
    assert client.get(new(section)).status_code == drafting
    Guidelines.objects.update(state="field_test")
    assert client.get(new(section)).status_code == tested_here
    test.edition_number = 0  # of an edition that was launched: the draft of the next one is another
    test.save()
    EditionFactory(guidelines=guidelines, number=1)
    assert client.get(new(section)).status_code == {404: 404 if who == "outsider" else 403}.get(drafting, 200)


def test_committee_elsewhere_sees_no_draft_that_is_tested_here(tested, section, signed_in, country):
    committee = CommitteeFactory(locality=LocalityFactory(code="CD-NK", name="Nord-Kivu", country=country))
    access = CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_MEMBER)
    assert signed_in(access.user).get(new(section)).status_code == 404


def test_retired_guidelines_take_no_comment(guidelines, section, facilitator, signed_in):
    Guidelines.objects.update(state="retired")
    assert signed_in(facilitator).get(new(section)).status_code == 403
    section.guidelines.refresh_from_db()
    with pytest.raises(services.CommentRefused, match="retired"):
        services.add_comment(section, text="Late", quote="", field_test=None, by=facilitator)


# Writing


def test_review_comment_new_quotes_words_of_the_text(section, facilitator, coordinator, signed_in):
    client = signed_in(facilitator)
    page = client.get(new(section) + "?quote=First+words.").content.decode()
    assert ">\nFirst words.</textarea>" in page
    response = client.post(new(section), {"quote": "First\n words.", "text": "Say whose words."})
    assert response.status_code == 302
    comment = ReviewComment.objects.get()
    assert (comment.quote, comment.author_as, comment.edition_number) == ("First words.", "Facilitator", 1)
    assert (comment.section, comment.section_version) == (section, section.row_version)
    detail = AuditEvent.objects.get(verb="commented on guidelines").detail
    assert detail == {"comment": comment.code, "section": section.code}


@pytest.mark.parametrize(
    ("data", "said", "kept"),
    [
        ({"text": "Good", "quote": "Nowhere here"}, "do not stand in the section", "Nowhere here"),
        ({"text": "", "quote": ""}, "required", ""),
        ({"text": "long " * 20_000}, "at most 5000 characters", "long long"),
        ({"text": "<b>bold</b>"}, "HTML is not used here", "&lt;b&gt;bold"),
        ({"text": "Good", "quote": "x" * 301}, "at most 300 characters", "xxx"),
    ],
)
def test_review_comment_new_refuses_in_words_and_keeps_the_text(
    data, said, kept, section, facilitator, signed_in
):
    response = signed_in(facilitator).post(new(section), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert kept in page
    assert not ReviewComment.objects.exists()


def test_review_comment_new_sent_twice_is_one(section, facilitator, signed_in):
    data = {"text": "Say who.", "sent_form": "00000000-0000-4000-8000-000000000003"}
    client = signed_in(facilitator)
    assert [client.post(new(section), data).status_code for _ in range(2)] == [302, 302]
    assert ReviewComment.objects.count() == 1


def test_committee_speaks_from_its_field_test_without_a_name(tested, section, secretary, member, signed_in):
    client = signed_in(secretary)
    assert client.post(new(section), {"text": "Nobody knows this form."}).status_code == 422
    data = {"text": "Nobody knows this form.", "field_test": tested.code}
    assert client.post(new(section), data).status_code == 302
    comment = ReviewComment.objects.get()
    assert (comment.field_test, comment.author_as) == (tested, "Committee secretary, Kasaï-Oriental")
    page = signed_in(member).get(one("review_comment_detail", comment)).content.decode()
    assert "from the field test in Kasaï-Oriental" in page
    assert secretary.display_name not in page


def test_committee_does_not_speak_from_a_test_elsewhere(tested, section, secretary, country, signed_in):
    other = FieldTestFactory(
        guidelines=section.guidelines,
        locality=LocalityFactory(code="CD-NK", name="Nord-Kivu", country=country),
    )
    data = {"text": "From there", "field_test": other.code}
    assert signed_in(secretary).post(new(section), data).status_code == 422


# Notices


def test_writers_are_told_once_a_day_and_the_author_when_it_is_decided(
    section, facilitator, coordinator, oversight
):
    def say():
        return services.add_comment(section, text="Say who.", quote="", field_test=None, by=facilitator)

    first = say()
    say()
    told = Notice.objects.get()
    assert (told.user, told.kind) == (coordinator, "guidelines")
    assert told.text == "New comments on “Localization Guidelines: DRC”."
    services.decline_comment(first, reason="It is said above", by=coordinator)
    told = Notice.objects.get(user=facilitator)
    assert "was declined" in told.text
    assert facilitator.display_name not in told.text
    assert told.address == one("review_comment_detail", first)


# Deciding


def test_review_comment_decide_declines_only_with_a_reason(comment, coordinator, signed_in):
    client = signed_in(coordinator)
    response = client.post(one("review_comment_decide", comment), {"as": "decline", "reason": " "})
    assert response.status_code == 422
    assert "Say why it is declined." in response.content.decode()
    data = {"as": "decline", "reason": "Section 4 says it"}
    assert client.post(one("review_comment_decide", comment), data).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.decision_reason) == ("declined", "Section 4 says it")


def test_review_comment_decide_after_somebody_else_is_told(comment, coordinator, administrator, signed_in):
    services.accept_comment(comment, reason="", by=administrator)
    data = {"as": "decline", "reason": "Not now"}
    response = signed_in(coordinator).post(one("review_comment_decide", comment), data)
    assert response.status_code == 422
    assert "Somebody decided this meanwhile: Accepted." in response.content.decode()
    assert "Not now" in response.content.decode()
    comment.refresh_from_db()
    assert comment.state == "accepted"


@pytest.mark.parametrize(("who", "status"), [("facilitator", 403), ("oversight", 403), ("outsider", 404)])
def test_review_comment_decide_is_for_writers(request, who, status, comment, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(one("review_comment_decide", comment), {"as": "accept"}).status_code == status


def test_review_comment_reopen_by_its_author_or_a_writer(
    comment, coordinator, facilitator, oversight, signed_in
):
    services.decline_comment(comment, reason="No", by=coordinator)
    assert signed_in(oversight).post(one("review_comment_reopen", comment)).status_code == 403
    assert signed_in(facilitator).post(one("review_comment_reopen", comment)).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at, comment.decision_reason) == ("open", None, "")


def test_review_comment_answer_stands_in_the_thread(comment, oversight, signed_in):
    client = signed_in(oversight)
    assert client.post(one("review_comment_answer", comment), {"text": "We think so too."}).status_code == 302
    page = client.get(one("review_comment_detail", comment)).content.decode()
    assert "We think so too." in page
    assert "Oversight reader" in page
    assert client.post(one("review_comment_answer", comment), {"text": "w" * 5001}).status_code == 422


def test_comment_stays_when_its_section_goes(comment, section, coordinator, signed_in):
    heading = comment.section_heading or section.heading
    ReviewComment.objects.update(section_heading=heading)
    remove_section(section, opened_version=section.row_version, by=coordinator)
    client = signed_in(coordinator)
    page = client.get(one("review_comment_detail", comment)).content.decode()
    assert "removed since" in page
    listed = reverse("guidelines_comments", args=[comment.guidelines.code])
    assert heading in client.get(listed + "?section=gone").content.decode()
    assert client.post(one("review_comment_decide", comment), {"as": "accept"}).status_code == 302


# Lists


def test_guidelines_comments_shows_open_ones_first_and_filters(
    comment, section, second_section, tested, coordinator, signed_in
):
    decided = ReviewCommentFactory(
        guidelines=comment.guidelines, section=second_section, text="Decided long ago", state="accepted"
    )
    from_test = ReviewCommentFactory(
        guidelines=comment.guidelines, section=section, text="Seen in the field", field_test=tested
    )
    client, address = signed_in(coordinator), reverse("guidelines_comments", args=[comment.guidelines.code])

    def found(query=""):
        page = client.get(address + query).content.decode()
        return {row.code for row in (comment, decided, from_test) if f'id="{row.code}"' in page}

    assert found() == {comment.code, from_test.code}
    assert found("?state=all") == {comment.code, decided.code, from_test.code}
    assert found("?state=accepted") == {decided.code}
    assert found(f"?section={second_section.code}&state=all") == {decided.code}
    assert found(f"?test={tested.code}") == {from_test.code}


@pytest.mark.parametrize("rows", [1, 5])
def test_guidelines_comments_takes_the_same_number_of_queries(
    rows, guidelines, coordinator, signed_in, django_assert_num_queries
):
    for row in ReviewCommentFactory.create_batch(rows, guidelines=guidelines, quote="A paragraph"):
        ReviewCommentFactory(guidelines=guidelines, section=row.section, parent=row)
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        client.get(reverse("guidelines_comments", args=[guidelines.code]))


@pytest.mark.parametrize("rows", [1, 5])
def test_section_comments_takes_the_same_number_of_queries(
    rows, section, coordinator, signed_in, django_assert_num_queries
):
    ReviewCommentFactory.create_batch(rows, guidelines=section.guidelines, section=section)
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        client.get(reverse("section_comments", args=[section.guidelines.code, section.code]))


def test_section_comments_puts_open_and_decided_beside_the_text(comment, section, coordinator, signed_in):
    ReviewCommentFactory(guidelines=section.guidelines, section=section, text="Old", state="accepted")
    page = signed_in(coordinator).get(
        reverse("section_comments", args=[section.guidelines.code, section.code])
    )
    content = page.content.decode()
    assert content.index("First words.") < content.index("Open comments") < content.index("Decided")


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_two_decide_at_once_and_one_is_told(comment, coordinator, administrator):
    start, answers = threading.Barrier(2), []

    def decide(act, user):
        row, by = ReviewComment.objects.get(pk=comment.pk), User.objects.get(pk=user.pk)
        start.wait()
        try:
            act(row, reason="Because", by=by)
            answers.append("decided")
        except services.CommentRefused:
            answers.append("told")
        finally:
            connections.close_all()

    acts = [(services.accept_comment, coordinator), (services.decline_comment, administrator)]
    threads = [threading.Thread(target=decide, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answers) == ["decided", "told"]


def test_add_comment_on_a_section_that_somebody_just_removed(section, coordinator):
    Section.objects.filter(pk=section.pk).delete()
    with pytest.raises(services.CommentRefused, match="removed this section meanwhile"):
        services.add_comment(section, text="Good", quote="", field_test=None, by=coordinator)
    assert not ReviewComment.objects.exists()
