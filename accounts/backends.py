"""Who is signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class PortalBackend(AuthenticationBackend):
    """allauth's, which fetches with the account how many notices it has not read: the bell in the header
    of every page costs no query of its own."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = User.objects.with_unread_notices().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
