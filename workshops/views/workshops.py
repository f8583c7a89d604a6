"""Workshops: the list, one workshop, making and changing it, its states."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE, listing
from people.models import Person
from workshops.filters import WorkshopFilter
from workshops.forms import WorkshopForm
from workshops.models import Participation, Workshop
from workshops.reports import Breakdown, Meter, counted_here
from workshops.rules import (
    can_create_workshops,
    can_edit_workshop,
    can_run_workshop,
    can_see_names,
    can_set_up_committee_at,
)
from workshops.services import MoveRefused, move_workshop, note_names_read, save_workshop
from workshops.states import WorkshopState, may_move

MOST_FOUND = 50


@require_safe
def workshop_list(request: SignedInRequest) -> HttpResponse:
    visible = Workshop.objects.visible_to(request.user)
    filters = WorkshopFilter(request.GET, queryset=visible)
    rows = filters.qs.for_list().with_turnout().for_reader(request.user)
    shown = listing(request, filters, rows)
    context = shown | {
        "rows": [
            (workshop, Meter.from_workshop(workshop, sees_all=can_run_workshop(request.user, workshop)))
            for workshop in shown["page"]
        ],
        "may_create": can_create_workshops(request.user),
    }
    return render(request, "workshops/workshop_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_new(request: SignedInRequest) -> HttpResponse:
    require(can_create_workshops(request.user))
    initial = {"locality": request.GET.get("locality", "")}
    form = WorkshopForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: save_workshop(form.save(commit=False), by=request.user, facilitators=[request.user]),
            address=Workshop.get_absolute_url,
        )
        messages.success(request, _("The workshop is created. You run it."))
        return redirect(address)
    status = 422 if form.errors else 200
    return render(request, "workshops/workshop_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_edit(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_edit_workshop(request.user, workshop))
    title = workshop.title
    form = WorkshopForm(request.POST or None, instance=workshop, user=request.user)
    if request.method == "POST" and form.is_valid():
        runners = form.cleaned_data["runners"]
        save_workshop(form.save(commit=False), by=request.user, facilitators=runners)
        messages.success(request, _("Saved."))
        return redirect(workshop)
    context = {"form": form, "workshop": workshop, "title": title}
    return render(request, "workshops/workshop_edit.html", context, status=422 if form.errors else 200)


@require_safe
def workshop_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """The workshop as its reader may see it: names for who runs it, codes for the others."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.prefetch_related("facilitators"), code=code)
    names = can_see_names(request.user, workshop)
    tallies = list(workshop.tallies.all())
    breakdown = Breakdown.from_workshop(workshop, tallies, sees_all=names)
    listed = workshop.participations.for_list()
    # Codes not in the order of arrival: beside a paper list of that order they would be names.
    people = Paginator(listed if names else listed.order_by("person__code"), PER_PAGE)
    people.count = breakdown.named  # counted already
    page = people.get_page(request.GET.get("page"))
    if names and page.object_list:
        note_names_read(workshop, by=request.user)
    today = timezone.localdate()
    context = {
        "workshop": workshop,
        "country": workshop.locality.country,
        "breakdown": breakdown,
        "counted_here": counted_here(workshop.locality.country),
        "page": page,
        "tallies": tallies if names else [],
        "committees": workshop.committees.all(),
        "names": names,
        "may_edit": can_edit_workshop(request.user, workshop),
        "may_register": names and workshop.accepts_registrations,
        "may_set_up_committee": can_set_up_committee_at(request.user, workshop),
        "may_hold": names and may_move(workshop.state, WorkshopState.HELD) and workshop.has_begun(today),
        "may_cancel": names and may_move(workshop.state, WorkshopState.CANCELLED),
        "may_reopen": names and may_move(workshop.state, WorkshopState.PLANNED),
    }
    return render(request, "workshops/workshop_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_search(request: SignedInRequest, code: str) -> HttpResponse:
    """Find a participant by a part of the name. POST, so that no name stands in an address or a log."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_see_names(request.user, workshop))
    text = request.POST.get("name", "")[:200]
    found: QuerySet[Participation] = workshop.participations.none()
    if text:
        note_names_read(workshop, by=request.user)
        people = Person.objects.with_name_parts(text).values("pk")
        found = workshop.participations.filter(person__in=people).for_list()[:MOST_FOUND]
    context = {"workshop": workshop, "text": text, "found": found}
    return render(request, "workshops/participant_search.html", context)


@require_POST
def workshop_hold(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    return moved(request, workshop, WorkshopState.HELD, _("The workshop is marked as held."))


@require_POST
def workshop_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    return moved(request, workshop, WorkshopState.PLANNED, _("The workshop is planned again."))


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_cancel(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.with_turnout(), code=code)
    require(can_run_workshop(request.user, workshop))
    if request.method == "POST":
        return moved(request, workshop, WorkshopState.CANCELLED, _("The workshop is cancelled."))
    return render(request, "workshops/workshop_cancel.html", {"workshop": workshop})


def moved(request: SignedInRequest, workshop: Workshop, to: WorkshopState, done: str) -> HttpResponse:
    """Back to the workshop, in its new state or with the reason why not."""
    try:
        move_workshop(workshop, to=to, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(workshop)
