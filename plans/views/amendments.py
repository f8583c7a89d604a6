"""Amending an adopted plan: open, adopt, drop (F94)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from plans.forms.adoption import AmendmentActForm
from plans.forms.decisions import AmendmentForm, DropForm
from plans.models import AmendmentState, LocalActionPlan
from plans.reports.matrix import PlanMatrix
from plans.services import amendments as services
from plans.services.taking_back import take_back_amendment
from plans.states import AMENDABLE_STATES
from plans.views.deciding import Decision, decided, plan_to_decide, typed


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_open(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = AmendmentForm(typed(request))
    decision = Decision(
        plan,
        "plans/amendment_open.html",
        fits=plan.state in AMENDABLE_STATES,
        decide=lambda: services.open_amendment(plan, **form.cleaned_data, by=request.user),
        done=_("The amendment is open: the committee can write. The public sees the last edition meanwhile."),
        check=lambda: services.none_is_open(plan),
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_adopt(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = AmendmentActForm(typed(request), request.FILES or None)
    decision = Decision(
        plan,
        "plans/amendment_adopt.html",
        fits=plan.is_amending,
        decide=lambda: services.adopt_amendment(plan, form.adopted_by(), by=request.user),
        done=_("The amendment is adopted. The plan has a new edition."),
        more=lambda: what_changes(plan) | {"matrix": PlanMatrix.from_plan(plan)},
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_drop(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = DropForm(typed(request))

    def drop() -> None:
        if form.cleaned_data["take_back"]:
            take_back_amendment(plan, by=request.user)
        else:
            services.drop_amendment(plan, by=request.user)

    decision = Decision(
        plan,
        "plans/amendment_drop.html",
        fits=plan.is_amending,
        decide=drop,
        done=_("The amendment is dropped. The last edition holds as before."),
        more=lambda: what_changes(plan),
    )
    return decided(request, decision, form)


def what_changes(plan: LocalActionPlan) -> dict[str, object]:
    """The open amendment and what it would change in the last edition."""
    amendment = plan.amendments.filter(state=AmendmentState.OPEN).first()
    return {"amendment": amendment, "changes": services.changed_by(amendment) if amendment else []}
