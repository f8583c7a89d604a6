"""Self-registration: the page behind the QR code, and its other side for who runs the workshop."""

from typing import Any

import segno
from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE
from localities.languages import direction
from people.consent import Purpose, wording
from workshops.forms.self_registration import ClosedForm, DoorForm, SelfRegistrationForm
from workshops.models import SelfRegistration, Workshop
from workshops.reports.waiting import Waiting
from workshops.rules import can_run_workshop
from workshops.services import AlreadyRegistered, RegistrationClosed, note_names_read
from workshops.services.refusals import WorkshopRefusal
from workshops.services.self_registration import (
    ListIsFull,
    NotWaiting,
    close_door,
    confirm,
    confirm_all,
    decline,
    door_in,
    has_arrived,
    knock,
    open_door,
    workshop_behind,
)
from workshops.throttle import is_too_often

# In ten minutes: a hall of forty behind one router, each with a mistake or two, stays far under it.
MOST_FROM_ONE_ADDRESS = 150
MOST_AT_ONE_DOOR = 600
WINDOW = 600
MOST_AT_ONCE = 100  # confirmed with one tap


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def self_registration(request: HttpRequest, door: str) -> HttpResponse:
    """Public, since a participant has no account: the code in the link is the key. Shows nobody else,
    no number and no venue. An unknown and a closed link give the same page."""
    workshop = workshop_behind(door)
    if workshop is None:
        return not_open(request, door)
    if request.method != "POST":
        return door_page(request, workshop, SelfRegistrationForm(workshop=workshop))
    form = SelfRegistrationForm(request.POST, workshop=workshop)
    if comes_too_often(request, workshop):
        form.add_error(
            None, _("Very many people are registering just now. Please try again in a few minutes.")
        )
        answer = door_page(request, workshop, form, status=429)
        answer["Retry-After"] = str(WINDOW)
        return answer
    if not form.is_valid():
        return door_page(request, workshop, form, status=422)
    try:
        knock(
            workshop,
            details=form.details(),
            purposes=form.purposes(),
            language=get_language() or "en",
            submission=form.cleaned_data["submission"],
        )
    except ListIsFull as refusal:
        form.add_error(None, str(refusal))
        return door_page(request, workshop, form, status=409)
    return unlisted(redirect("self_registration_done", workshop.door_code))


def not_open(request: HttpRequest, door: str) -> HttpResponse:
    """Closed while somebody typed, it gives back what was typed, to be shown at the entrance; nothing is
    saved. What had arrived before it was closed, and is sent again, has arrived."""
    form = ClosedForm(request.POST or None)
    if form.is_valid() and has_arrived(form.cleaned_data["submission"]) and door_in(door):
        return unlisted(redirect("self_registration_done", door_in(door)))
    context = {"typed": form.typed() if request.method == "POST" else []}
    return unlisted(render(request, "workshops/self_registration_closed.html", context, status=404))


def comes_too_often(request: HttpRequest, workshop: Workshop) -> bool:
    """Per address at this door, and per door. An address that nobody can tell counts as one."""
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        address = ""
    what = f"knock:{workshop.door_code}"
    return is_too_often(f"{what}:{address}", limit=MOST_FROM_ONE_ADDRESS, seconds=WINDOW) or is_too_often(
        what, limit=MOST_AT_ONE_DOOR, seconds=WINDOW
    )


def door_page(
    request: HttpRequest, workshop: Workshop, form: SelfRegistrationForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "workshop": workshop,
        "form": form,
        "wording_register": wording(Purpose.REGISTER),
        "wording_contact": wording(Purpose.CONTACT),
    }
    return unlisted(render(request, "workshops/self_registration.html", context, status=status))


