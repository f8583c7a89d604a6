"""Who may do what with guidelines."""

from accounts.models import User
from accounts.roles import Capability
from guidelines.models import Guidelines


def can_start_guidelines(user: User) -> bool:
    """Whoever writes guidelines in some country; the form offers those countries."""
    return user.scope.anywhere(Capability.WRITE_GUIDELINES)


def can_write_guidelines(user: User, guidelines: Guidelines) -> bool:
    return user.scope.covers_country(Capability.WRITE_GUIDELINES, guidelines.country_id)


def can_export_guidelines(user: User, guidelines: Guidelines) -> bool:
    """Asking for a PDF costs work; fetching one that is made is open to every reader."""
    return can_write_guidelines(user, guidelines)
