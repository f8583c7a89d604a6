"""Activities: what will be done, by which position, when, at what cost, measured how."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms import suggestions
from core.access import require
from plans import services
from plans.editing import attempt
from plans.forms import ActivityForm
from plans.models import Activity, Objective
from plans.rules import can_write_plan
from plans.views.gone import typed_for_removed


@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: SignedInRequest, code: str, objective: str) -> HttpResponse:
    objectives = Objective.objects.visible_to(request.user).for_page()
    row = objectives.filter(plan__code=code, code=objective).first()
    if row is None:
        return typed_for_removed(request, code, ActivityForm)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    activity = Activity(objective=row)
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=activity, plan=plan)
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
    context = {
        "plan": plan,
        "objective": row,
        "form": form,
        "attempt": tried,
        "known": suggestions(plan.locality, request.user),
    }
    return render(request, "plans/activity_new.html", context, status=tried.status)


def _after(request: SignedInRequest, activity: Activity) -> str:
    """Back to the matrix, where the activity stands, or on to another one of the same objective."""
    plan = activity.objective.plan
    if request.POST.get("then") == "another":
        return reverse("activity_new", args=[plan.code, activity.objective.code])
    return f"{plan.get_absolute_url()}#{activity.code}"


@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    activities = Activity.objects.visible_to(request.user).for_page()
    row = activities.filter(objective__plan__code=code, code=activity).first()
    if row is None:
        return typed_for_removed(request, code, ActivityForm)
    plan = row.objective.plan
    require(can_write_plan(request.user, plan))
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=row, plan=plan)
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
    context = {
        "plan": plan,
        "objective": row.objective,
        "activity": row,
        "form": form,
        "attempt": tried,
        "known": suggestions(plan.locality, request.user),
    }
    return render(request, "plans/activity_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_remove(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    row = get_object_or_404(
        Activity.objects.visible_to(request.user).for_page(), objective__plan__code=code, code=activity
    )
    plan = row.objective.plan
    require(can_write_plan(request.user, plan))
    if request.method == "POST":
        try:
            services.remove_activity(row, by=request.user)
        except services.PlanClosed as closed:
            messages.error(request, str(closed))
        else:
            messages.success(request, _("The activity is removed."))
        return redirect(f"{plan.get_absolute_url()}#{row.objective.code}")
    return render(request, "plans/activity_remove.html", {"plan": plan, "activity": row})
