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


class RiskLevel(models.TextChoices):
    """How dangerous it may be to be known as somebody who was there (domain.md §2.7)."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class WorkshopState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    REPORTED = "reported", _("Reported")
    CLOSED = "closed", _("Closed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


# Those in which the workshop has taken place: every count of workshops held counts these.
TOOK_PLACE = frozenset({WorkshopState.HELD, WorkshopState.REPORTED, WorkshopState.CLOSED})
# Those in which it is still to come.
TO_COME = frozenset({WorkshopState.PLANNED, WorkshopState.CONFIRMED, WorkshopState.POSTPONED})
# Those that say why.
NEEDS_REASON = frozenset({WorkshopState.POSTPONED, WorkshopState.CANCELLED})

# Forward along the life of a workshop, and one step back where a mistake is undone. Nobody is
# forced through "confirmed": a workshop may be held that was only planned (F49).
MOVES: dict[WorkshopState, frozenset[WorkshopState]] = {
    WorkshopState.PLANNED: frozenset(
        {
            WorkshopState.CONFIRMED,
            WorkshopState.HELD,
            WorkshopState.POSTPONED,
            WorkshopState.CANCELLED,
        }
    ),
    WorkshopState.CONFIRMED: frozenset(
        {WorkshopState.HELD, WorkshopState.PLANNED, WorkshopState.POSTPONED, WorkshopState.CANCELLED}
    ),
    WorkshopState.HELD: frozenset({WorkshopState.REPORTED, WorkshopState.PLANNED}),
    WorkshopState.REPORTED: frozenset({WorkshopState.CLOSED, WorkshopState.HELD}),
    WorkshopState.CLOSED: frozenset({WorkshopState.REPORTED}),
    WorkshopState.POSTPONED: frozenset({WorkshopState.PLANNED, WorkshopState.CANCELLED}),
    WorkshopState.CANCELLED: frozenset({WorkshopState.PLANNED}),
}


def may_move(state: str, to: str) -> bool:
    """Whether a workshop may go from one state to the other."""
    return to in MOVES[WorkshopState(state)]
