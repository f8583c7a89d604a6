"""What the registration desk shows, and what of it stays for the next person in the queue."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page
from people.consent import Given, Purpose, wording
from workshops.forms import (
    MORE_PERMISSIONS,
    RegistrationForm,
    organizations_suggested,
    places_suggested,
    positions_suggested,
)
from workshops.models import Entry, Invitation, Workshop
from workshops.programme import HalfDay, half_days
from workshops.reports import Meter
from workshops.reports.known import Known
from workshops.rules import can_run_workshop

LAST_SHOWN = 5
ANOTHER = "another"


def workshop_at_desk(request: SignedInRequest, code: str) -> Workshop:
    """The workshop with its turnout, and whether somebody invited has not come yet."""
    waited_for = Invitation.objects.filter(workshop=OuterRef("pk"), participation=None)
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    with_numbers = workshops.with_turnout().annotate(waits_for_somebody=Exists(waited_for))
    workshop = get_object_or_404(with_numbers, code=code)
    require(can_run_workshop(request.user, workshop))
    return workshop


def days_on_paper(workshop: Workshop, data: QueryDict) -> list[HalfDay]:
    """The half-days that a paper list may have been signed for: until today."""
    if data.get("entry") != Entry.PAPER:
        return []
    today = timezone.localdate()
    return [each for each in half_days(workshop, workshop.programme.all()) if each.day <= today]


def sent_form(request: SignedInRequest, workshop: Workshop) -> RegistrationForm:
    return RegistrationForm(request.POST, workshop=workshop, half_days=days_on_paper(workshop, request.POST))


def fresh_form(workshop: Workshop, data: QueryDict, **initial: Any) -> RegistrationForm:
    """An empty form; what is the same for a whole queue stays."""
    days = days_on_paper(workshop, data)
    form = RegistrationForm(workshop=workshop, half_days=days, initial=kept(workshop, data) | initial)
    if initial:
        form.fields["full_name"].widget.attrs.pop("autofocus")
    return form


def kept(workshop: Workshop, data: QueryDict) -> dict[str, Any]:
    """How consent is given, in which language, from which list: not chosen again for each person."""
    stays: dict[str, Any] = {}
    if data.get("how") in Given.values:
        stays["how"] = data["how"]
    if data.get("entry") == Entry.PAPER:
        stays = {"how": Given.PAPER} | stays | {"entry": Entry.PAPER, "half": data.getlist("half")}
    if data.get("language", workshop.language) != workshop.language:
        stays["language"] = data["language"][:10]
    return stays


def next_person(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    """An empty form; what happened stands in the messages."""
    if request.htmx:
        # The witness stays for the queue, but never stands in an address.
        form = fresh_form(workshop, request.POST)
        form.initial["witness"] = request.POST.get("witness", "")[:150]
        return desk(request, workshop, form)
    stays = kept(workshop, request.POST)
    query = f"?{urlencode(stays, doseq=True)}" if stays else ""
    return redirect(reverse("registration", args=[workshop.code]) + query)


def desk(
    request: SignedInRequest,
    workshop: Workshop,
    form: RegistrationForm,
    *,
    cards: list[Known] | None = None,
    chosen: Known | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "workshop": workshop,
        "form": form,
        "is_paper": form["entry"].value() == Entry.PAPER,
        "cards": cards or [],
        "chosen": chosen,
        "another": ANOTHER,
        "meter": Meter.from_workshop(workshop, sees_all=True),
        "last": workshop.participations.for_list()[:LAST_SHOWN],
        "wording_register": wording(Purpose.REGISTER),
        "wording_contact": wording(Purpose.CONTACT),
        "wording_guardian": wording(Purpose.GUARDIAN),
        "permissions": permissions(form),
        # Not part of what htmx fetches, so not read for it.
        "positions": positions_suggested(workshop, request.user),
        "organizations": organizations_suggested(workshop, request.user),
    }
    if not request.htmx:
        context["places"] = places_suggested(workshop)
    return page(request, "workshops/registration.html", context, part="desk", status=status)


def permissions(form: Any) -> list[tuple[Any, str]]:
    """Each further permission as its tick and the words that are said."""
    asked = [(name, purpose) for name, purpose in MORE_PERMISSIONS.items() if name in form.fields]
    return [(form[name], wording(purpose)) for name, purpose in asked]
