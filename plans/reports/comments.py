"""Threads of comments as lists and pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import User
from plans.models import Comment, LocalActionPlan, Revision, Subject
from plans.models.together import CommentQuerySet
from plans.reports.history import part_name
from plans.reports.presence import Writer, writers_of
from plans.subjects import rows_of, subject_name
from plans.wording import text_fields

TONES = {"open": "going", "accepted": "done", "declined": "stop", "resolved": ""}
SHORT = 3  # threads beside a form


@dataclass(frozen=True)
class Thread:
    """A comment in a list, with the name of the part that it is about."""

    comment: Comment
    part: str
    is_gone: bool

    @property
    def tone(self) -> str:
        return TONES[self.comment.state]

    @property
    def label(self) -> str:
        """What a suggestion is for."""
        return text_fields(self.comment.subject).get(self.comment.field, "")


def threads_of(plan: LocalActionPlan) -> CommentQuerySet:
    """What the list shows: each with the number of its answers."""
    return (
        plan.comments.threads()
        .select_related("author", "decided_by", "round")
        .annotate(answer_count=Count("answers"))
        .order_by("-created_at", "-pk")
    )


def named(plan: LocalActionPlan, comments: Iterable[Comment]) -> list[Thread]:
    """With the names of their parts: one query for each kind of part, one for those that are gone."""
    found = list(comments)
    names: dict[tuple[str, str], str] = {(Subject.PLAN.value, plan.code): subject_name(Subject.PLAN, plan)}
    for kind in {each.subject for each in found} - {Subject.PLAN.value}:
        codes = {each.subject_code for each in found if each.subject == kind}
        for row in rows_of(plan, kind).filter(code__in=codes):
            names[kind, row.code] = subject_name(kind, row)
    gone = {each.subject_code for each in found if (each.subject, each.subject_code) not in names}
    removed = _names_of_gone(plan, gone)
    return [
        Thread(
            each,
            names.get((each.subject, each.subject_code))
            or removed.get(each.subject_code, str(Subject(each.subject).label)),
            is_gone=each.subject_code in gone,
        )
        for each in found
    ]


def _names_of_gone(plan: LocalActionPlan, codes: set[str]) -> dict[str, str]:
    revisions = Revision.objects.filter(plan=plan, subject_code__in=codes).order_by("version")
    return {row.subject_code: part_name(row.subject, row.values) for row in revisions}


@dataclass(frozen=True)
class PartTools:
    """What stands beside the form of a part: who else writes there, what is said about it."""

    writers: list[Writer]
    threads: list[Comment]
    count: int

    @classmethod
    def of_part(cls, plan: LocalActionPlan, part: Any, subject: str, user: User) -> "PartTools":
        found = list(
            plan.comments.open()
            .filter(subject=subject, subject_code=part.code)
            .select_related("author")
            .order_by("-created_at")
        )
        return cls(
            writers=writers_of(plan, subject, part.code, except_for=user),
            threads=found[:SHORT],
            count=len(found),
        )
