"""Plans: the list, starting one, its own texts and its matrix."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms.offices import suggestions
from committees.models import Committee
from core.access import require
from core.lists import listing
from plans.editing import attempt
from plans.filters import PlanFilter
from plans.forms.plans import PlanForm, earlier_plans
from plans.models import LONGEST_TEXT, LocalActionPlan
from plans.nap import nap_warning
from plans.proposal import proposed_plan
from plans.reports.issues import issue_rows
from plans.reports.lists import PlanFigures
from plans.reports.matrix import PlanMatrix
from plans.rules import (
    can_accompany_plan,
    can_decide_plan,
    can_start_plan,
    can_write_and_decide_plan,
    can_write_plan,
)
from plans.services import plans as services
from plans.states import PlanState


@require_safe
def plan_list(request: SignedInRequest) -> HttpResponse:
    plans = LocalActionPlan.objects.visible_to(request.user)
    found = PlanFilter(request.GET, queryset=plans.for_list(), request=request)
    context = listing(request, found)
    context["figures"] = PlanFigures.from_plans(found.qs)
    return render(request, "plans/plan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: SignedInRequest, code: str) -> HttpResponse:
    """With `follows` the title, dates and generation are proposed from that plan."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_start_plan(request.user, committee))
    draft = LocalActionPlan(committee=committee)
    earlier = list(earlier_plans(draft))
    follows = _followed(request, earlier)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        instance=draft,
        initial=proposed_plan(committee, follows=follows, today=timezone.localdate()),
        country=committee.locality.country,
    )
    if request.method == "POST" and form.is_valid():
        return _started(request, form)
    context = {
        "committee": committee,
        "form": form,
        "earlier": earlier,
        "follows": follows,
        "known": suggestions(committee.locality, request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/plan_new.html", context, status=status)


def _followed(request: SignedInRequest, earlier: list[LocalActionPlan]) -> LocalActionPlan | None:
    """The one that was chosen; unless asked, the newest is the one that a new plan follows."""
    if "follows" not in request.GET:
        return earlier[0] if earlier else None
    return next((plan for plan in earlier if plan.code == request.GET["follows"]), None)


def _started(request: SignedInRequest, form: PlanForm) -> HttpResponse:
    """As a draft, or as an idea that the committee has still to take up."""
    plan = form.save(commit=False)
    is_idea = request.POST.get("state") == PlanState.IDEA
    plan.state = PlanState.IDEA if is_idea else PlanState.DRAFTING
    address = made_once(
        request,
        lambda: services.start_plan(plan, by=request.user, foreword_by=form.foreword_by()),
        address=lambda made: made.get_absolute_url() if is_idea else reverse("nap_items", args=[made.code]),
    )
    _warn_of_nap(request, plan)
    done = _("The idea is kept.") if is_idea else _("The plan is started. Now its objectives.")
    messages.success(request, done)
    return redirect(address)


def _warn_of_nap(request: SignedInRequest, plan: LocalActionPlan) -> None:
    if warning := nap_warning(plan.nap, today=timezone.localdate()):
        messages.warning(request, warning)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    title, nap, period = str(plan), plan.nap, (plan.period_start, plan.period_end)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        instance=plan,
        country=plan.locality.country,
        may_publish=not plan.is_adopted or can_decide_plan(request.user, plan),
    )
    tried = attempt(
        form,
        plan,
        lambda: services.save_plan(
            plan, opened_version=form.opened_version, by=request.user, foreword_by=form.foreword_by()
        ),
    )
    if tried.saved:
        if plan.nap != nap:
            _warn_of_nap(request, plan)
        if (plan.period_start, plan.period_end) != period:
            _warn_of_dates(request, plan)
        messages.success(request, _("The plan is saved."))
        return redirect(plan)
    context = {
        "plan": plan,
        "title": title,
        "form": form,
        "attempt": tried,
        "known": suggestions(plan.locality, request.user),
    }
    return render(request, "plans/plan_edit.html", context, status=tried.status)


def _warn_of_dates(request: SignedInRequest, plan: LocalActionPlan) -> None:
    """A shorter period is allowed; what lies outside of it now has to be moved before submission."""
    if outside := services.activities_outside(plan):
        words = ngettext(
            "%(count)d activity lies outside the new period now. Its dates are listed as missing until "
            "they are changed.",
            "%(count)d activities lie outside the new period now. Their dates are listed as missing until "
            "they are changed.",
            outside,
        )
        messages.warning(request, words % {"count": outside})


@require_safe
def plan_detail(request: SignedInRequest, code: str) -> HttpResponse:
    plans = LocalActionPlan.objects.visible_to(request.user).for_page().with_newest_edition()
    plan = get_object_or_404(plans, code=code)
    matrix = PlanMatrix.from_plan(plan)
    may_write, may_decide = can_write_and_decide_plan(request.user, plan)
    can_write = plan.is_open and may_write
    context = {
        "plan": plan,
        "matrix": matrix,
        "sections": plan.sections.all(),
        "issues": issue_rows(matrix),
        "longest": LONGEST_TEXT if "whole" in request.GET else matrix.longest_shown,
        "nap_warning": nap_warning(plan.nap, today=timezone.localdate()),
        "may_write": may_write,
        "can_write": can_write,
        "can_decide": may_decide,
        # Who writes has the comments beside each form; the others begin them here (F47).
        "can_comment": not can_write and (may_write or can_accompany_plan(request.user, plan)),
    }
    return render(request, "plans/plan_detail.html", context)
