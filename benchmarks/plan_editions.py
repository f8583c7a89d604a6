"""Freezing a plan as an edition: from the database to the row that keeps it."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from benchmarks.figures import Figure, seconds
from plans.models import LocalActionPlan
from plans.services.editions import ActReference, freeze


def edition_figures(plan: LocalActionPlan, *, by: User) -> Iterator[Figure]:
    """`plan` has 200 activities with all that belongs to them. Its editions are taken back."""
    act = ActReference("Assembly", "resolution", "12/2026", timezone.localdate())

    def frozen() -> None:
        with transaction.atomic():
            freeze(plan, act, by=by)
            transaction.set_rollback(True)

    frozen()
    yield Figure("freezing an edition of 200 activities", seconds(frozen), "s", 1)
