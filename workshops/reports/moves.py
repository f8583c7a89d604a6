"""The steps that a workshop may take from where it stands, in words."""

from dataclasses import dataclass
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workshops.models import Workshop
from workshops.states import MOVES, WorkshopState


@dataclass(frozen=True)
class Move:
    """One step: its question, what it means, the words of its button, and what is said when it is done."""

    state: WorkshopState
    action: str | Promise
    question: str | Promise
    meaning: str | Promise
    done: str | Promise
    is_back: bool = False

    @classmethod
    def to(cls, workshop: Workshop, state: WorkshopState) -> Self:
        """The step to `state`: undoing a step is worded otherwise than taking it."""
        back = BACK.get((workshop.state, state))
        action, question, meaning, done = back or FORTH[state]
        return cls(state, action, question, meaning, done, is_back=back is not None)


def moves_of(workshop: Workshop) -> list[Move]:
    """What can be done now: forward first, then what undoes a step."""
    allowed = MOVES[WorkshopState(workshop.state)]
    moves = [Move.to(workshop, state) for state in WorkshopState if state in allowed]
    return sorted(moves, key=lambda move: move.is_back)


Words = tuple[str | Promise, str | Promise, str | Promise, str | Promise]

FORTH: dict[WorkshopState, Words] = {
    WorkshopState.PLANNED: (
        _("Plan it again"),
        _("Plan this workshop again?"),
        _("It is open again for invitations and registrations."),
        _("The workshop is planned again."),
    ),
    WorkshopState.CONFIRMED: (
        _("Confirm"),
        _("Confirm this workshop?"),
        _("Place and days are settled. They can still be changed."),
        _("The workshop is confirmed."),
    ),
    WorkshopState.HELD: (
        _("Mark as held"),
        _("Mark this workshop as held?"),
        _("It counts as held from now on. People of paper lists can still be registered."),
        _("The workshop is marked as held."),
    ),
    WorkshopState.REPORTED: (
        _("Mark as reported"),
        _("Mark this workshop as reported?"),
        _("The report is complete. It can still be corrected."),
        _("The workshop is marked as reported."),
    ),
    WorkshopState.CLOSED: (
        _("Close the workshop"),
        _("Close this workshop?"),
        _(
            "Nobody can be registered any more. Names and contacts of people who were invited and did not "
            "come, and entries by the link that nobody confirmed, are deleted for good; the numbers stay. "
            "You can open it again, but what is deleted does not come back."
        ),
        _("The workshop is closed."),
    ),
    WorkshopState.POSTPONED: (
        _("Postpone"),
        _("Postpone this workshop?"),
        _("What is entered stays. When the new days are known, plan it again."),
        _("The workshop is postponed."),
    ),
    WorkshopState.CANCELLED: (
        _("Cancel the workshop"),
        _("Cancel this workshop?"),
        _(
            "Nobody can be registered in it any more. What is registered stays, and you can set it back to "
            "“planned”."
        ),
        _("The workshop is cancelled."),
    ),
}

BACK: dict[tuple[str, WorkshopState], Words] = {
    (WorkshopState.CONFIRMED, WorkshopState.PLANNED): (
        _("Back to “planned”"),
        _("Set this workshop back to “planned”?"),
        _("It is no longer confirmed. Nothing that was entered is lost."),
        _("The workshop is planned again."),
    ),
    (WorkshopState.HELD, WorkshopState.PLANNED): (
        _("Back to “planned”"),
        _("Set this workshop back to “planned”?"),
        _("For a mistake: it no longer counts as held. Nothing that was entered is lost."),
        _("The workshop is planned again."),
    ),
    (WorkshopState.REPORTED, WorkshopState.HELD): (
        _("Back to “held”"),
        _("Set this workshop back to “held”?"),
        _("The report is open again. Nothing that was entered is lost."),
        _("The workshop is marked as held."),
    ),
    (WorkshopState.CLOSED, WorkshopState.REPORTED): (
        _("Open it again"),
        _("Open this workshop again?"),
        _("People can be registered and corrected again. Names that were deleted do not come back."),
        _("The workshop is open again."),
    ),
    (WorkshopState.POSTPONED, WorkshopState.PLANNED): (
        _("Plan it for new days"),
        _("On which days will it take place?"),
        _("It is planned again for these days. What was entered before is still there."),
        _("The workshop is planned again."),
    ),
    (WorkshopState.CANCELLED, WorkshopState.PLANNED): (
        _("Back to “planned”"),
        _("Set this workshop back to “planned”?"),
        _("It is open again for invitations and registrations."),
        _("The workshop is planned again."),
    ),
}
