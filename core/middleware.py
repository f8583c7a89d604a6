"""What no page has to think of."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


def no_null_characters(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """An address with a NUL character is not found, a cookie with one is no cookie. PostgreSQL refuses
    to look such a text up; forms refuse it at the field, all else is refused here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware
