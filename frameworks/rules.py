"""Who may say what about a framework. Everybody signed in may read all of them."""

from accounts.models import User
from accounts.roles import Capability
from frameworks.models import Framework, FrameworkKind


def can_keep_naps(user: User, framework: Framework) -> bool:
    """Say which National Action Plan of its country replaces it."""
    if framework.kind != FrameworkKind.NAP or framework.country_id is None:
        return False
    return user.scope.covers_country(Capability.KEEP_FRAMEWORKS, framework.country_id)
