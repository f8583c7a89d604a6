"""Pages are closed by default, and the browser keeps nothing of what it showed to somebody signed in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control

from core.typed import typed_text


def no_store_when_signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """After sign-out on a shared phone the back button must show nothing (domain.md §2.7)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Asked before the view: signing out is an answer to somebody signed in, too.
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if signed_in or request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Every page is closed unless marked; a text that was sent after the sign-in ended is not lost."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        to_sign_in = super().handle_no_permission(request, view_func)
        texts = typed_text(request)
        if not texts or request.headers.get("HX-Request"):
            return to_sign_in  # the page that asked with htmx still holds its form
        response = render(request, "signed_out.html", {"texts": texts, "sign_in": to_sign_in.url}, status=403)
        add_never_cache_headers(response)
        return response
