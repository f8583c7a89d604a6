"""What no page has to think of."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.pdf.now import NoPaper, PaperTooLarge

RETRY_AFTER = 15  # seconds: a few papers later


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


class NoPaperInWords:
    """A paper that was too large, or had too many before it: the page says which it was and what helps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NoPaper):
            return None
        too_large = exception if isinstance(exception, PaperTooLarge) else None
        context = {"paper": too_large, "again": request.get_full_path()}
        response = render(request, "no_paper.html", context, status=422 if too_large else 503)
        if not too_large:
            response["Retry-After"] = str(RETRY_AFTER)
        return response