def unlisted(response: HttpResponse) -> HttpResponse:
    """For no search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_not_required
@never_cache
@require_safe
def self_registration_done(request: HttpRequest, door: str) -> HttpResponse:
    """Public like the form before it; the same words for every code, so it says nothing of any."""
    return unlisted(render(request, "workshops/self_registration_done.html", {"door": door}))


def workshop_run(request: SignedInRequest, code: str) -> Workshop:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    return workshop


@require_http_methods(["GET", "HEAD", "POST"])
def self_registration_desk(request: SignedInRequest, code: str) -> HttpResponse:
    """Open and close the door, and deal with those who wait."""
    workshop = workshop_run(request, code)
    form = DoorForm(workshop=workshop)
    if request.method == "POST":
        if "open" not in request.POST:
            act(request, workshop)
            return redirect("self_registration_desk", workshop.code)
        form = DoorForm(request.POST, workshop=workshop)
        if form.is_valid():
            return open_now(request, workshop, form)
    context = {
        "workshop": workshop,
        "form": form,
        "is_open": workshop.door_is_open(timezone.now()),
        "link": link_of(request, workshop),
        **waiting_shown(request, workshop),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/self_registration_desk.html", context, status=status)


def waiting_shown(request: SignedInRequest, workshop: Workshop) -> dict[str, Any]:
    """Those who wait, as they came."""
    entries = SelfRegistration.objects.visible_to(request.user).filter(workshop=workshop)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        note_names_read(workshop, by=request.user)
    rows = Waiting.from_entries(list(page), workshop=workshop, user=request.user)
    return {"page": page, "rows": rows, "plain": sum(row.is_plain for row in rows)}


def open_now(request: SignedInRequest, workshop: Workshop, form: DoorForm) -> HttpResponse:
    try:
        open_door(workshop, closes_at=form.cleaned_data["closes_at"], by=request.user)
    except RegistrationClosed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Self-registration is open. Links and posters from before open nothing."))
    return redirect("self_registration_desk", workshop.code)


def act(request: SignedInRequest, workshop: Workshop) -> None:
    """Close the door, or confirm one or all who wait; what happened stands in the messages."""
    try:
        if "close" in request.POST:
            close_door(workshop, by=request.user)
            messages.success(request, _("Self-registration is closed. Who is waiting waits on."))
        elif "confirm_all" in request.POST:
            confirm_those_without_namesake(request, workshop)
        elif "confirm" in request.POST:
            confirm_one(request, workshop)
    except WorkshopRefusal as refusal:
        messages.error(request, str(refusal))


def confirm_one(request: SignedInRequest, workshop: Workshop) -> None:
    entries = SelfRegistration.objects.visible_to(request.user).filter(workshop=workshop)
    entry = entries.filter(code=request.POST["confirm"]).first()
    if entry is None:
        raise NotWaiting
    entry.workshop = workshop
    [waiting] = Waiting.from_entries([entry], workshop=workshop, user=request.user)
    known = {each.likeness.person.code: each.likeness.person for each in waiting.namesakes}
    chosen = request.POST.get("same_as", "")
    seen = set(request.POST.get("seen", "").split(","))
    if chosen and chosen not in known:
        messages.error(
            request, _("That person was merged or erased meanwhile. Nothing is saved: choose again.")
        )
        return
    if not chosen and not set(known) <= seen:
        messages.error(
            request, _("Somebody of this name was registered meanwhile. Nothing is saved: look again.")
        )
        return
    person = known.get(chosen)
    try:
        new = confirm(entry, person=person, by=request.user)
    except AlreadyRegistered:
        messages.error(request, _("That person is on the list of this workshop already: decline this entry."))
    else:
        messages.success(request, _("Registered, as %(code)s.") % {"code": new.person.code})


def confirm_those_without_namesake(request: SignedInRequest, workshop: Workshop) -> None:
    """Asked anew who is like whom: somebody may have been registered since the page was opened."""
    entries = SelfRegistration.objects.visible_to(request.user).filter(workshop=workshop)[:MOST_AT_ONCE]
    rows = Waiting.from_entries(list(entries), workshop=workshop, user=request.user)
    plain = [row.entry for row in rows if row.is_plain]
    for entry in plain:
        entry.workshop = workshop
    done = confirm_all(plain, by=request.user)
    messages.success(
        request, ngettext("%(n)s person registered.", "%(n)s people registered.", done) % {"n": done}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def self_registration_decline(request: SignedInRequest, code: str, entry: str) -> HttpResponse:
    workshop = workshop_run(request, code)
    rows = SelfRegistration.objects.visible_to(request.user).filter(workshop=workshop)
    waiting = get_object_or_404(rows, code=entry)
    if request.method == "POST":
        try:
            decline(waiting, by=request.user)
        except NotWaiting as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Declined: what was entered is deleted."))
        return redirect("self_registration_desk", workshop.code)
    note_names_read(workshop, by=request.user)
    context = {"workshop": workshop, "entry": waiting}
    return render(request, "workshops/self_registration_decline.html", context)


@require_safe
def self_registration_poster(request: SignedInRequest, code: str) -> HttpResponse:
    """For the wall beside the door: in the workshop's language, and without the venue."""
    workshop = workshop_run(request, code)
    if not workshop.door_is_open(timezone.now()):
        messages.info(request, _("Open self-registration first: the poster shows its link."))
        return redirect("self_registration_desk", workshop.code)
    link = link_of(request, workshop)
    with override(workshop.language):
        words = {
            "call": _("Register here"),
            "how": _("Point the camera of your phone at the square, or type this address:"),
            "no_phone": _("No phone? We write you down at the entrance."),
            "who_sees": _("Only the people who run this workshop see your name."),
        }
    context = {
        "workshop": workshop,
        "link": link,
        "qr": qr_code(link),
        "words": words,
        "direction": direction(workshop.language),
    }
    return render(request, "workshops/self_registration_poster.html", context)


def link_of(request: HttpRequest, workshop: Workshop) -> str:
    if not workshop.door_code:
        return ""
    return request.build_absolute_uri(reverse("self_registration", args=[workshop.door_code]))


def qr_code(link: str) -> SafeString:
    """As an SVG drawing within the page. Presentation attributes only: the CSP allows no style."""
    drawing = segno.make(link, error="m").svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, title=_("QR code of the link"), border=4
    )
    return mark_safe(drawing)  # noqa: S308 - drawn from an address of our own by segno, which escapes
