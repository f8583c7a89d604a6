"""Who has which section open to write: signs of life of open forms. No audit line: nothing changes."""

from django.utils import timezone

from accounts.models import User
from guidelines.models import Section, SectionWriting
from plans.reports.presence import STALE
from plans.services.presence import KEPT


def sign_of_life(section: Section, *, by: User) -> None:
    """`by` has the form of that section open. After a silence it counts as opened anew."""
    now = timezone.now()
    mine = SectionWriting.objects.filter(section=section, user=by)
    if mine.filter(seen_at__gte=now - STALE).update(seen_at=now):
        return
    SectionWriting.objects.bulk_create(
        [SectionWriting(section=section, user=by, since=now, seen_at=now)],
        update_conflicts=True,
        unique_fields=["section", "user"],
        update_fields=["since", "seen_at"],
    )


def left_form(section: Section, *, by: User) -> None:
    SectionWriting.objects.filter(section=section, user=by).delete()


def forget_section_writing() -> int:
    """Rows of yesterday help nobody. Answers how many went."""
    return SectionWriting.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()[0]
