"""Who may do what with a workshop. Names are for those who run it; scope says in which places."""

from accounts.models import User
from accounts.roles import Capability
from workshops.models import Workshop


def can_create_workshops(user: User) -> bool:
    return user.scope.anywhere(Capability.RUN_WORKSHOPS)


def can_run_workshop(user: User, workshop: Workshop) -> bool:
    """Named as facilitator, and the role still holds at the place: a role taken away ends it at once."""
    return user.scope.covers(Capability.RUN_WORKSHOPS, workshop.locality) and workshop.is_run_by(user)


def can_see_names(user: User, workshop: Workshop) -> bool:
    return can_run_workshop(user, workshop)


def can_edit_workshop(user: User, workshop: Workshop) -> bool:
    """Who runs it; and who gives access in the country, so that a workshop is never left to nobody."""
    gives_access = user.scope.covers(Capability.GIVE_ACCESS, workshop.locality)
    may_run = user.scope.covers(Capability.RUN_WORKSHOPS, workshop.locality)
    return (gives_access and may_run) or can_run_workshop(user, workshop)


def can_set_up_committee_at(user: User, workshop: Workshop) -> bool:
    """The committee is set up at the workshop or after it (domain.md §1), in the workshop's locality."""
    allowed = user.scope.covers(Capability.SET_UP_COMMITTEES, workshop.locality)
    return allowed and workshop.accepts_registrations
