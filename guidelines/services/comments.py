"""What readers say about guidelines, section by section, and what becomes of it (F45)."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from accounts.roles import Capability, Role, roles_with
from accounts.scope import Grant
from committees.models import CommitteeAccess
from guidelines.edition_numbers import next_edition_number
from guidelines.models import FieldTest, Guidelines, GuidelinesState, ReviewComment, ReviewState, Section
from guidelines.services.holding import held
from localities.models import Locality

LONGEST_ROLE = ReviewComment._meta.get_field("author_as").max_length


class CommentRefused(Exception):
    """It cannot be said or decided so. `field` is the form field that the message belongs to."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_comment(
    section: Section, *, text: str, quote: str, field_test: FieldTest | None, by: User
) -> ReviewComment:
    """Begin a thread about a section, or about some of its words. The writers are told, once a day."""
    guidelines = held(section.guidelines)
    _refuse_if_retired(guidelines)
    if not guidelines.sections.filter(pk=section.pk).exists():
        raise CommentRefused(gettext("Somebody removed this section meanwhile. Your words are still here."))
    comment = ReviewComment.objects.create(
        guidelines=guidelines,
        section=section,
        section_heading=section.heading,
        section_version=section.row_version,
        quote=quote,
        field_test=field_test,
        edition_number=next_edition_number(guidelines),
        author=by,
        author_as=speaking_as(by, guidelines, field_test=field_test),
        text=text,
        is_demo=guidelines.is_demo,
    )
    record(by, "commented on guidelines", guidelines, comment=comment.code, section=section.code)
    _tell_writers(guidelines, but=by, today=timezone.localdate())
    return comment


def _refuse_if_retired(guidelines: Guidelines) -> None:
    if guidelines.state == GuidelinesState.RETIRED:
        raise CommentRefused(gettext("These guidelines are retired: nothing is written about them any more."))


def speaking_as(user: User, guidelines: Guidelines, *, field_test: FieldTest | None = None) -> str:
    """The role in which the user speaks, with the place of a committee, in the words of this moment: roles
    are given and taken."""
    for capability in (Capability.WRITE_GUIDELINES, Capability.COMMENT_GUIDELINES):
        for grant in user.scope.grants:
            if grant.allows(capability) and _holds_in(grant, guidelines):
                return str(Role(grant.role).label)
    access = committee_access(user, guidelines, field_test=field_test)
    if access is None:
        return ""
    return f"{access.get_role_display()}, {access.committee.locality}"[:LONGEST_ROLE]


def _holds_in(grant: Grant, guidelines: Guidelines) -> bool:
    """Everywhere, in the country, or in a part of it."""
    if grant.path is not None:
        return Locality.objects.filter(path=grant.path, country=guidelines.country_id).exists()
    return grant.country_id in {None, guidelines.country_id}


def committee_access(
    user: User, guidelines: Guidelines, *, field_test: FieldTest | None = None
) -> CommitteeAccess | None:
    """For which committee of the country the user works: the one of the field test, if there are several."""
    rows = CommitteeAccess.objects.filter(user=user, committee__locality__country=guidelines.country_id)
    rows = rows.select_related("committee__locality").order_by("pk")
    if field_test is not None:
        rows = rows.filter(committee__locality__path__startswith=field_test.locality.path)
    return rows.first()


def comments_freely(user: User, guidelines: Guidelines) -> bool:
    """Reads the draft at any time; a committee reads it in a field test, and speaks from there."""
    grants = user.scope.grants
    return any(grant.allows(Capability.READ_GUIDELINES) and _holds_in(grant, guidelines) for grant in grants)


def tests_of(user: User, guidelines: Guidelines) -> QuerySet[FieldTest]:
    """The field tests from which the user can speak: for a committee those in its locality, for who reads
    guidelines in the country all of the edition in preparation."""
    number = next_edition_number(guidelines)
    tests = guidelines.field_tests.filter(edition_number=number).select_related("locality")
    if comments_freely(user, guidelines):
        return tests
    accesses = CommitteeAccess.objects.filter(
        user=user, committee__locality__path__startswith=OuterRef("locality__path")
    )
    return tests.filter(Exists(accesses))


