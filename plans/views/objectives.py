"""Objectives: started from items of the National Action Plan, or written here."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

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
from core.pages import page
from plans.completeness import Part
from plans.editing import Attempt, attempt
from plans.forms.objectives import NapItemsForm, ObjectiveForm
from plans.guidance import GUIDANCE
from plans.models import LocalActionPlan, Objective
from plans.offers import first_offered
from plans.reports.choice import state_at, suggestions_for
from plans.reports.matrix import PlanMatrix, voted_items
from plans.rules import can_write_plan
from plans.services import objectives as services
from plans.services.refusals import PlanClosed
from plans.views.gone import remove_part, typed_for_removed
from workshops.reports.results import RankedItem

SUGGEST = "suggest"  # sent with the form: look what the text might serve, and save nothing
LONGEST_ASKED = 2000  # characters: what comes after them finds nothing else
FIRST_PLACES = 3  # of the vote at the workshop, offered before all others


@require_http_methods(["GET", "HEAD", "POST"])
def nap_items(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    if not plan.is_open:
        messages.error(request, str(PlanClosed(plan)))
        return redirect(plan)
    form = NapItemsForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            started = services.start_objectives(plan, form.cleaned_data["items"], by=request.user)
        except PlanClosed as closed:
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
    """The items under the axis or pillar that they belong to, or under their framework when the plan
    has no National Action Plan; each with the objectives that serve it and the votes that it got at
    workshops here."""
    serving: dict[int, list[int]] = {}
    for row in PlanMatrix.from_plan(plan).objectives:
        for provision in row.provisions:
            serving.setdefault(provision.pk, []).append(row.number)
    return [
        {
            "heading": heading,
            "items": [
                (item, item.text_in(plan.language), serving.get(item.pk, []), voted.get(item.pk))
                for item in members
            ],
        }
        for heading, members in groupby(
            first_offered(plan), key=lambda item: item.parent if plan.nap else item.framework
        )
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    objective = Objective(plan=plan)
    form = ObjectiveForm(request.POST if request.method == "POST" else None, instance=objective, plan=plan)
    if _is_question(request, plan):
        return _form_page(request, "plans/objective_new.html", objective, form, Attempt())
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
    return _form_page(request, "plans/objective_new.html", objective, form, tried)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    objectives = Objective.objects.visible_to(request.user).for_page()
    row = objectives.filter(plan__code=code, code=objective).first()
    if row is None:
        return typed_for_removed(request, code, ObjectiveForm)
    require(can_write_plan(request.user, row.plan))
    form = ObjectiveForm(request.POST if request.method == "POST" else None, instance=row, plan=row.plan)
    if _is_question(request, row.plan):
        return _form_page(request, "plans/objective_edit.html", row, form, Attempt())
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
    return _form_page(request, "plans/objective_edit.html", row, form, tried)


def _is_question(request: SignedInRequest, plan: LocalActionPlan) -> bool:
    return request.method == "POST" and SUGGEST in request.POST and plan.is_open


def _form_page(
    request: SignedInRequest, template: str, objective: Objective, form: ObjectiveForm, tried: Attempt
) -> HttpResponse:
    """The form; when asked, with what the text as it is typed might serve. htmx asks for that alone."""
    plan = objective.plan
    asked = _is_question(request, plan)
    context: dict[str, Any] = {
        "plan": plan,
        "objective": objective,
        "form": form,
        "attempt": tried,
        "guidance": GUIDANCE[Part.OBJECTIVES],
        "asked": asked,
        "state_at": state_at(plan, objective) if objective.pk else "",
    }
    if asked:
        served = set(objective.alignments.values_list("provision", flat=True)) if objective.pk else set()
        context["suggestions"] = suggestions_for(
            request.POST.get("text", "")[:LONGEST_ASKED], plan, served=served
        )
    return page(request, template, context, part="suggested" if asked else None, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_remove(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    row = get_object_or_404(
        Objective.objects.visible_to(request.user).for_page(), plan__code=code, code=objective
    )
    require(can_write_plan(request.user, row.plan))
    if request.method == "POST":
        remove_part(
            request,
            lambda: services.remove_objective(row, by=request.user),
            done=_("The objective is removed."),
        )
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
    except PlanClosed as closed:
        messages.error(request, str(closed))
    return redirect(f"{row.plan.get_absolute_url()}#{row.code}")
