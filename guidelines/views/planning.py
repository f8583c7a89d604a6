"""How local authorities of a country plan in the year: the calendar and its steps."""

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
from committees.editing import attempt
from core.access import require
from core.conflicts import EditConflict
from guidelines.forms.planning import StepForm, StepRemoveForm
from guidelines.models import PlanningStep
from guidelines.reports.planning import Calendar
from guidelines.rules import can_keep_calendar
from guidelines.services import planning as services
from localities.models import Country


@require_safe
def planning_calendar(request: SignedInRequest, code: str) -> HttpResponse:
    country = _country(request, code)
    context = {
        "country": country,
        "calendar": Calendar.from_country(country, today=timezone.localdate()),
        "may_keep": can_keep_calendar(request.user, country),
    }
    return render(request, "guidelines/planning_calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step_new(request: SignedInRequest, code: str) -> HttpResponse:
    country = _country(request, code)
    require(can_keep_calendar(request.user, country))
    step = PlanningStep(country=country)
    month = timezone.localdate().month
    initial = {"from_month": month, "to_month": month}
    form = StepForm(request.POST if request.method == "POST" else None, instance=step, initial=initial)
    tried = attempt(
        form,
        lambda: made_once(
            request,
            lambda: services.add_step(form.save(commit=False), by=request.user),
            address=lambda _made: reverse("planning_calendar", args=[code]),
        ),
    )
    if tried.saved:
        messages.success(request, _("The step is added."))
        return redirect(tried.result)
    context = {"country": country, "form": form, "attempt": tried}
    return render(request, "guidelines/step_new.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def step_edit(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    row = _step(request, code, step)
    require(can_keep_calendar(request.user, row.country))
    form = StepForm(request.POST if request.method == "POST" else None, instance=row)
    tried = attempt(
        form,
        lambda: services.save_step(
            form.save(commit=False), opened_version=form.opened_version, by=request.user
        ),
    )
    if tried.saved:
        messages.success(request, _("The step is saved."))
        return redirect("planning_calendar", code)
    context: dict[str, Any] = {"country": row.country, "step": row, "form": form, "attempt": tried}
    return render(request, "guidelines/step_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def step_remove(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    row = _step(request, code, step)
    require(can_keep_calendar(request.user, row.country))
    form = StepRemoveForm(request.POST if request.method == "POST" else None)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_step(row, opened_version=form.cleaned_data["row_version"], by=request.user)
        except EditConflict as changed:
            conflict = changed
        else:
            messages.success(request, _("The step is removed."))
            return redirect("planning_calendar", code)
    context = {"country": row.country, "step": row, "conflict": conflict}
    status = 409 if conflict else 200
    return render(request, "guidelines/step_remove.html", context, status=status)


def _country(request: SignedInRequest, code: str) -> Country:
    return get_object_or_404(Country.objects.visible_to(request.user), code=code)


def _step(request: SignedInRequest, code: str, step: str) -> PlanningStep:
    steps = PlanningStep.objects.visible_to(request.user).select_related("country")
    return get_object_or_404(steps, country__code=code, code=step)
