"""How far guidelines came: the map and the list of a country, and noting a roll-out."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.pages import removed
from guidelines.forms.rollout import RolloutForm
from guidelines.models import Guidelines, GuidelinesState, Rollout
from guidelines.reports.country_reach import reach_of, rollouts_told
from guidelines.reports.rollout import Offer, Rollouts, workshops_to_note
from guidelines.rules import (
    can_change_rollout,
    can_read_draft,
    can_roll_out,
    can_write_guidelines,
    sees_small_numbers,
)
from guidelines.services import rollout as services
from guidelines.views.reach import reach_page
from localities.levels import units_at
from plans.editing import Attempt, conflicting
from workshops.models import Workshop


def _guidelines(request: SignedInRequest, code: str) -> Guidelines:
    visible = Guidelines.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("country"), code=code)


def _rollout(request: SignedInRequest, code: str, rollout: str) -> Rollout:
    rows = rollouts_told(Rollout.objects.visible_to(request.user), today=timezone.localdate())
    rows = rows.select_related("guidelines__country", "edition", "workshop").prefetch_related("localities")
    return get_object_or_404(rows, guidelines__code=code, code=rollout)


@require_safe
def guidelines_rollout(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = _guidelines(request, code)
    today = timezone.localdate()
    reach = reach_of(guidelines.country, level=guidelines.level, today=today)
    sees_all = sees_small_numbers(request.user, guidelines.country)
    may_write = can_write_guidelines(request.user, guidelines)
    context = reach_page(request, reach, guidelines.country) | {
        "guidelines": guidelines,
        "rollouts": Rollouts.of(guidelines, country=guidelines.country, today=today, sees_all=sees_all),
        "is_out": services.may_be_rolled_out(guidelines),
        "may_roll_out": can_roll_out(request.user, guidelines),
        "may_close": may_write and reach.is_whole and guidelines.state == GuidelinesState.LAUNCHED,
        "may_write": may_write,
        "hides_review": not can_read_draft(request.user, guidelines),
    }
    return render(request, "guidelines/guidelines_rollout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rollout_new(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = _guidelines(request, code)
    require(can_roll_out(request.user, guidelines))
    if not services.may_be_rolled_out(guidelines):
        messages.warning(request, _("Only a published edition can be rolled out. Publish one first."))
        return redirect("guidelines_rollout", guidelines.code)
    today = timezone.localdate()
    offer = _offer(request, guidelines, today)
    form = RolloutForm(
        request.POST if request.method == "POST" else None,
        instance=Rollout(guidelines=guidelines),
        initial={"kind": "workshop", "on": today, "trained": None} | (offer.values if offer else {}),
        guidelines=guidelines,
        user=request.user,
        today=today,
    )
    if form.is_bound and form.is_valid() and (address := _added(request, form)):
        messages.success(request, _("The roll-out is noted."))
        return redirect(address)
    context = _form_page(guidelines, form) | {
        "offer": offer,
        "workshops": workshops_to_note(guidelines, request.user, None, today=today)[:10],
    }
    return render(request, "guidelines/rollout_new.html", context, status=422 if form.is_bound else 200)


def _offer(request: SignedInRequest, guidelines: Guidelines, today: datetime.date) -> Offer | None:
    """What the workshop of ?workshop= says; nothing when it may not be noted."""
    asked = request.GET.get("workshop")
    if not asked or request.method == "POST":
        return None
    open_ones = workshops_to_note(guidelines, request.user, None, today=today)
    workshop = open_ones.select_related("locality__country").filter(code=asked).first()
    if workshop is None:
        return None
    places = {unit.path: unit.code for unit in units_at(guidelines.country, guidelines.level)}
    return Offer.of(workshop, user=request.user, places=places)


def _added(request: SignedInRequest, form: RolloutForm) -> str | None:
    try:
        return made_once(
            request,
            lambda: services.add_rollout(form.save(commit=False), localities=form.places(), by=request.user),
            address=Rollout.get_absolute_url,
        )
    except services.RolloutRefused as refused:
        form.add_error(refused.field, str(refused))
        return None


def _form_page(guidelines: Guidelines, form: RolloutForm) -> dict[str, Any]:
    return {"guidelines": guidelines, "form": form, "attempt": Attempt()}


@require_safe
def rollout_detail(request: SignedInRequest, code: str, rollout: str) -> HttpResponse:
    found = _rollout(request, code, rollout)
    may_change = can_change_rollout(request.user, found)
    sees_all = may_change or sees_small_numbers(request.user, found.guidelines.country)
    rollouts = Rollouts.of(
        found.guidelines,
        country=found.guidelines.country,
        today=timezone.localdate(),
        sees_all=sees_all,
    )
    row = next(row for row in rollouts.rows if row.rollout == found)
    context = {
        "guidelines": found.guidelines,
        "rollout": found,
        "row": row,
        "localities": found.localities.all(),
        "sees_all": sees_all,
        "threshold": rollouts.threshold,
        "workshop": Workshop.objects.visible_to(request.user).filter(rollouts=found).first(),
        "may_change": may_change,
    }
    return render(request, "guidelines/rollout_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rollout_edit(request: SignedInRequest, code: str, rollout: str) -> HttpResponse:
    found = _rollout(request, code, rollout)
    require(can_change_rollout(request.user, found))
    form = RolloutForm(
        request.POST if request.method == "POST" else None,
        instance=found,
        guidelines=found.guidelines,
        user=request.user,
        today=timezone.localdate(),
    )
    try:
        outcome = _saved(request, form)
    except RowRemoved:
        return removed(request, form, back=found.guidelines)
    if outcome.saved:
        messages.success(request, _("Saved."))
        return redirect(found)
    context = _form_page(found.guidelines, form) | {"rollout": found, "attempt": outcome}
    return render(request, "guidelines/rollout_edit.html", context, status=outcome.status)


def _saved(request: SignedInRequest, form: RolloutForm) -> Attempt:
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        services.save_rollout(
            form.save(commit=False),
            localities=form.places(),
            opened_version=form.opened_version,
            by=request.user,
        )
    except services.RolloutRefused as refused:
        form.add_error(refused.field, str(refused))
        return Attempt(status=422)
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True)


@require_http_methods(["GET", "HEAD", "POST"])
def rollout_remove(request: SignedInRequest, code: str, rollout: str) -> HttpResponse:
    found = _rollout(request, code, rollout)
    require(can_change_rollout(request.user, found))
    if request.method == "POST":
        services.remove_rollout(found, by=request.user)
        messages.success(request, _("The roll-out is removed."))
        return redirect("guidelines_rollout", found.guidelines.code)
    context = {"guidelines": found.guidelines, "rollout": found, "localities": found.localities.all()}
    return render(request, "guidelines/rollout_remove.html", context)
