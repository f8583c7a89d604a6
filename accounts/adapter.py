"""What allauth may do here: sign in, sign out, reset a password. Nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are given by a coordinator; a form that anybody can fill in would be a way in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Mind capital letters in the password."
        ),
        "too_many_login_attempts": _("Too many attempts with this address. Please wait five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: the e-mail address is the name one signs in with."""
