"""The pages shown when something is refused, missing or broken. urls.py names them as handlers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from core.typed import typed_text


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what this user may not know of."""
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: what broke may be the session, the database or a context processor."""
    return HttpResponseServerError(render_to_string("500.html"))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or sign-in changed in another tab: say so, and give back the text."""
    response = render(request, "403_csrf.html", {"texts": typed_text(request)}, status=403)
    add_never_cache_headers(response)
    return response
