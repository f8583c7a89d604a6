"""Plans: the list, starting one, its own texts and its matrix."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.models import Committee
from core.access import require
from core.lists import listing
from plans import services
from plans.editing import attempt
from plans.filters import PlanFilter
from plans.forms import PlanForm, PlanStartForm
from plans.models import LocalActionPlan
from plans.nap import nap_warning
from plans.reports import PlanMatrix
from plans.rules import can_decide_plan, can_start_plan, can_write_plan

USUAL_YEARS = 4  # 2026–2029, as the plans of Butembo and of most countries


@require_safe
def plan_list(request: SignedInRequest) -> HttpResponse:
    plans = LocalActionPlan.objects.visible_to(request.user)
    found = PlanFilter(request.GET, queryset=plans.for_list(), request=request)
    return render(request, "plans/plan_list.html", listing(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: SignedInRequest, code: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_start_plan(request.user, committee))
    country = committee.locality.country
    form = PlanStartForm(
        request.POST if request.method == "POST" else None,
        instance=LocalActionPlan(committee=committee),
        initial=_usual_plan(committee),
        country=country,
    )
    if request.method == "POST" and form.is_valid():
        plan = form.save(commit=False)
        address = made_once(
            request,
            lambda: services.start_plan(plan, by=request.user),
            address=lambda made: reverse("nap_items", args=[made.code]),
        )
        _warn_of_nap(request, plan)
        messages.success(request, _("The plan is started. Now its objectives."))
        return redirect(address)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/plan_new.html", {"committee": committee, "form": form}, status=status)


def _usual_plan(committee: Committee) -> dict[str, object]:
    """What a plan of this place is called, for the years that begin with this one."""
    country = committee.locality.country
    first = timezone.localdate().year
    name = country.plan_name.split("(")[0].strip() or _("Local Action Plan")
    years = f"{first}–{first + USUAL_YEARS - 1}"
    return {
        "title": f"{name}, {committee.locality} {years}",
        "period_start": datetime.date(first, 1, 1),
        "period_end": datetime.date(first + USUAL_YEARS - 1, 12, 31),
        "nap": country.frameworks.naps().in_force_on(timezone.localdate()).order_by("-generation").first(),
        "language": country.languages[0] if country.languages else "en",
    }


def _warn_of_nap(request: SignedInRequest, plan: LocalActionPlan) -> None:
    if warning := nap_warning(plan.nap, today=timezone.localdate()):
        messages.warning(request, warning)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    title, nap = str(plan), plan.nap
    form = PlanForm(
        request.POST if request.method == "POST" else None, instance=plan, country=plan.locality.country
    )
    tried = attempt(
        form, plan, lambda: services.save_plan(plan, opened_version=form.opened_version, by=request.user)
    )
    if tried.saved:
        if plan.nap != nap:
            _warn_of_nap(request, plan)
        messages.success(request, _("The plan is saved."))
        return redirect(plan)
    context = {"plan": plan, "title": title, "form": form, "attempt": tried}
    return render(request, "plans/plan_edit.html", context, status=tried.status)


@require_safe
def plan_detail(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    context = {
        "plan": plan,
        "matrix": PlanMatrix.from_plan(plan),
        "nap_warning": nap_warning(plan.nap, today=timezone.localdate()),
        "can_write": plan.is_open and can_write_plan(request.user, plan),
        "can_decide": can_decide_plan(request.user, plan),
    }
    return render(request, "plans/plan_detail.html", context)
