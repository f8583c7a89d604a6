"""The third ring of access: a rule answers, a refusal is a 403.

The first ring (sign-in) is middleware, the second (which rows exist for a user) is each
QuerySet's `visible_to(user)`; docs/architecture.md describes all three.
"""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Go on when `allowed`; else raise PermissionDenied, which is shown as a plain 403 page."""
    if not allowed:
        raise PermissionDenied
