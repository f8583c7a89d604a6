"""Threads of comments on guidelines, as lists and pages show them: by role and place, never by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import User
from core.rich_text import pieces_to_html
from guidelines.markers import Text, parts_of
from guidelines.models import Guidelines, ReviewComment, Section
from guidelines.outline import Entry
from guidelines.quotes import is_outdated
from guidelines.reading import ReadPart, block_name
from guidelines.reports.preview import WritingDesk

TONES = {"open": "going", "accepted": "done", "declined": "stop"}


@dataclass(frozen=True)
class ReviewThread:
    """A comment with the place of its section, and whether the words it is about still stand there."""

    comment: ReviewComment
    number: str  # of the section; nothing when it is gone
    is_outdated: bool
    is_own: bool

    @property
    def tone(self) -> str:
        return TONES[self.comment.state]

    @property
    def is_gone(self) -> bool:
        return self.comment.section is None

    @property
    def heading(self) -> str:
        """As the section is called now, or was called when it went."""
        section: Section | None = self.comment.section
        return section.heading if section else self.comment.section_heading


def review_threads(guidelines: Guidelines) -> QuerySet[ReviewComment]:
    """The beginnings of threads, the newest first, each with the number of its answers."""
    return (
        guidelines.comments.filter(parent=None)
        .select_related("section", "field_test__locality")
        .annotate(answer_count=Count("answers"))
        .order_by("-created_at", "-pk")
    )


def placed(comments: Iterable[ReviewComment], entries: Iterable[Entry], *, user: User) -> list[ReviewThread]:
    """With the numbers that their sections have now."""
    numbers = {entry.section.code: entry.number for entry in entries}
    return [
        ReviewThread(
            comment=comment,
            number=numbers.get(comment.section.code, "") if comment.section else "",
            is_outdated=is_outdated(comment),
            is_own=comment.author_id == user.pk,
        )
        for comment in comments
    ]


def section_as_read(section: Section, desk: WritingDesk) -> list[ReadPart]:
    """The text with its pictures and notes; blocks of data are named, for nobody comments on data."""
    parts = parts_of(section.body)
    texts = [*(part.text for part in parts if isinstance(part, Text)), ""]  # the notes: below all
    written = iter(pieces_to_html(texts, pictures=desk.pictures, sections=desk.sections, prefix=section.code))
    shown = [
        ReadPart(html=next(written)) if isinstance(part, Text) else ReadPart(block=block_name(part.kind))
        for part in parts
    ]
    return shown + [ReadPart(html=html) for html in written if html]
