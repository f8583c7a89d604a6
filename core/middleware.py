"""What no page has to think of."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


def no_null_characters(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """An address with a NUL character is not found. PostgreSQL refuses to look such a text up, and
    forms refuse it at the field; addresses and searches are refused here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return get_response(request)

    return middleware
