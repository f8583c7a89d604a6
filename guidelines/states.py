"""The life of guidelines (domain.md §5): which state follows which, and when texts may be written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GuidelinesState(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")
    FIELD_TEST = "field_test", _("Field test")
    VALIDATED = "validated", _("Validated")
    ENDORSED = "endorsed", _("Endorsed")
    LAUNCHED = "launched", _("Launched")
    ROLLED_OUT = "rolled_out", _("Rolled out")
    REVISION = "revision", _("In revision")
    RETIRED = "retired", _("Retired")


S = GuidelinesState

# From each state, where it may go. A field test may be left out (F49). A text that was launched before is
# sent back to revision, one that never was to drafting.
MOVES: dict[GuidelinesState, frozenset[GuidelinesState]] = {
    S.DRAFTING: frozenset({S.FIELD_TEST, S.VALIDATED, S.RETIRED}),
    S.FIELD_TEST: frozenset({S.DRAFTING, S.REVISION, S.VALIDATED}),
    S.VALIDATED: frozenset({S.DRAFTING, S.REVISION, S.ENDORSED}),
    S.ENDORSED: frozenset({S.VALIDATED, S.DRAFTING, S.REVISION, S.LAUNCHED}),
    S.LAUNCHED: frozenset({S.ROLLED_OUT, S.REVISION, S.RETIRED}),
    S.ROLLED_OUT: frozenset({S.REVISION, S.RETIRED}),
    S.REVISION: frozenset({S.FIELD_TEST, S.VALIDATED, S.LAUNCHED, S.ROLLED_OUT, S.RETIRED}),
    S.RETIRED: frozenset(),
}

OPEN_STATES = frozenset({S.DRAFTING, S.FIELD_TEST, S.REVISION})  # the texts may be written
OUT_STATES = frozenset({S.LAUNCHED, S.ROLLED_OUT})  # an edition is out, and none is being written
SIGNING_STATES = frozenset({S.VALIDATED, S.ENDORSED})  # institutions may endorse the text
RETURNABLE_STATES = SIGNING_STATES | {S.FIELD_TEST}  # from here the text goes back to be written
TONES: dict[str, str] = {
    S.DRAFTING: "going",
    S.FIELD_TEST: "going",
    S.VALIDATED: "going",
    S.ENDORSED: "going",
    S.LAUNCHED: "done",
    S.ROLLED_OUT: "done",
    S.REVISION: "going",
    S.RETIRED: "stop",
}


def may_move(was: str, now: str) -> bool:
    return GuidelinesState(now) in MOVES[GuidelinesState(was)]
