"""Kinds and states of a workshop, and the moves between states (domain.md §5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkshopKind(models.TextChoices):
    LOCALIZATION = "localization", _("Localization workshop")
    WRITESHOP = "writeshop", _("Writeshop")
    TRAINING_OF_TRAINERS = "tot", _("Training of trainers")
    ROLLOUT = "rollout", _("Guidelines roll-out")
    COMMITTEE_TRAINING = "committee_training", _("Committee training")
    CONSULTATION = "consultation", _("Consultation")
    CONFERENCE = "conference", _("Conference")
    REVIEW = "review", _("Review meeting")


class WorkshopState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


MOVES: dict[WorkshopState, frozenset[WorkshopState]] = {
    WorkshopState.PLANNED: frozenset({WorkshopState.HELD, WorkshopState.CANCELLED}),
    WorkshopState.HELD: frozenset({WorkshopState.PLANNED}),
    WorkshopState.CANCELLED: frozenset({WorkshopState.PLANNED}),
}


def may_move(state: str, to: str) -> bool:
    """Whether a workshop may go from one state to the other."""
    return to in MOVES[WorkshopState(state)]
