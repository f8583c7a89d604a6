"""States of a Local Action Plan and the moves between them (domain.md §5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    IDEA = "idea", _("Idea")
    DRAFTING = "drafting", _("Drafting")
    VALIDATION = "validation", _("Submitted for validation")
    ENDORSED = "endorsed", _("Endorsed by the committee")
    SUBMITTED = "submitted", _("Before the council")
    ADOPTED = "adopted", _("Adopted")
    IN_IMPLEMENTATION = "in_implementation", _("In implementation")
    UNDER_REVIEW = "under_review", _("Under review")
    CLOSED = "closed", _("Closed")
    REJECTED = "rejected", _("Rejected by the council")
    SUPERSEDED = "superseded", _("Superseded by a newer plan")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Back to drafting is a return, with a reason; from rejected or withdrawn it is taking the plan up again.
MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.IDEA: frozenset({PlanState.DRAFTING, PlanState.WITHDRAWN}),
    PlanState.DRAFTING: frozenset({PlanState.VALIDATION, PlanState.WITHDRAWN}),
    PlanState.VALIDATION: frozenset({PlanState.ENDORSED, PlanState.DRAFTING, PlanState.WITHDRAWN}),
    PlanState.ENDORSED: frozenset({PlanState.SUBMITTED, PlanState.DRAFTING, PlanState.WITHDRAWN}),
    PlanState.SUBMITTED: frozenset(
        {PlanState.ADOPTED, PlanState.REJECTED, PlanState.DRAFTING, PlanState.WITHDRAWN}
    ),
    PlanState.ADOPTED: frozenset({PlanState.IN_IMPLEMENTATION, PlanState.SUPERSEDED}),
    PlanState.IN_IMPLEMENTATION: frozenset({PlanState.UNDER_REVIEW, PlanState.CLOSED, PlanState.SUPERSEDED}),
    PlanState.UNDER_REVIEW: frozenset({PlanState.IN_IMPLEMENTATION, PlanState.CLOSED, PlanState.SUPERSEDED}),
    PlanState.CLOSED: frozenset({PlanState.SUPERSEDED}),
    PlanState.REJECTED: frozenset({PlanState.DRAFTING, PlanState.WITHDRAWN}),
    PlanState.SUPERSEDED: frozenset(),
    PlanState.WITHDRAWN: frozenset({PlanState.DRAFTING}),
}

# How a state looks (components/state.html): the word says it, the shape repeats it.
TONES: dict[PlanState, str] = {
    PlanState.IDEA: "",
    PlanState.DRAFTING: "going",
    PlanState.VALIDATION: "going",
    PlanState.ENDORSED: "going",
    PlanState.SUBMITTED: "going",
    PlanState.ADOPTED: "done",
    PlanState.IN_IMPLEMENTATION: "done",
    PlanState.UNDER_REVIEW: "done",
    PlanState.CLOSED: "",
    PlanState.REJECTED: "stop",
    PlanState.SUPERSEDED: "",
    PlanState.WITHDRAWN: "stop",
}

# Texts may be changed only here, or under an amendment (LocalActionPlan.is_open); elsewhere a change
# needs a return to drafting, with a reason.
OPEN_STATES = frozenset({PlanState.IDEA, PlanState.DRAFTING})

# From here the way to drafting is a return; from the others it is the beginning, or taking up again.
RETURNABLE_STATES = frozenset({PlanState.VALIDATION, PlanState.ENDORSED, PlanState.SUBMITTED})
TAKEN_UP_STATES = frozenset({PlanState.IDEA, PlanState.REJECTED, PlanState.WITHDRAWN})

# Adopted once, whatever came after: such a plan has an edition, and counts as an instrument (BR6).
ADOPTED_STATES = frozenset(
    {
        PlanState.ADOPTED,
        PlanState.IN_IMPLEMENTATION,
        PlanState.UNDER_REVIEW,
        PlanState.CLOSED,
        PlanState.SUPERSEDED,
    }
)

# Adopted and still followed: what "adopted plans" counts and the public sees first.
IN_FORCE_STATES = frozenset({PlanState.ADOPTED, PlanState.IN_IMPLEMENTATION, PlanState.UNDER_REVIEW})

# An adopted plan may be amended, by numbered revisions with a reason (F94).
AMENDABLE_STATES = IN_FORCE_STATES

# Progress is reported while the plan is carried out.
REPORTING_STATES = frozenset({PlanState.IN_IMPLEMENTATION, PlanState.UNDER_REVIEW})


def may_move(state: str, to: str) -> bool:
    """Whether a plan may go from one state to the other."""
    return to in MOVES[PlanState(state)]
