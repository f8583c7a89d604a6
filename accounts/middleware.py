"""What the browser keeps of pages that were shown to somebody signed in: nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


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
