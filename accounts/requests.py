"""The request that a view gets behind the sign-in middleware, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SignedInRequest(HttpRequest):
    """`user` is an account: LoginRequiredMiddleware lets nobody else through."""

    user: User
    htmx: HtmxDetails
