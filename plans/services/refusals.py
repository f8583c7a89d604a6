"""Why a plan cannot be written or moved, in words that a person can act on."""

from django.utils.translation import gettext

from core.refusals import FieldRefused
from plans.models import LocalActionPlan
from plans.reports.matrix import Shortcoming
from plans.states import RETURNABLE_STATES, TAKEN_UP_STATES


class PlanClosed(Exception):
    """The plan's texts may not be changed in its state."""

    def __init__(self, plan: LocalActionPlan) -> None:
        if plan.is_in_force:
            super().__init__(
                gettext(
                    "The plan is adopted and closed for changes. "
                    "The committee's secretary can open an amendment, with a reason."
                )
            )
            return
        closed = gettext("The plan is closed for changes: %(state)s.") % {"state": plan.get_state_display()}
        super().__init__(f"{closed} {_way_back(plan)}".strip())


def _way_back(plan: LocalActionPlan) -> str:
    """How the texts can be opened again; nothing for a plan that is over."""
    if plan.state in RETURNABLE_STATES:
        return gettext("The committee's secretary can return it to drafting, with a reason.")
    if plan.state in TAKEN_UP_STATES:
        return gettext("The committee's secretary can take it up again, with a reason.")
    return ""


class Reported(Exception):
    """A part of the plan cannot be removed: what was reported about it would be lost."""


class PlanNotReady(Exception):
    """Something is missing before the plan can be submitted (BR8 to BR11)."""

    def __init__(self, shortcomings: list[Shortcoming]) -> None:
        super().__init__(gettext("The plan is not complete yet."))
        self.shortcomings = shortcomings


class MoveRefused(Exception):
    """The plan cannot go there from where it is: somebody else was faster, as a rule."""

    def __init__(self, plan: LocalActionPlan) -> None:
        super().__init__(
            gettext("This step does not fit any more: the plan's state is “%(state)s”.")
            % {"state": plan.get_state_display()}
        )


class AmendmentOver(MoveRefused):
    """The amendment was adopted or dropped meanwhile."""

    def __init__(self, plan: LocalActionPlan) -> None:
        Exception.__init__(self, gettext("No amendment of this plan is open any more."))


class DateRefused(FieldRefused):
    """A decision cannot have that date."""


class GateClosed(Exception):
    """Something has to be done before this step. `page` is the URL name of where it is done, in one plan;
    `link` says what is there."""

    def __init__(self, message: str, *, page: str, link: str) -> None:
        super().__init__(message)
        self.page = page
        self.link = link


class EditionDiffers(Exception):
    """The plan as it is written differs from its last edition, so the amendment cannot be dropped."""

    def __init__(self, why: str = "") -> None:
        said = gettext("The texts differ from the last edition. Restore them first, or adopt the amendment.")
        super().__init__(f"{said} {why}".strip())
