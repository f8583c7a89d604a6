"""What office-holders have to learn (F68)."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.db import transaction
from django.db.models import Count, QuerySet

from accounts.models import User, record
from localities.models import Locality
from people.models import TrainingNeed, TrainingTopic


@transaction.atomic
def note_need(need: TrainingNeed, *, by: User) -> TrainingNeed:
    need.noted_by = by
    need.is_demo = need.position.is_demo
    need.save()
    record(by, "noted training need", need, position=need.position.code, topic=need.topic)
    return need


@transaction.atomic
def meet_need(need: TrainingNeed, *, on: datetime.date, by: User) -> TrainingNeed:
    need.met_on = on
    need.save(update_fields=["met_on", "updated_at"])
    record(by, "met training need", need, position=need.position.code, on=str(on))
    return need


@transaction.atomic
def remove_need(need: TrainingNeed, *, by: User) -> None:
    record(by, "removed training need", need, position=need.position.code, topic=need.topic)
    need.delete()


@dataclass(frozen=True)
class NeedCount:
    """How many positions need a topic, and where: what the next training could be about."""

    topic: TrainingTopic
    positions: int
    places: list[tuple[Locality, int]]

    @classmethod
    def from_needs(cls, needs: QuerySet[TrainingNeed]) -> list[Self]:
        """Of the open ones, the topic that most positions need first. Two queries."""
        found = (
            needs.filter(met_on=None)
            .order_by()
            .values("topic", "position__locality")
            .annotate(number=Count("position", distinct=True))
        )
        rows = list(found)
        places = Locality.objects.in_bulk([row["position__locality"] for row in rows]) if rows else {}
        by_topic: dict[str, list[Any]] = {}
        for row in rows:
            by_topic.setdefault(row["topic"], []).append((places[row["position__locality"]], row["number"]))
        counts = [
            cls(
                topic=TrainingTopic(topic),
                positions=sum(number for place, number in here),
                places=sorted(here, key=lambda each: (-each[1], each[0].path)),
            )
            for topic, here in by_topic.items()
        ]
        return sorted(counts, key=lambda count: (-count.positions, count.topic))
