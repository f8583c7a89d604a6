"""What is decided until a plan is adopted: take up, submit, return, endorse, send, reject, withdraw."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from plans.forms.adoption import AdoptForm
from plans.forms.decisions import (
    EndorseForm,
    RejectForm,
    ReturnForm,
    SendForm,
    SubmitForm,
    TakeUpForm,
    WithdrawForm,
)
from plans.models import LocalActionPlan
from plans.reports.matrix import PlanMatrix
from plans.rules import can_decide_plan, can_write_plan
from plans.services import decisions as services
from plans.services.adoption import adopt_plan
from plans.services.rounds import all_answered, wordings_left_out
from plans.states import RETURNABLE_STATES, TAKEN_UP_STATES, PlanState, may_move
from plans.views.deciding import Decision, decided, plan_to_decide, typed


@require_http_methods(["GET", "HEAD", "POST"])
def plan_submit(request: SignedInRequest, code: str) -> HttpResponse:
    """The checklist, for all who write; a POST is refused as long as something is on it."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    can_decide = can_decide_plan(request.user, plan)
    require(can_decide or (request.method != "POST" and can_write_plan(request.user, plan)))
    form = SubmitForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_submit.html",
        fits=may_move(plan.state, PlanState.VALIDATION),
        decide=lambda: services.submit_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is submitted for validation. Its texts are closed now."),
        more=lambda: {
            "matrix": PlanMatrix.from_plan(plan),
            "can_decide": can_decide,
            "is_money_planned": services.is_money_planned(plan),
        },
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_take_up(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = TakeUpForm(typed(request), plan=plan)
    decision = Decision(
        plan,
        "plans/plan_take_up.html",
        fits=plan.state in TAKEN_UP_STATES,
        decide=lambda: services.take_up_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is in drafting. Its texts can be written."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_return(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = ReturnForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_return.html",
        fits=plan.state in RETURNABLE_STATES,
        decide=lambda: services.return_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is back in drafting. Its texts can be changed again."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_endorse(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = EndorseForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_endorse.html",
        fits=may_move(plan.state, PlanState.ENDORSED),
        decide=lambda: services.endorse_plan(plan, on=form.cleaned_data["endorsed_on"], by=request.user),
        done=_("The committee's endorsement is recorded."),
        check=lambda: all_answered(plan),
        more=lambda: {"left_out": wordings_left_out(plan)},
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_send(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = SendForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_send.html",
        fits=may_move(plan.state, PlanState.SUBMITTED),
        decide=lambda: services.send_plan(plan, on=form.cleaned_data["submitted_on"], by=request.user),
        done=_("The plan is recorded as lying before the council."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_reject(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = RejectForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_reject.html",
        fits=may_move(plan.state, PlanState.REJECTED),
        decide=lambda: services.reject_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The rejection is recorded. The committee can take the plan up again."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = WithdrawForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_withdraw.html",
        fits=may_move(plan.state, PlanState.WITHDRAWN),
        decide=lambda: services.withdraw_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is withdrawn. It stays readable, and can be taken up again."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_adopt(request: SignedInRequest, code: str) -> HttpResponse:
    """The tick that ends the plan before is offered to who keeps both; set when the new one begins by now."""
    plan = plan_to_decide(request, code)
    older = plan.predecessor
    ends = older is not None and may_move(older.state, PlanState.SUPERSEDED)
    form = AdoptForm(
        typed(request),
        request.FILES or None,
        initial={"supersedes": plan.period_start <= timezone.localdate()},
        older=older if ends and older and can_decide_plan(request.user, older) else None,
    )
    decision = Decision(
        plan,
        "plans/plan_adopt.html",
        fits=may_move(plan.state, PlanState.ADOPTED),
        decide=lambda: adopt_plan(plan, form.adopted_by(), replaces=form.replaces(), by=request.user),
        done=_("The plan is adopted. Its text is kept as edition 1."),
    )
    return decided(request, decision, form)
