"""Terms of office that end: the hand-over begins before (BR15)."""

import datetime

from django.db.models import F, QuerySet

from people.models import Handover, Incumbency
from people.models.turnover import OPENS_BEFORE


def ending_terms(today: datetime.date) -> QuerySet[Incumbency]:
    """Those who hold an office still although their term ends within 60 days, or ended, where no hand-over
    is open and none was settled for that very day."""
    return (
        Incumbency.objects.current()
        .filter(term_ends_on__lte=today + OPENS_BEFORE)
        .exclude(position__in=Handover.objects.still_open().values("position"))
        .exclude(pk__in=Handover.objects.filter(due_on=F("outgoing__term_ends_on")).values("outgoing"))
        .select_related("position__locality__country", "position__organization")
        .order_by("term_ends_on", "pk")
    )
