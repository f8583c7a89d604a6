"""What is decided once a plan is adopted: carry out, review, close, replace."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from plans.forms.decisions import CloseForm, ImplementForm, ResumeForm, ReviewForm, SupersedeForm
from plans.models import LocalActionPlan, LocalActionPlanQuerySet
from plans.services import decisions as services
from plans.services.moving import no_open_amendment
from plans.states import PlanState, may_move
from plans.views.deciding import Decision, decided, plan_to_decide, typed


@require_http_methods(["GET", "HEAD", "POST"])
def plan_implement(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = ImplementForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_implement.html",
        fits=plan.state == PlanState.ADOPTED,
        decide=lambda: services.implement_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is in implementation. Its progress can be reported."),
        check=lambda: services.ready_to_begin(plan),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = ReviewForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_review.html",
        fits=may_move(plan.state, PlanState.UNDER_REVIEW),
        decide=lambda: services.review_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The review is recorded. Progress is reported as before."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_resume(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = ResumeForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_resume.html",
        fits=plan.state == PlanState.UNDER_REVIEW,
        decide=lambda: services.implement_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The review is over. The plan is in implementation."),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_close(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = CloseForm(typed(request))
    decision = Decision(
        plan,
        "plans/plan_close.html",
        fits=may_move(plan.state, PlanState.CLOSED),
        decide=lambda: services.close_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is closed. Its editions stay readable."),
        check=lambda: no_open_amendment(plan),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_supersede(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    newer = newer_plans(request.user, plan)
    form = SupersedeForm(typed(request), newer=newer)
    decision = Decision(
        plan,
        "plans/plan_supersede.html",
        fits=may_move(plan.state, PlanState.SUPERSEDED),
        decide=lambda: services.supersede_plan(plan, **form.cleaned_data, by=request.user),
        done=_("The plan is recorded as replaced. Its editions stay readable."),
        check=lambda: no_open_amendment(plan),
        more=lambda: {"newer": newer},
    )
    return decided(request, decision, form)


def newer_plans(user: User, plan: LocalActionPlan) -> LocalActionPlanQuerySet:
    """The plans in force of the same place that may have taken its place."""
    plans = LocalActionPlan.objects.visible_to(user).adopted().filter(locality=plan.locality)
    return plans.exclude(pk=plan.pk).order_by("-adopted_on", "code")
