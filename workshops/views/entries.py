"""What the pages have in common on which a facilitator writes down one thing that a workshop produced."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from workshops.contact_details import any_looks_like_contact
from workshops.models import Workshop
from workshops.rules import can_record_results


def workshop_to_fill(request: SignedInRequest, code: str) -> Workshop:
    """The workshop whose results the reader writes down: 404 for hidden ones, 403 for the others'."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_record_results(request.user, workshop))
    return workshop


def row_to_change(request: SignedInRequest, rows: Any, code: str, part: str) -> Any:
    """One row of a workshop, among those that the reader may see, to be changed or removed."""
    visible = rows.visible_to(request.user).select_related("workshop__locality__country")
    row = get_object_or_404(visible, workshop__code=code, code=part)
    require(can_record_results(request.user, row.workshop))
    return row


def sent(request: HttpRequest) -> Any:
    """What was sent, for a form that is bound even when it came empty."""
    return request.POST if request.method == "POST" else None


def entry_page(
    request: HttpRequest, template: str, workshop: Workshop, form: BaseForm, **more: Any
) -> HttpResponse:
    """The page with its form, 422 when there is something to look at again."""
    context = {"workshop": workshop, "form": form} | more
    return render(request, template, context, status=422 if form.errors else 200)


def results_page(workshop: Workshop, block: str = "") -> str:
    return reverse("results", args=[workshop.code]) + (f"#{block}" if block else "")


def added(
    request: SignedInRequest, form: BaseForm, make: Callable[[], Model], *, to: str, block: str, done: str
) -> HttpResponse:
    """Make the row once, and go on: to the next of its kind, or to the results."""
    workshop_code = request.resolver_match.kwargs["code"]  # type: ignore[union-attr]
    back = reverse("results", args=[workshop_code]) + f"#{block}"
    address = reverse(to, args=[workshop_code]) if "again" in request.POST else back
    made_once(request, make, address=lambda row: address)
    messages.success(request, done)
    warn_of_contacts(request, form)
    return redirect(address)


def warn_of_contacts(request: HttpRequest, form: BaseForm) -> None:
    """A phone number or an address in a text that many read: said, and saved all the same."""
    if any_looks_like_contact(form.cleaned_data.values()):
        messages.warning(
            request,
            _(
                "Saved, but please look at the text again: something in it looks like a phone number or an "
                "e-mail address. If it is that of a person, take it out."
            ),
        )
