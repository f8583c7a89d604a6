"""States of a Local Action Plan and the moves between them (domain.md §5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")
    VALIDATION = "validation", _("Submitted for validation")
    ENDORSED = "endorsed", _("Endorsed by the committee")
    SUBMITTED = "submitted", _("Before the council")
    ADOPTED = "adopted", _("Adopted")


MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFTING: frozenset({PlanState.VALIDATION}),
    PlanState.VALIDATION: frozenset({PlanState.ENDORSED, PlanState.DRAFTING}),
    PlanState.ENDORSED: frozenset({PlanState.SUBMITTED, PlanState.DRAFTING}),
    PlanState.SUBMITTED: frozenset({PlanState.ADOPTED, PlanState.DRAFTING}),
    PlanState.ADOPTED: frozenset(),
}

# How a state looks (components/state.html): the word says it, the shape repeats it.
TONES: dict[PlanState, str] = {
    PlanState.DRAFTING: "going",
    PlanState.VALIDATION: "going",
    PlanState.ENDORSED: "going",
    PlanState.SUBMITTED: "going",
    PlanState.ADOPTED: "done",
}

# Texts may be changed only here; elsewhere a change needs a return to drafting, with a reason.
OPEN_STATES = frozenset({PlanState.DRAFTING})


def may_move(state: str, to: str) -> bool:
    """Whether a plan may go from one state to the other."""
    return to in MOVES[PlanState(state)]
