"""One view, one template, one context: an HTMX request only selects a part of the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only its partial named `part` when htmx asked.

    A history restore asks for the whole page although it comes from htmx.
    """
    htmx = getattr(request, "htmx", None)
    if part and htmx and not htmx.history_restore_request:
        template = f"{template}#{part}"
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response