def _tell_writers(guidelines: Guidelines, *, but: User, today: datetime.date) -> None:
    """Once a day and document: ten comments in an hour are one piece of news."""
    writers = User.objects.filter(
        assignments__role__in=roles_with(Capability.WRITE_GUIDELINES), assignments__country=guidelines.country
    ).exclude(pk=but.pk)
    notify(
        writers.distinct(),
        kind=NoticeKind.GUIDELINES,
        text=gettext("New comments on “%(title)s”.") % {"title": guidelines.title},
        subject=guidelines.code,
        address=reverse("guidelines_comments", args=[guidelines.code]),
        key=f"guidelines-comments:{guidelines.code}:{today}",
    )


@transaction.atomic
def answer_comment(comment: ReviewComment, *, text: str, by: User) -> ReviewComment:
    """An answer in the thread. It says; it decides nothing."""
    guidelines = held(comment.guidelines)
    _refuse_if_retired(guidelines)
    return ReviewComment.objects.create(
        guidelines=guidelines,
        section=comment.section,
        section_heading=comment.section_heading,
        section_version=comment.section_version,
        parent=comment,
        field_test=comment.field_test,
        edition_number=comment.edition_number,
        author=by,
        author_as=speaking_as(by, guidelines, field_test=comment.field_test),
        text=text,
        is_demo=guidelines.is_demo,
    )


@transaction.atomic
def accept_comment(comment: ReviewComment, *, reason: str, by: User) -> ReviewComment:
    return _decide(comment, ReviewState.ACCEPTED, reason=reason.strip(), by=by)


@transaction.atomic
def decline_comment(comment: ReviewComment, *, reason: str, by: User) -> ReviewComment:
    if not reason.strip():
        raise CommentRefused(gettext("Say why it is declined."), field="reason")
    return _decide(comment, ReviewState.DECLINED, reason=reason.strip(), by=by)


def _decide(comment: ReviewComment, state: ReviewState, *, reason: str, by: User) -> ReviewComment:
    held(comment.guidelines)  # nobody validates the text in between
    row = ReviewComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.state != ReviewState.OPEN:
        said = gettext("Somebody decided this meanwhile: %(state)s.")
        raise CommentRefused(said % {"state": row.get_state_display()})
    row.state, row.decision_reason = state, reason
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    record(by, "decided comment", row.guidelines, comment=row.code, state=state.value)
    _tell_author(row, by=by)
    return row


def _tell_author(comment: ReviewComment, *, by: User) -> None:
    if comment.author is None or comment.author_id == by.pk:
        return
    told = {
        ReviewState.ACCEPTED: gettext("Your comment on “%(section)s” was accepted: “%(title)s”."),
        ReviewState.DECLINED: gettext("Your comment on “%(section)s” was declined: “%(title)s”."),
    }
    guidelines = comment.guidelines
    notify(
        [comment.author],
        kind=NoticeKind.GUIDELINES,
        text=told[ReviewState(comment.state)]
        % {"section": comment.section_heading, "title": guidelines.title},
        subject=guidelines.code,
        address=reverse("review_comment_detail", args=[guidelines.code, comment.code]),
        key=f"guidelines-comment:{comment.code}:{comment.decided_at:%Y-%m-%dT%H:%M:%S}",
    )


@transaction.atomic
def reopen_comment(comment: ReviewComment, *, by: User) -> ReviewComment:
    """It is to be talked about again; the guidelines are not validated before it is decided once more."""
    held(comment.guidelines)
    row = ReviewComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.state == ReviewState.OPEN:
        return row
    row.state, row.decision_reason = ReviewState.OPEN, ""
    row.decided_by, row.decided_at = None, None
    row.save()
    record(by, "reopened comment", row.guidelines, comment=row.code)
    return row
