"""Activities: what will be done, by which position, when, at what cost, measured how."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms.offices import suggestions
from core.access import require
from core.lists import listing
from core.pages import page
from plans.activity_filters import ActivityFilter
from plans.editing import Attempt, attempt
from plans.forms.activities import ActivityForm, MoveForm
from plans.forms.positions import offices_known
from plans.models import (
    Activity,
    ActivityState,
    LocalActionPlan,
    Objective,
    PriorityIssue,
)
from plans.reports.matrix import ACTIVITY_TONES
from plans.rules import can_write_plan
from plans.services import activities as services
from plans.services.refusals import PlanClosed
from plans.services.removing import REPORTED
from plans.views.gone import remove_part, typed_for_removed

CHECK = "check"  # sent with the form: look whether it is SMART, and save nothing


@require_safe
def activity_list(request: SignedInRequest) -> HttpResponse:
    """Of all plans that the reader may see: what the institutions of a country do for peace (F11)."""
    today = timezone.localdate()
    visible = Activity.objects.visible_to(request.user)
    found = ActivityFilter(request.GET, queryset=visible, today=today, user=request.user)
    context = listing(request, found, found.qs.for_list())
    context["rows"] = [
        (row, ACTIVITY_TONES[ActivityState(row.state)], row.is_overdue(today)) for row in context["page"]
    ]
    return render(request, "plans/activity_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    objectives = Objective.objects.visible_to(request.user).for_page()
    row = objectives.filter(plan__code=code, code=objective).first()
    if row is None:
        return typed_for_removed(request, code, ActivityForm)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    activity = Activity(objective=row)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        instance=activity,
        plan=plan,
        initial={"issues": _answered(request, plan)},
    )
    if _is_check(request, plan):
        return _form_page(request, "plans/activity_new.html", activity, form, Attempt())
    tried = attempt(
        form,
        plan,
        lambda: made_once(
            request,
            lambda: services.add_activity(activity, form.details(), by=request.user),
            address=lambda made: _after(request, made),
        ),
    )
    if tried.saved:
        messages.success(request, _("The activity is added."))
        return redirect(tried.result)
    return _form_page(request, "plans/activity_new.html", activity, form, tried)


def _answered(request: SignedInRequest, plan: LocalActionPlan) -> list[PriorityIssue]:
    """The issue that the reader comes from, to be ticked."""
    return [issue for issue in plan.issues.all() if issue.code == request.GET.get("issue")]


@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    activities = Activity.objects.visible_to(request.user).for_page()
    row = activities.filter(objective__plan__code=code, code=activity).first()
    if row is None:
        return typed_for_removed(request, code, ActivityForm)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=row, plan=plan)
    if _is_check(request, plan):
        return _form_page(request, "plans/activity_edit.html", row, form, Attempt())
    tried = attempt(
        form,
        plan,
        lambda: services.save_activity(
            row, form.details(), opened_version=form.opened_version, by=request.user
        ),
    )
    if tried.saved:
        messages.success(request, _("The activity is saved."))
        return redirect(_after(request, row))
    return _form_page(request, "plans/activity_edit.html", row, form, tried)


def _is_check(request: SignedInRequest, plan: LocalActionPlan) -> bool:
    return request.method == "POST" and CHECK in request.POST and plan.is_open


def _form_page(
    request: SignedInRequest, template: str, activity: Activity, form: ActivityForm, tried: Attempt
) -> HttpResponse:
    """The form with what makes it SMART beside it. An HTMX request asks for that part alone."""
    plan = activity.plan
    context: dict[str, Any] = {
        "plan": plan,
        "objective": activity.objective,
        "activity": activity,
        "form": form,
        "attempt": tried,
        "criteria": form.criteria(is_relevant=_is_relevant(activity)),
    }
    part = "smart" if _is_check(request, plan) else None
    if not (part and request.htmx):
        context["known"] = suggestions(plan.locality, request.user)
        context["offices"] = offices_known(plan.locality, request.user)
    return page(request, template, context, part=part, status=tried.status)


def _is_relevant(activity: Activity) -> bool:
    """Its objective says a reason of its own or serves a provision, or the activity serves one."""
    objective = activity.objective
    if objective.local_reason.strip() or objective.alignments.exists():
        return True
    return activity.pk is not None and activity.alignments.exists()


def _after(request: SignedInRequest, activity: Activity) -> str:
    """Where the button leads: to the plan, where the activity stands; to another one of the same
    objective; or to one more indicator."""
    plan, then = activity.plan, request.POST.get("then")
    if then == "another":
        return reverse("activity_new", args=[plan.code, activity.objective.code])
    if then == "indicator":
        return reverse("indicator_new", args=[plan.code, activity.code])
    return f"{plan.get_absolute_url()}#{activity.code}"


@require_http_methods(["GET", "HEAD", "POST"])
def activity_move(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    """One place up, or down with `to=down`; or to another objective of the plan."""
    row = _activity_to_change(request, code, activity)
    plan = row.plan
    form = MoveForm(
        request.POST if request.method == "POST" and "to" not in request.POST else None, activity=row
    )
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            if form.is_bound:
                services.move_to_objective(row, objective=form.cleaned_data["objective"], by=request.user)
            else:
                services.move_activity(row, up=request.POST["to"] != "down", by=request.user)
        except PlanClosed as closed:
            messages.error(request, str(closed))
        else:
            messages.success(request, _("The activity is moved."))
        return redirect(f"{plan.get_absolute_url()}#{row.code}")
    status = 422 if form.is_bound else 200
    context = {"plan": plan, "activity": row, "form": form}
    return render(request, "plans/activity_move.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_remove(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    row = _activity_to_change(request, code, activity)
    plan = row.plan
    if request.method == "POST":
        remove_part(
            request,
            lambda: services.remove_activity(row, by=request.user),
            done=_("The activity is removed."),
        )
        return redirect(f"{plan.get_absolute_url()}#{row.objective.code}")
    context = {
        "plan": plan,
        "activity": row,
        "indicators": row.indicators.count(),
        "budget_lines": row.budget_lines.count(),
        "updates": row.updates.filter(state__in=REPORTED).count(),
    }
    return render(request, "plans/activity_remove.html", context)


def _activity_to_change(request: SignedInRequest, code: str, activity: str) -> Activity:
    row = get_object_or_404(
        Activity.objects.visible_to(request.user).for_page(), objective__plan__code=code, code=activity
    )
    require(can_write_plan(request.user, row.plan))
    return row
