"""Pages that point from a decision of a committee at the part of a plan that it concerns."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from committees.models import Decision
from core.access import require
from core.pages import page
from core.refusals import FieldRefused
from plans.forms.decision_links import PlanPartForm
from plans.models import PlanDecision
from plans.reports.decision_links import PlanPart, part_named, parts_to_choose
from plans.rules import can_write_plan, can_write_some_plan
from plans.services.decision_links import link_decision, unlink_decision


@require_http_methods(["GET", "HEAD", "POST"])
def plan_decision_new(request: SignedInRequest, code: str) -> HttpResponse:
    """`?q=`: parts with these words. Plans of the committees that the user works for."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).for_list(), code=code)
    require(can_write_some_plan(request.user))
    words = request.GET.get("q", "").strip()[:100]
    form = PlanPartForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        part = form.cleaned_data["part"]
        try:
            link_decision(
                decision,
                plan=part.plan,
                objective=part.objective,
                activity=part.activity,
                by=request.user,
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The decision points to this part of the plan now."))
            return redirect(decision)
    context = {
        "decision": decision,
        "form": form,
        "words": words,
        "parts": parts_to_choose(request.user, decision, words),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "plans/plan_decision_new.html", context, part="found", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_decision_remove(request: SignedInRequest, code: str) -> HttpResponse:
    """`?item=`: the code of the part that the decision points to."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).for_list(), code=code)
    require(can_write_some_plan(request.user))
    part = part_named(request.user, request.GET.get("item", "")[:20])
    link = _link(decision, part)
    if part is None or link is None:
        messages.info(request, _("The decision does not point there any more."))
        return redirect(decision)
    require(can_write_plan(request.user, part.plan))
    if request.method == "POST":
        unlink_decision(link, by=request.user)
        messages.success(request, _("The decision does not point to this part any more."))
        return redirect(decision)
    return render(request, "plans/plan_decision_remove.html", {"decision": decision, "part": part})


def _link(decision: Decision, part: PlanPart | None) -> PlanDecision | None:
    if part is None:
        return None
    return PlanDecision.objects.filter(
        decision=decision, plan=part.plan, objective=part.objective, activity=part.activity
    ).first()
