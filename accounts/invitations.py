"""The mail that gives a new account its first password: a password reset in other words."""

from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User


def send_invitation(account: User, *, site: str) -> bool:
    """Mail the link under which `account` sets a password. `site` is the portal's own address,
    "https://host/". False when the mail could not be handed over: the account stays, one sends again."""
    link = site.rstrip("/") + reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)},
    )
    text = render_to_string(
        "accounts/email/invitation.txt",
        {"account": account, "link": link, "days": settings.PASSWORD_RESET_TIMEOUT // 86_400},
    )
    try:
        send_mail(_("Your account on the Localization portal"), text, None, [account.email])
    except (SMTPException, OSError):
        return False
    return True
