"""allauth's views as this portal uses them: only those that one address or another needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from django.http import HttpRequest, HttpResponse


def refused_is_422(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """allauth answers 200 to a refused form; in the portal every refused form is a 422."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return answer


def leaves_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signing out takes what pages kept on the device with it: telephones are shared (domain.md §2.7)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"storage"'
        return response

    return answer


account_login = refused_is_422(views.login)
account_logout = leaves_nothing(views.logout)
account_inactive = views.account_inactive
account_change_password = refused_is_422(views.password_change)
account_reset_password = refused_is_422(views.password_reset)
account_reset_password_done = views.password_reset_done
account_reset_password_from_key = refused_is_422(views.password_reset_from_key)
account_reset_password_from_key_done = views.password_reset_from_key_done
