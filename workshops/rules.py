"""Who may do what with a workshop. Names are for those who run it; scope says in which places."""

from accounts.models import User
from accounts.roles import Capability
from people.models import Person
from workshops.models import Champion, Workshop
from workshops.states import WorkshopState

NOTHING_MORE = frozenset({WorkshopState.CLOSED, WorkshopState.CANCELLED})


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


def can_record_results(user: User, workshop: Workshop) -> bool:
    """What the workshop produced is written down by who runs it, until it is closed."""
    return can_run_workshop(user, workshop) and workshop.state not in NOTHING_MORE


def can_follow_up(user: User, workshop: Workshop) -> bool:
    """Commitments are asked about long after the workshop: a closed one stays open for that."""
    return can_run_workshop(user, workshop) and workshop.state != WorkshopState.CANCELLED


def can_accompany(user: User, champion: Champion) -> bool:
    """Who runs a workshop in which the champion is registered, the first one or a training."""
    return Person.objects.visible_to(user).filter(pk=champion.person_id).exists()
