"""The programme of a workshop: read it, draw it up, move its sessions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page, removed
from workshops.forms.programme import ProgrammeItemForm, ProgrammeStartForm
from workshops.models import Half, ProgrammeItem, Workshop
from workshops.programme_templates import TEMPLATES
from workshops.reports.programme import ProgrammePlan
from workshops.rules import can_run_workshop
from workshops.services.programme import (
    add_item,
    change_item,
    copy_programme,
    move_item,
    place_item,
    remove_item,
    start_from_template,
)


@require_safe
def programme(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    return programme_page(request, workshop)


def programme_page(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    context = {
        "workshop": workshop,
        "plan": ProgrammePlan.from_workshop(workshop),
        "may_edit": can_run_workshop(request.user, workshop),
    }
    return page(request, "workshops/programme.html", context, part="plan")


@require_http_methods(["GET", "HEAD", "POST"])
def programme_start(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    form = ProgrammeStartForm(
        request.POST if request.method == "POST" else None, workshop=workshop, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: begin(request, workshop, form),
            address=lambda started: reverse("programme", args=[started.code]),
        )
        return redirect(address)
    context = {"form": form, "workshop": workshop}
    return render(request, "workshops/programme_start.html", context, status=422 if form.is_bound else 200)


def begin(request: SignedInRequest, workshop: Workshop, form: ProgrammeStartForm) -> Workshop:
    if earlier := form.chosen_event:
        number = copy_programme(workshop, earlier=earlier, replace=form.replaces, by=request.user)
    else:
        sessions = TEMPLATES[form.cleaned_data["source"]].sessions
        number = start_from_template(workshop, sessions, replace=form.replaces, by=request.user)
    messages.success(
        request,
        ngettext(
            "%(number)s session is written. Change what is different here.",
            "%(number)s sessions are written. Change what is different here.",
            number,
        )
        % {"number": number},
    )
    return workshop


@require_http_methods(["GET", "HEAD", "POST"])
def programme_item_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    initial = {"day": request.GET.get("day", "1"), "half": request.GET.get("half", Half.MORNING)}
    form = ProgrammeItemForm(
        request.POST if request.method == "POST" else None,
        instance=ProgrammeItem(workshop=workshop),
        workshop=workshop,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request, lambda: add_item(form.save(commit=False), by=request.user), address=address_of
        )
        messages.success(request, _("The session is added."))
        return redirect(address)
    context = {"form": form, "workshop": workshop}
    status = 422 if form.is_bound else 200
    return render(request, "workshops/programme_item_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_item_edit(request: SignedInRequest, code: str, item: str) -> HttpResponse:
    try:
        found = item_or_404(request, code, item)
    except Http404:
        if request.method != "POST":
            raise
        return typed_for_removed(request, code)
    require(can_run_workshop(request.user, found.workshop))
    form = ProgrammeItemForm(
        request.POST if request.method == "POST" else None, instance=found, workshop=found.workshop
    )
    if request.method == "POST" and form.is_valid():
        change_item(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(address_of(found))
    context = {"form": form, "workshop": found.workshop, "item": found}
    status = 422 if form.is_bound else 200
    return render(request, "workshops/programme_item_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_item_remove(request: SignedInRequest, code: str, item: str) -> HttpResponse:
    found = item_or_404(request, code, item)
    require(can_run_workshop(request.user, found.workshop))
    if request.method == "POST":
        remove_item(found, by=request.user)
        messages.success(request, _("The session is removed."))
        return redirect("programme", code)
    context: dict[str, Any] = {"workshop": found.workshop, "item": found}
    return render(request, "workshops/programme_item_remove.html", context)


@require_POST
def programme_move(request: SignedInRequest, code: str) -> HttpResponse:
    """`up` or `down` names the session that goes one place; `item`, `day`, `half` and `before` say where
    it was dropped."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    up, down = request.POST.get("up"), request.POST.get("down")
    item = session_of(workshop, up or down or request.POST.get("item", ""))
    if item is None:
        messages.error(request, _("Somebody removed this session in the meantime."))
    elif up or down:
        move_item(item, up=bool(up), by=request.user)
    else:
        drop(request, workshop, item)
    if request.htmx:
        return programme_page(request, workshop)
    return redirect(address_of(item) if item else reverse("programme", args=[code]))


def drop(request: SignedInRequest, workshop: Workshop, item: ProgrammeItem) -> None:
    day, half = request.POST.get("day", ""), request.POST.get("half", "")
    last = max(workshop.days, item.day)
    if half in Half.values and day in {str(number) for number in range(1, last + 1)}:
        before = session_of(workshop, request.POST.get("before", ""))
        place_item(item, day=int(day), half=half, before=before, by=request.user)


def session_of(workshop: Workshop, code: str) -> ProgrammeItem | None:
    """The session of this workshop with that code. What no database holds is nobody's code."""
    known = {item.code: item for item in workshop.programme.select_related("workshop")}
    return known.get(code)


def address_of(item: ProgrammeItem) -> str:
    return reverse("programme", args=[item.workshop.code]) + f"#{item.code}"


def item_or_404(request: SignedInRequest, code: str, item: str) -> ProgrammeItem:
    items = ProgrammeItem.objects.visible_to(request.user).select_related("workshop__locality__country")
    return get_object_or_404(items, workshop__code=code, code=item)


def typed_for_removed(request: SignedInRequest, code: str) -> HttpResponse:
    """What was typed for a session that somebody removed meanwhile."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    form = ProgrammeItemForm(request.POST, instance=ProgrammeItem(workshop=workshop), workshop=workshop)
    return removed(request, form, back=workshop)
