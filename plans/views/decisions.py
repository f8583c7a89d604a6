"""What the committee and the council decide: submit, return, endorse, send, adopt."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from plans import services
from plans.forms import AdoptForm, EndorseForm, ReturnForm
from plans.models import LocalActionPlan
from plans.reports import PlanMatrix
from plans.rules import can_decide_plan, can_write_plan
from plans.states import PlanState, may_move


@require_http_methods(["GET", "HEAD", "POST"])
def plan_submit(request: SignedInRequest, code: str) -> HttpResponse:
    """The checklist, for all who write; a POST is refused as long as something is on it."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    can_decide = can_decide_plan(request.user, plan)
    require(can_decide or (request.method != "POST" and can_write_plan(request.user, plan)))
    refused = False
    try:
        if _is_done(
            request,
            Decision(
                plan,
                PlanState.VALIDATION,
                lambda: services.submit_plan(plan, by=request.user),
                _("The plan is submitted for validation. Its texts are closed now."),
            ),
        ):
            return redirect(plan)
    except services.PlanNotReady:
        refused = True
    context = {
        "plan": plan,
        "matrix": PlanMatrix.from_plan(plan),
        "refused": refused,
        "can_decide": can_decide,
    }
    return render(request, "plans/plan_submit.html", context, status=422 if refused else 200)


@dataclass(frozen=True)
class Decision:
    """A step of a plan: where it leads, what does it, and what is said when it is done."""

    plan: LocalActionPlan
    to: PlanState
    decide: Callable[[], object]
    done: str


def _is_done(request: SignedInRequest, decision: Decision, form: forms.Form | None = None) -> bool:
    """Decide, if asked to. True when there is nothing left to do here: decided, or too late for it.

    A date that cannot be is said at its field."""
    if not may_move(decision.plan.state, decision.to):
        messages.error(request, str(services.MoveRefused(decision.plan)))
        return True
    if request.method != "POST" or (form and not form.is_valid()):
        return False
    try:
        decision.decide()
    except services.MoveRefused as refused:
        messages.error(request, str(refused))
    except services.DateRefused as refused:
        if form:
            form.add_error(refused.field, str(refused))
        return False
    else:
        messages.success(request, decision.done)
    return True


def _form_page(
    request: SignedInRequest, template: str, plan: LocalActionPlan, form: forms.Form
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"plan": plan, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_return(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_decide_plan(request.user, plan))
    form = ReturnForm(request.POST if request.method == "POST" else None)
    decision = Decision(
        plan,
        PlanState.DRAFTING,
        lambda: services.return_plan(plan, reason=form.cleaned_data["reason"], by=request.user),
        _("The plan is back in drafting. Its texts can be changed again."),
    )
    if _is_done(request, decision, form):
        return redirect(plan)
    return _form_page(request, "plans/plan_return.html", plan, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_endorse(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_decide_plan(request.user, plan))
    form = EndorseForm(
        request.POST if request.method == "POST" else None, initial={"endorsed_on": timezone.localdate()}
    )
    decision = Decision(
        plan,
        PlanState.ENDORSED,
        lambda: services.endorse_plan(plan, on=form.cleaned_data["endorsed_on"], by=request.user),
        _("The committee's endorsement is recorded."),
    )
    if _is_done(request, decision, form):
        return redirect(plan)
    return _form_page(request, "plans/plan_endorse.html", plan, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_send(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_decide_plan(request.user, plan))
    decision = Decision(
        plan,
        PlanState.SUBMITTED,
        lambda: services.send_plan(plan, by=request.user),
        _("The plan is recorded as lying before the council."),
    )
    if _is_done(request, decision):
        return redirect(plan)
    return render(request, "plans/plan_send.html", {"plan": plan})


@require_http_methods(["GET", "HEAD", "POST"])
def plan_adopt(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_decide_plan(request.user, plan))
    form = AdoptForm(request.POST if request.method == "POST" else None)

    def adopt() -> None:
        values = form.cleaned_data
        services.adopt_plan(
            plan, body=values["body"], act=values["act"], on=values["adopted_on"], by=request.user
        )

    decision = Decision(plan, PlanState.ADOPTED, adopt, _("The plan is adopted."))
    if _is_done(request, decision, form):
        return redirect(plan)
    return _form_page(request, "plans/plan_adopt.html", plan, form)
