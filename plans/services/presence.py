"""Who is writing where: signs of life of open forms. No audit line: nothing of the plan changes."""

import datetime

from django.utils import timezone

from accounts.models import User
from plans.models import LocalActionPlan, Writing
from plans.reports.presence import STALE

KEPT = datetime.timedelta(days=1)


def sign_of_life(plan: LocalActionPlan, *, subject: str, code: str, by: User) -> None:
    """`by` has the form of that part open. After a silence it counts as opened anew."""
    now = timezone.now()
    mine = Writing.objects.filter(plan=plan, user=by, subject=subject, subject_code=code)
    if mine.filter(seen_at__gte=now - STALE).update(seen_at=now):
        return
    Writing.objects.bulk_create(
        [Writing(plan=plan, user=by, subject=subject, subject_code=code, since=now, seen_at=now)],
        update_conflicts=True,
        unique_fields=["plan", "user", "subject", "subject_code"],
        update_fields=["since", "seen_at"],
    )


def left_form(plan: LocalActionPlan, *, subject: str, code: str, by: User) -> None:
    Writing.objects.filter(plan=plan, user=by, subject=subject, subject_code=code).delete()


def forget_writing() -> int:
    """Rows of yesterday help nobody. Answers how many went."""
    old = Writing.objects.filter(seen_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
