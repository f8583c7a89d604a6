"""Who is writing where in guidelines, a moment ago at the latest."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from guidelines.models import Guidelines, Section, SectionWriting
from plans.reports.presence import STALE, Writer


def writers_of_section(section: Section, *, except_for: User) -> list[Writer]:
    """Who else has the form of that section open."""
    rows = _alive(except_for).filter(section=section)
    return [Writer(str(row.user), row.since) for row in rows]


def writers_in(guidelines: Guidelines, *, except_for: User) -> dict[str, list[str]]:
    """Names by section: code → who writes there now. One query."""
    found: dict[str, list[str]] = {}
    for row in _alive(except_for).filter(section__guidelines=guidelines).select_related("section"):
        found.setdefault(row.section.code, []).append(str(row.user))
    return found


def _alive(except_for: User) -> QuerySet[SectionWriting]:
    alive = SectionWriting.objects.filter(seen_at__gte=timezone.now() - STALE)
    return alive.exclude(user=except_for).select_related("user").order_by("since")
