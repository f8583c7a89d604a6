"""Objectives: started from items of the National Action Plan, or written here."""

from collections.abc import Mapping
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from plans import services
from plans.editing import attempt
from plans.forms import NapItemsForm, ObjectiveForm
from plans.models import LocalActionPlan, Objective
from plans.reports import PlanMatrix, voted_items
from plans.rules import can_write_plan
from plans.views.gone import typed_for_removed
from workshops.reports.results import RankedItem

FIRST_PLACES = 3  # of the vote at the workshop, offered before all others


@require_http_methods(["GET", "HEAD", "POST"])
def nap_items(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    if not plan.is_open:
        messages.error(request, str(services.PlanClosed(plan)))
        return redirect(plan)
    form = NapItemsForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            started = services.start_objectives(plan, form.cleaned_data["items"], by=request.user)
        except services.PlanClosed as closed:
            messages.error(request, str(closed))
        else:
            words = ngettext("%(count)d objective added.", "%(count)d objectives added.", len(started))
            messages.success(request, words % {"count": len(started)})
        return redirect(plan)
    voted = voted_items(plan, request.user)
    context = {
        "plan": plan,
        "form": form,
        "groups": _item_groups(plan, voted),
        "first_places": [each for each in voted.values() if each.place <= FIRST_PLACES],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/nap_items.html", context, status=status)


def _item_groups(plan: LocalActionPlan, voted: Mapping[int, RankedItem]) -> list[dict[str, object]]:
    """The items under the axis or pillar that they belong to, each with the objectives that serve it and
    the votes that it got at workshops here."""
    coverage = PlanMatrix.from_plan(plan).coverage
    serving = {item.pk: numbers for item, numbers in coverage.served}
    items = plan.nap.provisions.items().select_related("parent").order_by("order") if plan.nap else ()
    return [
        {
            "heading": parent,
            "items": [(item, serving.get(item.pk, []), voted.get(item.pk)) for item in members],
        }
        for parent, members in groupby(items, key=lambda item: item.parent)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    objective = Objective(plan=plan)
    form = ObjectiveForm(request.POST if request.method == "POST" else None, instance=objective, plan=plan)
    tried = attempt(
        form,
        plan,
        lambda: made_once(
            request,
            lambda: services.add_objective(objective, provisions=form.served(), by=request.user),
            address=lambda made: reverse("activity_new", args=[plan.code, made.code]),
        ),
    )
    if tried.saved:
        messages.success(request, _("The objective is added. Now its first activity."))
        return redirect(tried.result)
    context = {"plan": plan, "form": form, "attempt": tried}
    return render(request, "plans/objective_new.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    objectives = Objective.objects.visible_to(request.user).for_page()
    row = objectives.filter(plan__code=code, code=objective).first()
    if row is None:
        return typed_for_removed(request, code, ObjectiveForm)
    require(can_write_plan(request.user, row.plan))
    form = ObjectiveForm(request.POST if request.method == "POST" else None, instance=row, plan=row.plan)
    tried = attempt(
        form,
        row.plan,
        lambda: services.save_objective(
            row, provisions=form.served(), opened_version=form.opened_version, by=request.user
        ),
    )
    if tried.saved:
        messages.success(request, _("The objective is saved."))
        return redirect(f"{row.plan.get_absolute_url()}#{row.code}")
    context = {"plan": row.plan, "objective": row, "form": form, "attempt": tried}
    return render(request, "plans/objective_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_remove(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    row = get_object_or_404(
        Objective.objects.visible_to(request.user).for_page(), plan__code=code, code=objective
    )
    require(can_write_plan(request.user, row.plan))
    if request.method == "POST":
        try:
            services.remove_objective(row, by=request.user)
        except services.PlanClosed as closed:
            messages.error(request, str(closed))
        else:
            messages.success(request, _("The objective is removed."))
        return redirect(row.plan)
    context = {"plan": row.plan, "objective": row, "activities": row.activities.count()}
    return render(request, "plans/objective_remove.html", context)


@require_POST
def objective_move(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    """One place up, or down with `to=down`."""
    row = get_object_or_404(
        Objective.objects.visible_to(request.user).for_page(), plan__code=code, code=objective
    )
    require(can_write_plan(request.user, row.plan))
    try:
        services.move_objective(row, up=request.POST.get("to") != "down", by=request.user)
    except services.PlanClosed as closed:
        messages.error(request, str(closed))
    return redirect(f"{row.plan.get_absolute_url()}#{row.code}")
