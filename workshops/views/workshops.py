"""Workshops: the list, one workshop, making and changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from workshops.filters import WorkshopFilter
from workshops.forms.workshops import WorkshopForm, last_localization_in, training_hints
from workshops.models import Workshop
from workshops.reports import Meter
from workshops.reports.overview import Overview, with_work
from workshops.reports.stages import Stages
from workshops.rules import (
    can_create_workshops,
    can_edit_workshop,
    can_run_workshop,
    can_set_up_committee_at,
)
from workshops.services import save_workshop
from workshops.states import TO_COME, WorkshopKind, WorkshopState, may_move


@require_safe
def workshop_list(request: SignedInRequest) -> HttpResponse:
    visible = Workshop.objects.visible_to(request.user).for_reader(request.user)
    filters = WorkshopFilter(request.GET, queryset=visible.listed_on(timezone.localdate()), request=request)
    rows = filters.qs.for_list().with_turnout()
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
    initial = {"locality": request.GET.get("locality", ""), "kind": request.GET.get("kind", "")}
    form = WorkshopForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: save_workshop(form.save(commit=False), by=request.user, facilitators=[request.user]),
            address=Workshop.get_absolute_url,
        )
        messages.success(request, _("The workshop is created. You run it."))
        return redirect(address)
    context = {"form": form, "training_hints": training_hints(request.user)}
    return render(request, "workshops/workshop_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_edit(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_edit_workshop(request.user, workshop))
    title, days = workshop.title, workshop.days
    runs = can_run_workshop(request.user, workshop)
    form = WorkshopForm(request.POST or None, instance=workshop, user=request.user, sees_all=runs)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        save_workshop(
            form.save(commit=False),
            by=request.user,
            facilitators=data["runners"],
            other_localities=data["other_localities"],
        )
        messages.success(request, _("Saved."))
        if workshop.days < days:
            warn_of_sessions_left_over(request, workshop)
        return redirect(workshop)
    context = {"form": form, "workshop": workshop, "title": title, "runs": runs}
    return render(request, "workshops/workshop_edit.html", context, status=422 if form.errors else 200)


def warn_of_sessions_left_over(request: SignedInRequest, workshop: Workshop) -> None:
    """The workshop became shorter: what stood on a day that is gone is kept, and somebody must look."""
    if over := workshop.programme.filter(day__gt=workshop.days).count():
        messages.warning(
            request,
            ngettext(
                "%(number)s session stands after the last day now. Nothing was deleted: move it on the "
                "programme.",
                "%(number)s sessions stand after the last day now. Nothing was deleted: move them on the "
                "programme.",
                over,
            )
            % {"number": over},
        )


@require_safe
def workshop_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """The first page of a workshop: how far it is, what comes next, how many came. No names."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    found = with_work(workshops.with_turnout()).prefetch_related("facilitators")
    workshop: Any = get_object_or_404(found, code=code)
    runs, today = can_run_workshop(request.user, workshop), timezone.localdate()
    committees = list(workshop.committees.all())
    is_coming_training = workshop.kind == WorkshopKind.TRAINING_OF_TRAINERS and workshop.state in TO_COME
    country = workshop.locality.country
    context: dict[str, Any] = {
        "workshop": workshop,
        "country": country,
        "stages": Stages.from_workshop(workshop, sees_all=runs),
        "overview": Overview.from_workshop(
            workshop,
            committees=committees,
            last_workshop=last_localization_in(country, request.user) if is_coming_training else None,
            today=today,
            runs=runs,
        ),
        "committees": committees,
        "other_localities": workshop.other_localities.all() if workshop.has_other_localities else [],
        "referrals": workshop.referral_contacts.all() if runs and workshop.has_referrals else [],
        "runs": runs,
        "may_edit": can_edit_workshop(request.user, workshop),
        "may_register": runs and workshop.accepts_registrations,
        "may_set_up_committee": workshop.has_begun(today) and can_set_up_committee_at(request.user, workshop),
        "may_hold": runs and may_move(workshop.state, WorkshopState.HELD) and workshop.has_begun(today),
    }
    return render(request, "workshops/workshop_detail.html", context)
