"""One view, one template, one context: an HTMX request only selects a part of the page."""

from typing import Any

from django.forms import BaseForm
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


def removed(request: HttpRequest, form: BaseForm, *, back: Any) -> HttpResponse:
    """What was typed into the form of a row that somebody removed meanwhile, to be used elsewhere.

    `back` is the row that the removed one belonged to: it has a URL and a name."""
    return render(request, "removed.html", {"form": form, "back": back}, status=409)
